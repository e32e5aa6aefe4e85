"""What the ends of a line, or the groups, stand for: statements that are answered otherwise there than elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.inquiries.privacy import SMALL_BASE
from apps.reports.maps import words as map_words
from apps.reports.maps.rows import Spoken
from apps.reports.numbers import count_text

MOST_AT_AN_END = 4

Summary = Mapping[str, Any]
Texts = Mapping[int, Spoken]
End = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """A statement that a side answers otherwise than all others: `choice` is what is said more often there, `here` and
    `elsewhere` its shares in percent of a line; none where few voted."""

    statement: Spoken
    choice: str
    note: str
    here: float | None
    elsewhere: float | None


@dataclass(frozen=True)
class Side:
    """One end of the axis, or a group: what it is called here, and the statements that it stands for."""

    id: int
    name: str
    size: str
    rows: tuple[Said, ...]


def sides_of(summary: Summary, texts: Texts) -> tuple[Side, ...]:
    """The two ends of the axis, or the groups by letter; statements that are no longer served are left out."""
    return tuple(
        Side(each, name, size, tuple(said(texts[end["number"]], end) for end in told[:MOST_AT_AN_END]))
        for each, name, size in names_of(summary)
        for told in [ends_of(summary, each, texts)]
    )


def names_of(summary: Summary) -> Iterator[tuple[int, str, str]]:
    if summary["story"] == "spectrum":
        yield from ((0, _("One end"), ""), (1, _("The other end"), ""))
    for group in sorted(summary["groups"], key=lambda group: group["id"]):
        yield group["id"], map_words.group_name(group["id"]), map_words.people_text(group["readers"])


def ends_of(summary: Summary, side: int, texts: Texts) -> list[End]:
    """The clearest first."""
    return [end for end in summary["ends"] if end["side"] == side and end["number"] in texts]


def said(statement: Spoken, end: End) -> Said:
    choice, few = more_often(end), end["votes_here"] < SMALL_BASE
    here, elsewhere = (None if few else round(100 * end[f"{choice}_{where}"], 1) for where in ("here", "elsewhere"))
    return Said(statement, map_words.choice_text(choice), end_note(end), here, elsewhere)


def more_often(end: End) -> str:
    """What is said more often here than elsewhere; most of the people here may say something else."""
    return "agree" if end["difference"] > 0 else "disagree"


def end_note(end: End) -> str:
    """How much more often; in tenths where few voted. Numbers of votes come rounded, like those of people."""
    choice, votes = more_often(end), end["votes_here"]
    return _("{here} here, {elsewhere} elsewhere (votes here: {votes})").format(
        here=map_words.share_text(end[f"{choice}_here"], votes),
        elsewhere=map_words.share_text(end[f"{choice}_elsewhere"], votes),
        votes=count_text(votes, map_words.AREAS_TO),
    )


def side_names(summary: Summary, texts: Texts) -> tuple[str, str]:
    """The two ends in words: each by its clearest statement, else by the picture."""
    fallbacks = (_("the side called “One end” below"), _("the side called “The other end” below"))
    first, second = (side_name(ends_of(summary, side, texts), texts) or fallbacks[side] for side in (0, 1))
    return first, second


def side_name(ends: list[End], texts: Texts) -> str:
    return map_words.side_text(texts[ends[0]["number"]].text, more_often(ends[0])) if ends else ""
