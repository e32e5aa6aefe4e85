"""The next version while it is written: kept as typed, changed by one person at a time, published or discarded."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.actions import record_audit
from apps.accounts.models import User
from apps.inquiries.models import Inquiry
from apps.surveys.actions import publish_version
from apps.surveys.definition import DefinitionError
from apps.surveys.models import SurveyDraft, SurveyVersion
from apps.surveys.problems import DraftProblem, draft_problems
from apps.surveys.queries import newest_version, published_definitions
from apps.surveys.reading.source import unreadable

LARGEST_DRAFT = 1_000_000  # characters as JSON; the built-in inquiry has 40,000
FIRST_REVISIONS = 2**30


class DraftChanged(Exception):
    """Somebody else saved, published or discarded meanwhile. `draft`: what is there now; None where nothing is."""

    def __init__(self, draft: SurveyDraft | None) -> None:
        super().__init__("the draft has changed")
        self.draft = draft


@dataclass(frozen=True, slots=True)
class Working:
    """What an editor has before them: the draft, or the newest version as long as nobody has changed anything.

    `revision` goes into the page and comes back with the change.
    """

    document: dict[str, Any]
    revision: int
    draft: SurveyDraft | None


def draft_of(inquiry: Inquiry) -> SurveyDraft | None:
    return SurveyDraft.objects.select_related("based_on", "changed_by").filter(inquiry=inquiry).first()


def drafts_waiting(inquiry_ids: Iterable[int]) -> set[int]:
    """Of these inquiries, those whose published version has a draft beside it."""
    drafts = SurveyDraft.objects.filter(inquiry__in=inquiry_ids, based_on__isnull=False)
    return set(drafts.values_list("inquiry_id", flat=True))


def working_document(inquiry: Inquiry) -> Working | None:
    """None where there is nothing to edit: neither draft nor version."""
    draft = draft_of(inquiry)
    if draft:
        return Working(draft.document, draft.revision, draft)
    newest = newest_version(inquiry.pk)
    return Working(newest.definition, untouched(newest), None) if newest else None


def untouched(newest: SurveyVersion | None) -> int:
    """The revision of a page that shows a version which nobody has begun to change."""
    return -newest.number if newest else 0


@transaction.atomic
def begin_draft(*, inquiry: Inquiry, document: dict[str, Any], by: User | None) -> SurveyDraft:
    """A first draft from any document. One that is there already stays, and is returned."""
    one_at_a_time(inquiry)
    return draft_of(inquiry) or _begin(inquiry, document, by)


@transaction.atomic
def change_draft(*, inquiry: Inquiry, revision: int, document: dict[str, Any], by: User | None) -> SurveyDraft:
    """Keep what was typed, complete or not; a first change begins the draft. The same again changes nothing.

    `revision` is that of the page (`working_document`). Raises DraftChanged, or DefinitionError for what no database
    could keep.
    """
    check_keepable(document)
    one_at_a_time(inquiry)
    draft = draft_of(inquiry)
    if draft is None:
        if revision != untouched(newest_version(inquiry.pk)):
            raise DraftChanged(None)
        return _begin(inquiry, document, by)
    if draft.revision != revision:
        raise DraftChanged(draft)
    if draft.document != document:
        draft.document, draft.revision = document, revision + 1
        draft.changed_at, draft.changed_by = timezone.now(), by
        draft.save()
        _name(inquiry, draft)
    return draft


@transaction.atomic
def discard_draft(*, inquiry: Inquiry, revision: int, by: User | None) -> None:
    """Forget what was prepared; what is published stays. Raises DraftChanged. Discarded twice is discarded once."""
    one_at_a_time(inquiry)
    draft = draft_of(inquiry)
    if draft is None:
        return
    if draft.revision != revision:
        raise DraftChanged(draft)
    draft.delete()
    record_audit(action="draft.discarded", by=by, publication=inquiry.publication, target=inquiry.slug)


@transaction.atomic
def publish_draft(*, inquiry: Inquiry, revision: int, by: User | None, note: str = "") -> SurveyVersion:
    """The draft becomes the newest version and is gone. Pressed twice, it is published once.

    Raises DraftChanged where the draft is not the one that was looked at, DefinitionError or IncompatibleVersion where
    it cannot be published.
    """
    one_at_a_time(inquiry)
    draft = draft_of(inquiry)
    if draft is None or draft.revision != revision:
        raise DraftChanged(draft)
    version = publish_version(inquiry=inquiry, document=draft.document, by=by, change_note=note)
    Inquiry.objects.filter(pk=inquiry.pk).update(title=title_of(draft.document))
    draft.delete()
    return version


def problems_of(inquiry: Inquiry, document: Any) -> list[DraftProblem]:
    """Every reason why the document cannot be the next version of this inquiry."""
    return draft_problems(document, published_definitions(inquiry.pk))


def one_at_a_time(inquiry: Inquiry) -> None:
    """Who saves, publishes and discards take turns; `publish_version` waits at the same door."""
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)


def check_keepable(document: Any) -> None:
    faults = unreadable(document)
    if not faults and len(json.dumps(document, ensure_ascii=False)) > LARGEST_DRAFT:
        faults = [("", _("The whole questionnaire is longer than %(limit)d characters.") % {"limit": LARGEST_DRAFT})]
    if faults:
        raise DefinitionError(faults)


def _begin(inquiry: Inquiry, document: dict[str, Any], by: User | None) -> SurveyDraft:
    """Revisions begin anywhere, so that a page left over from an earlier draft never fits a later one."""
    check_keepable(document)
    draft = SurveyDraft.objects.create(
        inquiry=inquiry,
        document=document,
        based_on=newest_version(inquiry.pk),
        revision=1 + secrets.randbelow(FIRST_REVISIONS),
        changed_by=by,
    )
    record_audit(action="draft.begun", by=by, publication=inquiry.publication, target=inquiry.slug)
    _name(inquiry, draft)
    return draft


def _name(inquiry: Inquiry, draft: SurveyDraft) -> None:
    """As long as nothing is published, the desk calls the inquiry what its draft calls it."""
    title = draft.document.get("title")
    if draft.based_on is None and isinstance(title, dict) and all(isinstance(text, str) for text in title.values()):
        Inquiry.objects.filter(pk=inquiry.pk).update(title=title_of(draft.document))


def title_of(document: Mapping[str, Any]) -> dict[str, str]:
    """The title in the languages in which the questionnaire is asked. One in another language is kept in the document
    for when that comes back, but its author does not see it, and readers must not."""
    languages, title = document.get("languages"), document["title"]
    asked = (
        [each for each in languages if isinstance(each, str) and each in title] if isinstance(languages, list) else []
    )
    return {language: title[language] for language in asked or title}
