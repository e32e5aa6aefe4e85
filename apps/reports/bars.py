"""Bars of 100 %: an opinion on a scale of two to five steps, every answer to it a step."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.reports.headlines import named
from apps.reports.numbers import HIDDEN, n_text, points_text, whole_percent
from apps.reports.pictures import Entry, Panel, Segment, Style, at, line, shown_options
from apps.reports.sides import ORDERED_KINDS, asks_for_opinion, sides
from apps.surveys.definition import Question

SMALLEST_LABELLED = 0.06
TONES = {
    2: ("o1", "o5"),
    3: ("o1", "o3", "o5"),
    4: ("o1", "o2", "o4", "o5"),
    5: ("o1", "o2", "o3", "o4", "o5"),
}


def is_bar(question: Question) -> bool:
    """An opinion on a scale of two to five steps, every answer to it a step."""
    ordered = question.kind in ORDERED_KINDS and asks_for_opinion(question)
    others = [option for option in question.options if option.role == "answer" and option.anchored]
    return ordered and len(sides(question).steps) in TONES and not others


def bar(question: Question, entry: Entry, style: Style, *, mark: str, title: str) -> Panel:
    """One bar of 100 %, from the low end to the high one or from A to B; what is off the scale stands at the right."""
    steps = sides(question).steps[:: -1 if question.poles else 1]
    tones = dict(zip(steps, TONES[len(steps)], strict=True))
    options = sorted(
        shown_options(question, entry["counts"]),
        key=lambda option: steps.index(option.code) if option.code in steps else len(steps),
    )
    lines = tuple(line(option, entry, style, mark=mark, tone=tones.get(option.code, "off")) for option in options)
    return Panel(
        template="reports/bar.html",
        title=title,
        lines=lines,
        segments=segments([(entry["shares"][str(o.code)], tones.get(o.code, "off")) for o in options]),
        ends=pole_texts(question, style),
        note=net_text(question, entry, style, with_base=bool(title)),
    )


def pole_texts(question: Question, style: Style) -> tuple[str, str] | None:
    """The texts at the two ends. High codes mean A, whichever letter a reader saw."""
    if not question.poles:
        return None
    first, second = (f"{pole} {in_language(question.poles[pole], style.language)}" for pole in "AB")
    return first, second


def net_text(question: Question, entry: Entry, style: Style, *, with_base: bool, briefly: bool = False) -> str:
    """What was taken from what. The rows of one question have bases of their own."""
    parts = [n_text(entry, style.counts_to)] if with_base else []
    if "net" in entry:
        high, low = side_names(question, style.language)
        if briefly:  # beside a bar there is no room for sentences
            return " · ".join([*parts, _("Net {points}").format(points=points_text(entry["net"]))])
        parts.append(_("Net {points}: {high} less {low}").format(points=points_text(entry["net"]), high=high, low=low))
    return " · ".join(parts)


def side_names(question: Question, language: str) -> tuple[str, str]:
    if question.poles:
        return "A", "B"
    both = sides(question)
    return named(question, both.high, language), named(question, both.low, language)


def segments(parts: Sequence[tuple[float | None, str]]) -> tuple[Segment, ...]:
    """Parts of a bar side by side without a gap, to the very end; what is hidden stands together at the right.

    Edges are rounded, not widths, so that rounding never leaves a rest.
    """
    pieces = [(share, tone) for share, tone in parts if share]
    hidden = max(0.0, 1 - sum(share for share, _tone in pieces)) if any(share is None for share, _tone in parts) else 0
    pieces += [(hidden, "withheld")] if hidden else []
    whole = sum(share for share, _tone in pieces)
    drawn, start, reached = [], 0.0, 0.0
    for share, tone in pieces:
        reached += share
        end = round(reached / whole, 3)
        drawn.append(Segment(tone, at(start), at(end - start), at((start + end) / 2), segment_label(share, tone)))
        start = end
    return tuple(drawn)


def segment_label(share: float, tone: str) -> str:
    if share < SMALLEST_LABELLED:
        return ""
    return HIDDEN if tone == "withheld" else str(whole_percent(share))
