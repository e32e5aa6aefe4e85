"""Publishing: a document becomes the next version, or is refused with every reason."""

from typing import Any

from django.db import transaction

from apps.accounts.actions import record_audit
from apps.accounts.models import User
from apps.inquiries.models import Inquiry
from apps.surveys.definition import document_hash
from apps.surveys.models import SurveyVersion
from apps.surveys.queries import instrument, newest_version
from apps.surveys.reading import parse
from apps.surveys.rules import Problem, compatibility


class IncompatibleVersion(Exception):
    """The document would change what old answers mean."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


@transaction.atomic
def publish_version(
    *, inquiry: Inquiry, document: dict[str, Any], by: User | None = None, change_note: str = ""
) -> SurveyVersion:
    """Make the document the newest version. The newest one published again changes nothing; an older one may return.

    Raises DefinitionError or IncompatibleVersion.
    """
    definition = parse(document)
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    sha256 = document_hash(document)
    newest = newest_version(inquiry.pk)
    if newest and newest.sha256 == sha256:
        return newest
    for version_id in SurveyVersion.objects.filter(inquiry=inquiry).values_list("pk", flat=True):
        if problems := compatibility(instrument(version_id).definition, definition):
            raise IncompatibleVersion(problems)
    number = newest.number + 1 if newest else 1
    version = SurveyVersion.objects.create(
        inquiry=inquiry, number=number, definition=document, sha256=sha256, change_note=change_note, published_by=by
    )
    record_audit(
        action="survey.published",
        by=by,
        publication=inquiry.publication,
        target=inquiry.slug,
        detail={"version": number, "sha256": sha256},
    )
    return version
