"""How a change reaches the draft: onto what is there now, unless somebody changed the same thing meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from apps.accounts.models import User
from apps.desk.editor.bilingual import languages_of
from apps.inquiries.models import Inquiry
from apps.surveys.definition import DefinitionError, document_hash
from apps.surveys.drafts import DraftChanged, Working, change_draft, working_document
from apps.surveys.editing import EditRefused, Past, past_of
from apps.surveys.editing.finding import all_items, asked_in_order
from apps.surveys.models import SurveyDraft
from apps.surveys.queries import published_definitions

Document = dict[str, Any]
ATTEMPTS = 5


class ChangedMeanwhile(Exception):
    """What the page showed is not what is there now. `draft`: who saved it, and when."""

    def __init__(self, draft: SurveyDraft | None) -> None:
        super().__init__("changed meanwhile")
        self.draft = draft


@dataclass(frozen=True)
class Desk:
    """The draft of an inquiry as an author has it before them."""

    inquiry: Inquiry
    working: Working
    past: Past

    @property
    def document(self) -> Document:
        return self.working.document

    @property
    def languages(self) -> list[str]:
        return languages_of(self.document)

    def item(self, name: str) -> dict[str, Any] | None:
        return next((item for item in all_items(self.document) if item["id"] == name), None)


def desk_of(inquiry: Inquiry) -> Desk:
    """What came without questions, such as a conversation from elsewhere, has nothing to edit here."""
    working = working_document(inquiry)
    if working is None:
        raise Http404
    return Desk(inquiry, working, past_of(published_definitions(inquiry.pk)))


def mark_of(part: Any) -> str:
    """A short name for what a page showed."""
    return document_hash(part)[:16]


def shown_of(item: Mapping[str, Any]) -> dict[str, Any]:
    """What its page shows of a question: notes and coins follow from others, and are no change of this one."""
    return {key: part for key, part in item.items() if key not in {"branching", "randomise"}}


def order_of(document: Mapping[str, Any]) -> Any:
    return [asked_in_order(document), document["pages"]]


def keep(inquiry: Inquiry, by: User, edit: Callable[[Desk], Document]) -> Desk:
    """Changes of other parts by others stay. Where `edit` raises (EditRefused, ChangedMeanwhile), nothing is kept."""
    for attempt in range(ATTEMPTS):
        desk = desk_of(inquiry)
        try:
            draft = change_draft(inquiry=inquiry, revision=desk.working.revision, document=edit(desk), by=by)
        except DefinitionError as error:  # too much for one draft
            raise EditRefused(error.problems[0][1]) from error
        except DraftChanged as changed:
            if attempt + 1 == ATTEMPTS:
                raise ChangedMeanwhile(changed.draft) from changed
        else:
            return Desk(inquiry, Working(draft.document, draft.revision, draft), desk.past)
    raise AssertionError("unreachable")


def refuse_if_changed(desk: Desk, part: Any, seen: str) -> None:
    if mark_of(part) != seen:
        raise ChangedMeanwhile(desk.working.draft)
