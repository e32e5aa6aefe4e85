"""Texts on their way to being quoted, as the page shows them, and what a moderator sends about one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.debates.personal import Kind, personal_data_in
from apps.responses.models import QuoteRefusal, QuoteState
from apps.responses.quotes import MOST_MASKS, Decision, Masks, Offered, count_offered, offered_texts, past_decisions
from apps.surveys.definition import Question

AT_ONCE = 10
HANDLE = r"^[0-9a-f]{20}$"
TABS = (QuoteState.WAITING, QuoteState.APPROVED, QuoteState.REFUSED)
LONGEST_HIDDEN = 1_000


@dataclass(frozen=True)
class Suspect:
    """What looks like personal data; `value` names its place when it is sent back."""

    words: str
    kind: str
    value: str


@dataclass(frozen=True)
class Piece:
    text: str
    suspected: bool


@dataclass(frozen=True)
class Entry:
    text: Offered
    suspects: tuple[Suspect, ...]
    pieces: tuple[Piece, ...]
    history: tuple[Decision, ...]


@dataclass(frozen=True)
class Page:
    tabs: tuple[tuple[QuoteState, int], ...]
    entries: tuple[Entry, ...]
    next: str


def page_of(inquiry_id: int, question: Question, *, state: str, after: str) -> Page:
    """The texts of one state, a few at a time."""
    consent = question.consent[0] if question.consent else ""
    found = offered_texts(inquiry_id, question.id, consent, state=state, most=AT_ONCE + 1, after=after)
    shown = found[:AT_ONCE]
    past = past_decisions(inquiry_id, question.id, [text.handle for text in shown])
    counts = count_offered(inquiry_id, question.id, consent)
    return Page(
        tabs=tuple((tab, counts[tab]) for tab in TABS),
        entries=tuple(entry(text, past.get(text.handle, ())) for text in shown),
        next=shown[-1].handle if len(found) > AT_ONCE else "",
    )


def entry(text: Offered, past: Sequence[Decision]) -> Entry:
    found = personal_data_in(text.words)
    suspects = tuple(
        Suspect(text.words[each.start : each.end], str(Kind(each.kind).label), f"{each.start}-{each.end}")
        for each in found
    )
    return Entry(text, suspects, pieces(text.words, [(each.start, each.end) for each in found]), tuple(past))


def pieces(words: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text cut where a suspicion begins and ends."""
    found, at = [], 0
    for start, end in spans:
        if start > at:
            found.append(Piece(words[at:start], False))
        found.append(Piece(words[max(start, at) : end], True))
        at = end
    return tuple(piece for piece in (*found, Piece(words[at:], False)) if piece.text)


class HiddenField(forms.CharField):
    """Words to black out, one line for each; wherever they stand in the text."""

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return [line for line in lines if line]


class DecisionForm(forms.Form):
    """`masks`: places of suspected personal data to black out, as "12-34"."""

    handle = forms.RegexField(HANDLE, error_messages={"invalid": _("This text cannot be found.")})
    seen = forms.ChoiceField(choices=QuoteState.choices)
    state = forms.ChoiceField(choices=QuoteState.choices)
    reason = forms.ChoiceField(choices=QuoteRefusal.choices, required=False)
    masks = forms.TypedMultipleChoiceField(required=False, coerce=lambda span: tuple(map(int, span.split("-"))))
    hidden = HiddenField(max_length=LONGEST_HIDDEN, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        sent = data.getlist("masks")[:MOST_MASKS] if data is not None else []
        places = cast(forms.TypedMultipleChoiceField, self.fields["masks"])
        places.choices = [(span, span) for span in sent if re.fullmatch(r"[0-9]{1,5}-[0-9]{1,5}", span)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == QuoteState.REFUSED and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose why it is not quoted."))
        if cleaned.get("state") != QuoteState.REFUSED:
            cleaned["reason"] = ""
        return cleaned


class NotInText(Exception):
    """Words that were to be blacked out do not stand in the text."""


def masks_for(words: str, spans: Sequence[tuple[int, int]], hidden: Sequence[str]) -> Masks:
    """All of it as places. Raises NotInText, so that nobody believes something hidden that is not."""
    found = list(spans)
    for each in hidden:
        places = [match.span() for match in re.finditer(re.escape(each), words)]
        if not places:
            raise NotInText(each)
        found += places
    return tuple(found)
