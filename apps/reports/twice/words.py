"""What is said of the question that is asked twice: no more than the intervals carry, and a cause only after a lot."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.reports.headlines import named
from apps.reports.numbers import n_text, points_text, whole_percent
from apps.reports.pictures import Style
from apps.reports.sides import sides
from apps.surveys.definition import Question

MANY_LEFT = 0.3
"""Beyond this part of those who should have been asked again, it is said before anything else (survey-method 3.4)."""


def headline(entry: Mapping[str, Any], question: Question, style: Style) -> str:
    """What can be told apart from chance; a cause is named only where readers were divided by lot."""
    effect, moved = entry["effect"], entry["arms"]["A"].get("shift")
    if effect and is_clear(effect):
        return _(
            "Those who had seen others' statements moved {points} further towards {side} than those who had only been"
            " asked twice"
        ).format(points=plain_points(effect["value"]), side=direction(question, effect["value"], style))
    if effect:
        return _(
            "No clear difference between those who had seen others' statements and those who had only been asked twice"
        )
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
