"""What one reader is told of their own votes: for them alone, never kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.debates.choices import Choice
from apps.debates.maps.standing_place import OwnPlace, own_place
from apps.debates.models import OpinionMap
from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import profile_of
from apps.reports.maps import place as map_place
from apps.reports.maps.drawing import own_votes_marked
from apps.reports.maps.pictures import GROUPS, PLANE, SPECTRUM, axis_of, kind_of
from apps.reports.maps.place import AxisMark, Likeness, PlaneMark
from apps.reports.maps.rows import Row, Spoken, own_vote_text, row
from apps.reports.maps.sides import side_names

Texts = Mapping[int, Spoken]
Votes = Mapping[int, Choice]


@dataclass(frozen=True)
class OwnRow:
    """A statement with the votes of all and the reader's own."""

    row: Row
    own: str


@dataclass(frozen=True)
class Stand:
    """`picture` names which mark there is to draw, if any."""

    sentence: str
    certainty: str
    votes: int
    picture: str
    mark: AxisMark | PlaneMark | None
    likenesses: tuple[Likeness, ...]
    deciding: tuple[OwnRow, ...]
    shared: tuple[OwnRow, ...]

    @property
    def placed(self) -> bool:
        return bool(self.mark or self.likenesses)

    @property
    def places(self) -> dict[str, str]:
        """What is put into the picture that everybody sees: HTML, so words of a statement are escaped here."""
        mark = render_to_string("reports/map_mark.html", {"picture": self.picture, "mark": self.mark})
        return {"mark": mark, "words": escape(f" {self.sentence}") if self.mark else ""}


def stand_on(stored: OpinionMap, votes: Votes, texts: Texts, inquiry: Inquiry, language: str) -> Stand:
    """Where these votes stand on a map that has enough of them."""
    with override(language):
        place = own_place(stored, votes)
        rows = _Rows(entries_of(stored), texts, profile_of(inquiry.privacy_profile).counts_to)
        picture = kind_of(stored.summary)
        mark = mark_of(stored.summary, place, picture)
        return Stand(
            sentence=sentence(stored.summary, place, texts),
            certainty=certainty(picture, mark),
            votes=place.votes,
            picture=picture,
            mark=mark,
            likenesses=map_place.likenesses(place.probabilities),
            deciding=rows.of(dict(place.deciding)),
            shared=rows.of({number: votes[number] for number in place.shared}),
        )


@dataclass(frozen=True)
class _Rows:
    entries: Mapping[int, Mapping[str, Any]]
    texts: Texts
    counts_to: int

    def of(self, votes: Votes) -> tuple[OwnRow, ...]:
        """Statements that are no longer served are left out, with their words."""
        return tuple(
            OwnRow(row(self.texts[number], self.entries.get(number), self.counts_to), own_vote_text(choice))
            for number, choice in votes.items()
            if number in self.texts
        )


def own_rows(stored: OpinionMap | None, votes: Votes, texts: Texts, inquiry: Inquiry, language: str) -> list[OwnRow]:
    """All of a reader's votes, each beside those of the others where ten or more have voted."""
    with override(language):
        return list(_Rows(entries_of(stored), texts, profile_of(inquiry.privacy_profile).counts_to).of(votes))


def entries_of(stored: OpinionMap | None) -> dict[int, Mapping[str, Any]]:
    return {entry["number"]: entry for entry in stored.summary["statements"]} if stored else {}


def sentence(summary: Mapping[str, Any], place: OwnPlace, texts: Texts) -> str:
    axis = axis_of(summary)
    if not place.votes:
        return _("You have not voted on any of the statements that this map rests on.")
    if place.probabilities:
        return map_place.group_sentence(place.probabilities, place.votes)
    if place.position and axis:
        return map_place.axis_sentence(
            axis, place.position[0], place.spread[0], place.votes, side_names(summary, texts)
        )
    return map_place.no_pattern_sentence(place.votes)


def mark_of(summary: Mapping[str, Any], place: OwnPlace, picture: str) -> AxisMark | PlaneMark | None:
    axis = axis_of(summary)
    if picture == GROUPS and place.probabilities:
        return map_place.mark_of_groups(summary, place.probabilities)
    if picture == PLANE and len(place.position) > 1:
        return map_place.plane_mark(summary["plane"]["cells"], place.position, place.spread)
    if picture == SPECTRUM and place.position and axis:
        return map_place.axis_mark(axis, place.position[0], place.spread[0])
    return None


def certainty(picture: str, mark: AxisMark | PlaneMark | None) -> str:
    """What the picture shows of how unsure the place is."""
    if mark is None:
        return ""
    if picture == SPECTRUM:
        return _("The band on the line holds your place with eight tenths of certainty; more votes make it narrower.")
    if picture == PLANE:
        return _(
            "The ring holds your place with eight tenths of certainty; more votes make it narrower. The sentence above"
            " is about the place from side to side."
        )
    return _("The mark stands in the likeliest group; the more two groups compete, the nearer it is to the other one.")


def legend() -> str:
    return _("You, going by your votes so far.")


def own_places(shown: Stand, votes: Votes, headline: str) -> dict[str, str]:
    """Everything of a reader's own that is put into the page of all."""
    figure = render_to_string(
        "reports/map_own.html",
        {"legend": legend(), "certainty": shown.certainty, "likenesses": shown.likenesses, "mark": shown.mark},
    )
    title = render_to_string("reports/map_title.html", {"headline": headline})
    return {**shown.places, **own_votes_marked(votes), "title": title, "legend": figure}
