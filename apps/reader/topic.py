"""What every page of an inquiry says about it, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.inquiries.models import Inquiry


@dataclass(frozen=True, slots=True)
class Topic:
    slug: str
    title: str
    introduction: str
    operator: str
    simulated: bool

    @property
    def invitation(self) -> str:
        """For whoever sees only the address passed on: to which article the question belongs, and what it takes."""
        said = _("A readers' survey: answer in one tap, then see how others answered.")
        return f"{self.introduction} · {said}" if self.introduction else said


def topic_of(inquiry: Inquiry, language: str) -> Topic:
    article = getattr(inquiry, "article", None)
    return Topic(
        slug=inquiry.slug,
        title=in_language(inquiry.title, language),
        introduction=in_language(article.introduction, language) if article else "",
        operator=inquiry.publication.operator or inquiry.publication.name,
        simulated=inquiry.simulated,
    )
