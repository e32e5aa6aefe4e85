"""The question that was asked twice, as a figure: a sentence, what it rests on, and who went from where to where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.reports.flows import Band, flows, slopes
from apps.reports.headlines import named
from apps.reports.numbers import n_text, points_text, whole_percent
from apps.reports.pictures import Style
from apps.reports.sides import sides
from apps.surveys.definition import Definition, Question

MANY_LEFT = 0.3
"""Beyond this part of those who should have been asked again, it is said before anything else (survey-method 3.4)."""

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
class Twice:
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


def twice(entry: Mapping[str, Any] | None, definition: Definition, style: Style) -> Twice | None:
    """None where no question is asked twice, or nobody may be shown yet."""
    if not entry or entry["question"] not in definition.by_id or all(arm["hidden"] for arm in entry["arms"].values()):
        return None
    first, again = definition.question(entry["repeats"]), definition.question(entry["question"])
    return Twice(
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


def headline(entry: Mapping[str, Any], question: Question, style: Style) -> str:
    """What can be told apart from chance; a cause is named only where readers were divided by lot."""
    effect, moved = entry["effect"], entry["arms"]["A"].get("shift")
    if effect and is_clear(effect):
        return _(
            "Who had seen others' statements moved {points} further towards {side} than who had only been asked twice"
        ).format(points=plain_points(effect["value"]), side=direction(question, effect["value"], style))
    if effect:
        return _("No clear difference between who had seen others' statements and who had only been asked twice")
    if moved and is_clear(moved):
        return _("Asked once more, readers stood {points} further towards {side}").format(
            points=plain_points(moved["value"]), side=direction(question, moved["value"], style)
        )
    if moved:
        return _("Asked once more, readers stood about where they had stood before")
    return _("The first question, asked once more")


def is_clear(found: Mapping[str, Any]) -> bool:
    """Whether the whole interval lies on one side of nothing."""
    low, high = found["interval"]
    return low > 0 or high < 0


def direction(question: Question, value: float, style: Style) -> str:
    both = sides(question)
    return named(question, both.high if value > 0 else both.low, style.language)


def plain_points(value: float) -> str:
    return _("{number} points").format(number=whole_percent(abs(value)))


def left_text(entry: Mapping[str, Any]) -> str:
    left = entry.get("left")
    if not left or left["share"] <= MANY_LEFT:
        return ""
    percent = f"{whole_percent(left['share'])}%"
    sentence = _(
        "Of those who were to be asked once more after voting, {percent} did not come that far; those who stayed may"
        " think otherwise than they."
    )
    return sentence.format(percent=percent)


def explained(*, compared: bool) -> str:
    if compared:
        return _(
            "Before the first question, readers were divided by lot. Some were asked it once more after they had voted"
            " on others' statements, some before they saw any, and some were asked it only at the end. If the first of"
            " these moved more than the second, and by more than chance, others' statements made the difference. What"
            " both have in common may be due to being asked twice."
        )
    return _(
        "Everybody went the same way. It cannot be told whether others' statements, being asked twice, or the time"
        " between made a difference. These are only the readers who went on to vote."
    )


def differences(entry: Mapping[str, Any], question: Question, style: Style) -> Sequence[str]:
    found = []
    if entry["effect"]:
        found.append(
            _("After others' statements against before them: {points} ({guide})").format(
                points=points_text(entry["effect"]["value"]), guide=guide(entry["effect"])
            )
        )
    if entry["first_question"]:
        found.append(
            _("At the end, asked at first against not asked at first: {points} ({guide})").format(
                points=points_text(entry["first_question"]["value"]), guide=guide(entry["first_question"])
            )
        )
    return found


def guide(found: Mapping[str, Any]) -> str:
    low, high = found["interval"]
    return _("{level} guide {low} to {high}").format(level="95%", low=points_text(low), high=points_text(high))


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


def side_labels(question: Question, style: Style) -> dict[str, str]:
    both = sides(question)
    return {
        "high": capfirst(named(question, both.high, style.language)),
        "middle": _("Between, or don't know"),
        "low": capfirst(named(question, both.low, style.language)),
    }


def moved_text(moved: Mapping[str, Any], question: Question, style: Style) -> str:
    """Shares of those who stayed on their side and who did not; nothing where any of them is withheld."""
    shares = moved["shares"]
    if None in shares.values():
        return ""
    both = sides(question)
    return _("{same} stayed on the same side; {up} went towards {high}, {down} towards {low}.").format(
        high=named(question, both.high, style.language),
        low=named(question, both.low, style.language),
        **{name: f"{whole_percent(share)}%" for name, share in shares.items()},
    )


def way_title(name: str) -> str:
    titles = {
        "A": _("Asked once more after others' statements"),
        "B": _("Asked once more before others' statements"),
        "C": _("Asked only at the end"),
    }
    return titles[name]


def shift_text(arm: Mapping[str, Any], style: Style) -> str:
    parts = [n_text(arm, style.counts_to)]
    if arm["before"]:
        first, last = (points_text(net(arm[when])) for when in ("before", "after"))
        parts.append(_("Net at first {first}, at the end {last}").format(first=first, last=last))
    moved = arm["shift"]
    parts.append(_("moved {points} ({guide})").format(points=points_text(moved["value"]), guide=guide(moved)))
    return " · ".join(parts)


def net(shares: Mapping[str, float]) -> float:
    return shares["high"] - shares["low"]


def once_text(arm: Mapping[str, Any], style: Style) -> str:
    last = _("Net at the end {last}").format(last=points_text(arm["net"]))
    return f"{n_text(arm, style.counts_to)} · {last}"
