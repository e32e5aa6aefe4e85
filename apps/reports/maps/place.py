"""Where one reader stands, in words and as a mark: rough, with its uncertainty, and never a verdict on a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.reports.maps.shapes import LIKELY, LIKELY_ON_A_PLANE, Axis, Disc, discs, frame, inside
from apps.reports.maps.words import chance_text, group_name
from apps.reports.numbers import whole_percent

Summary = Mapping[str, Any]

NEAR, FAR = 1 / 3, 2 / 3
WIDE = 0.6  # a likely stretch with more of the readers than that says nothing
CLEAR, LEANING = 0.8, 0.5


@dataclass(frozen=True)
class AxisMark:
    """On an axis, in percent of the width: the place, and the stretch that holds it with eight tenths of certainty."""

    at: float
    start: float
    width: float

    @property
    def anchor(self) -> str:
        """Which end of its words stands at the mark, so that they never leave the picture."""
        return "start" if self.at < 12 else "end" if self.at > 88 else "middle"


@dataclass(frozen=True)
class PlaneMark:
    """In the box of a plane or of groups; `wide` and `high` are half axes of what is likely, 0 where none is drawn."""

    x: float
    y: float
    wide: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class Likeness:
    """How near a reader's votes are to those of a group."""

    name: str
    words: str
    width: int


def axis_mark(axis: Axis, position: float, spread: float) -> AxisMark:
    start, end = (axis.at(position + way * LIKELY * spread) for way in (-1, 1))
    return AxisMark(axis.at(position), start, round(end - start, 2))


def plane_mark(cells: Sequence[Mapping[str, Any]], position: Sequence[float], spread: Sequence[float]) -> PlaneMark:
    box = frame(cells)
    wide, high = (round(LIKELY_ON_A_PLANE * size * box.scale, 1) for size in spread[:2])
    return PlaneMark(box.x(position[0]), box.y(position[1]), wide, high)


def group_mark(drawn: Sequence[Disc], probabilities: Mapping[int, float]) -> PlaneMark | None:
    """Only where one group is likelier than all others together, and large enough to be drawn."""
    likeliest = max(probabilities.values())
    known = {disc.id: probabilities.get(disc.id, 0.0) for disc in drawn}
    if likeliest < LEANING or likeliest not in known.values():
        return None
    return PlaneMark(*inside(drawn, known))


def likenesses(probabilities: Mapping[int, float]) -> tuple[Likeness, ...]:
    """In the order of the letters."""
    return tuple(
        Likeness(group_name(group), chance_text(chance), whole_percent(chance))
        for group, chance in sorted(probabilities.items())
    )


def axis_sentence(axis: Axis, position: float, spread: float, votes: int, sides: tuple[str, str]) -> str:
    """Which third of those who voted, unless the likely stretch holds most of them or reaches to the other side."""
    low, high = (axis.below(position + way * LIKELY * spread) for way in (-1, 1))
    middle = axis.below(position)
    if high - low > WIDE or (middle < NEAR and high > FAR) or (middle > FAR and low < NEAR):
        return ngettext(
            "Your {votes} vote so far does not show yet where you stand among those who voted here.",
            "Your {votes} votes so far do not show yet where you stand among those who voted here.",
            votes,
        ).format(votes=votes)
    if NEAR <= middle <= FAR:
        return ngettext(
            "Going by your {votes} vote so far, you stand roughly in the middle of those who voted here.",
            "Going by your {votes} votes so far, you stand roughly in the middle of those who voted here.",
            votes,
        ).format(votes=votes)
    return ngettext(
        "Going by your {votes} vote so far, you stand roughly on {side}.",
        "Going by your {votes} votes so far, you stand roughly on {side}.",
        votes,
    ).format(votes=votes, side=sides[0] if middle < NEAR else sides[1])


def group_sentence(probabilities: Mapping[int, float], votes: int) -> str:
    first = max(probabilities, key=lambda group: (probabilities[group], -group))
    words = {"votes": votes, "group": group_name(first)}
    if probabilities[first] >= CLEAR:
        return ngettext(
            "Going by your {votes} vote so far, you vote most like {group}.",
            "Going by your {votes} votes so far, you vote most like {group}.",
            votes,
        ).format(**words)
    if probabilities[first] >= LEANING:
        return ngettext(
            "Going by your {votes} vote so far, you vote most like {group}, but this is not certain yet.",
            "Going by your {votes} votes so far, you vote most like {group}, but this is not certain yet.",
            votes,
        ).format(**words)
    return ngettext(
        "Your {votes} vote so far does not show yet which group you vote like.",
        "Your {votes} votes so far do not show yet which group you vote like.",
        votes,
    ).format(**words)


def no_pattern_sentence(votes: int) -> str:
    return ngettext(
        "Your {votes} vote is counted. As the votes share no pattern yet, there is no place on a map to show you.",
        "Your {votes} votes are counted. As the votes share no pattern yet, there is no place on a map to show you.",
        votes,
    ).format(votes=votes)


def no_map_sentence(votes: int) -> str:
    return ngettext(
        "Your {votes} vote is kept and will count in the map.",
        "Your {votes} votes are kept and will count in the map.",
        votes,
    ).format(votes=votes)


def mark_of_groups(summary: Summary, probabilities: Mapping[int, float]) -> PlaneMark | None:
    return group_mark(discs(summary["groups"]), probabilities)


def caution() -> str:
    return _("This says how you have voted here so far, not who you are. It changes with your votes and with others'.")
