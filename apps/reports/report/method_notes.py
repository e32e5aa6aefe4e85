"""What editors must say of a survey before a report of it is published (AAPOR, ESOMAR and ISO 20252 ask for it)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.inquiries.models import Inquiry

LONGEST = 600


@dataclass(frozen=True)
class Note:
    """`example`: how others put it."""

    name: str
    label: Any
    example: Any


NOTES = (
    Note(
        "purpose",
        _("Purpose"),
        _("What the answers are used for. For example: a follow-up article on the same page."),
    ),
    Note(
        "placements",
        _("Where readers found the link"),
        _("Pages, newsletters and posts with their dates. For example: at the end of the article, from 1 June."),
    ),
    Note("incentive", _("What readers got for it"), _("For example: nothing.")),
    Note(
        "translation",
        _("Who translated, who checked it"),
        _("For example: written in Japanese; English by the editors, translated back by somebody else."),
    ),
    Note(
        "pretest",
        _("How the questions were tried out"),
        _("How many people, when, and what was changed. For example: with five people in May; two options reworded."),
    ),
    Note(
        "ai_use",
        _("What AI was used for"),
        _("For example: for a first draft of the English texts; a person made the final decision. Or: for nothing."),
    ),
    Note(
        "responsible",
        _("Who answers for the survey"),
        _("A person by name or office, and until when the answers are kept."),
    ),
)
PUBLISHER = {
    "operator": _("Who conducts the survey"),
    "funder": _("Who pays for it"),
    "contact": _("Contact"),
}
"""What is said of the publication as a whole."""


def method_of(inquiry: Inquiry) -> dict[str, Any]:
    """Everything that the editors say, as it goes into a report."""
    publication, found = inquiry.publication, getattr(inquiry, "method_notes", None)
    notes = found.notes if found else {}
    return {
        **{name: getattr(publication, name) for name in PUBLISHER},
        "publication": publication.name,
        "notes": {note.name: dict(notes.get(note.name, {})) for note in NOTES},
    }


def missing(method: Mapping[str, Any], languages: Sequence[str]) -> list[str]:
    """Names of what is not said yet, in every language in which was asked."""
    wanted = languages
    publisher = [name for name in PUBLISHER if not method[name].strip()]
    notes = [
        note.name for note in NOTES if any(not method["notes"][note.name].get(each, "").strip() for each in wanted)
    ]
    return publisher + notes


def label_of(name: str) -> str:
    return str(PUBLISHER.get(name) or next(note.label for note in NOTES if note.name == name))
