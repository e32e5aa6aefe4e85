"""The question that was asked twice, as a figure: a sentence, what it rests on, and who went from where to where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.reports.numbers import n_text, whole_percent
from apps.reports.pictures import Style
from apps.reports.twice.flows import Band, flows, slopes
from apps.reports.twice.words import (
    differences,
    explained,
    headline,
    left_text,
    moved_text,
    once_text,
    shift_text,
    side_labels,
    way_title,
)
from apps.surveys.definition import Definition, Question

TONES = {"low": "o1", "middle": "o3", "high": "o5"}


@dataclass(frozen=True)
class Row:
    """One side: its share at first, where it was asked, and at the end."""

    label: str
    tone: str
    shares: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """One way through the questions: its picture, its table, its sentences. `heads`: over the columns of the table."""

    title: str
    note: str
    hidden: bool
    moved: str = ""
    bands: tuple[Band, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class TwiceFigure:
    """`before_all`: what must be said first."""

    id: str
    headline: str
    first: Question
    again: Question
    before_all: str
    explained: str
    differences: tuple[str, ...]
    ways: tuple[Way, ...]
    base: str


def twice(entry: Mapping[str, Any] | None, definition: Definition, style: Style) -> TwiceFigure | None:
    """None where no question is asked twice, or nobody may be shown yet."""
    if not entry or entry["question"] not in definition.by_id or all(arm["hidden"] for arm in entry["arms"].values()):
        return None
    first, again = definition.question(entry["repeats"]), definition.question(entry["question"])
    return TwiceFigure(
        id=again.id,
        headline=capfirst(headline(entry, first, style)),
        first=first,
        again=again,
        before_all=left_text(entry),
        explained=explained(compared=entry["compared"]),
        differences=tuple(differences(entry, first, style)),
        ways=tuple(way(name, entry["arms"][name], first, style) for name in ("A", "B", "C") if name in entry["arms"]),
        base=_("Those who answered this question at the end"),
    )


def way(name: str, arm: Mapping[str, Any], question: Question, style: Style) -> Way:
    title = way_title(name)
    if arm["hidden"]:
        return Way(title, n_text(arm, style.counts_to), hidden=True)
    if name == "C":
        return Way(
            title, once_text(arm, style), hidden=False, **table_of(question, style, {_("At the end"): arm["after"]})
        )
    return Way(
        title,
        shift_text(arm, style),
        hidden=False,
        moved=moved_text(arm["moved"], question, style),
        bands=picture(arm),
        **table_of(question, style, {_("At first"): arm["before"], _("At the end"): arm["after"]}),
    )


def picture(arm: Mapping[str, Any]) -> tuple[Band, ...]:
    if arm["flow"]:
        return flows(arm["before"], arm["after"], arm["flow"], arm["base"])
    return slopes(arm["before"], arm["after"]) if arm["before"] else ()


def table_of(question: Question, style: Style, columns: Mapping[str, Mapping[str, float] | None]) -> dict[str, Any]:
    """Heads and rows, the upper side first; nothing where sides are withheld."""
    if None in columns.values():
        return {}
    rows = [
        Row(label, TONES[side], tuple(f"{whole_percent(shares[side])}%" for shares in columns.values() if shares))
        for side, label in side_labels(question, style).items()
    ]
    return {"heads": tuple(columns), "rows": tuple(rows)}
