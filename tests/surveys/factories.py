"""Real rows for tests about versions."""

from typing import Any

from apps.accounts.models import Publication
from apps.inquiries.models import Inquiry, State
from apps.surveys.actions import publish_version
from apps.surveys.models import SurveyVersion
from tests.surveys.documents import built_in


def make_inquiry(slug: str = "small", **fields: Any) -> Inquiry:
    publication, _ = Publication.objects.get_or_create(slug="toikake", defaults={"name": "Toikake"})
    return Inquiry.objects.create(
        **{
            "publication": publication,
            "slug": slug,
            "title": {"ja": "小さな", "en": "Small"},
            "state": State.OPEN,
            **fields,
        }
    )


def make_version(inquiry: Inquiry | None = None, document: dict[str, Any] | None = None) -> SurveyVersion:
    return publish_version(inquiry=inquiry or make_inquiry(), document=document or built_in())
