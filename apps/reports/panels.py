"""Pictures with their tables: which picture a kind of question gets, and where its bars and dots end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.reports.headlines import named, sentence
from apps.reports.numbers import HIDDEN, count_text, n_text, percent_text, points_text, value_text, whole_percent
from apps.reports.sides import ORDERED_KINDS, asks_for_opinion, on_the_scale, sides
from apps.surveys.definition import Option, Question, Row

Entry = Mapping[str, Any]

SMALLEST_LABELLED = 0.06
COLUMN_HEIGHT = 96
TONES = {
    2: ("o1", "o5"),
    3: ("o1", "o3", "o5"),
    4: ("o1", "o2", "o4", "o5"),
    5: ("o1", "o2", "o3", "o4", "o5"),
}
AXES = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Style:
    """How numbers and words are printed. `counts_to`: the step to which counts are rounded."""

    language: str
    counts_to: int = 1


@dataclass(frozen=True)
class Line:
    """One answer: its words, its numbers, where its bar or dot ends. `mark` names it for the reader's own answer."""

    mark: str
    label: str
    percent: str
    count: str
    tone: str = ""
    at: str = ""
    first_percent: str = ""
    first_at: str = ""


@dataclass(frozen=True)
class Segment:
    """A part of a bar, or a column: places in percent of the width, height in pixels."""

    tone: str
    start: str
    width: str
    middle: str
    label: str = ""
    top: str = ""
    height: str = ""


@dataclass(frozen=True)
class Panel:
    """One picture with its table. `template` draws it."""

    template: str
    lines: tuple[Line, ...]
    title: str = ""
    segments: tuple[Segment, ...] = ()
    ends: tuple[str, str] | None = None
    axis: str = ""
    note: str = ""


def panels(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    """Nothing to draw where the whole question is hidden."""
    if entry["hidden"]:
        return ()
    return BUILDERS[question.kind](question, entry, style)


def one_choice(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    return (picture(question, entry, style, mark=question.id),)


def choice_per_row(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    return tuple(row_panel(question, row, entry["rows"][row.code], style) for row in question.rows)


def row_panel(question: Question, row: Row, entry: Entry, style: Style) -> Panel:
    """A row that too few have answered keeps its place and says so."""
    title = row_title(question, row, entry, style)
    if entry["hidden"]:
        return Panel("reports/withheld.html", (), title=title, note=n_text(entry, style.counts_to))
    return picture(question, entry, style, mark=f"{question.id}.{row.code}", title=title)


def row_title(question: Question, row: Row, entry: Entry, style: Style) -> str:
    label = in_language(row.label, style.language)
    found = entry.get("finding")
    if not found:
        return label
    return _("{row}: {finding}").format(row=label, finding=sentence(question, found, style.language))


def picture(question: Question, entry: Entry, style: Style, *, mark: str, title: str = "") -> Panel:
    drawn = bar if is_bar(question) else dots
    return drawn(question, entry, style, mark=mark, title=title)


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


def net_text(question: Question, entry: Entry, style: Style, *, with_base: bool) -> str:
    """What was taken from what. The rows of one question have bases of their own."""
    parts = [n_text(entry, style.counts_to)] if with_base else []
    if "net" in entry:
        high, low = side_names(question, style.language)
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


def dots(question: Question, entry: Entry, style: Style, *, mark: str, title: str) -> Panel:
    """Unordered answers by size, `other`, `none` and don't-know last; ordered ones keep their order."""
    limit = axis_limit([entry["shares"]])
    lines = [
        line(option, entry, style, mark=mark, limit=limit)
        for option in dot_order(question, entry["shares"], shown_options(question, entry["counts"]))
    ]
    return Panel(
        template="reports/dots.html", lines=tuple(lines), axis=f"{whole_percent(limit)}%", note=mentions(entry)
    )


def ranks(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    """A filled dot for the first choice, an open one for any of the first k, on the same line."""
    limit = axis_limit([entry["any"]["shares"], entry["first"]["shares"]])
    options = dot_order(question, entry["any"]["shares"], shown_options(question, entry["any"]["counts"]))
    lines = [rank_line(option, question, entry, style, limit) for option in options]
    note = _("among the first {top}").format(top=question.top)
    return (Panel("reports/ranks.html", tuple(lines), axis=f"{whole_percent(limit)}%", note=note),)


def rank_line(option: Option, question: Question, entry: Entry, style: Style, limit: float) -> Line:
    code, first, ranked = str(option.code), entry["first"], entry["any"]
    return Line(
        mark=f"{question.id}:{code}",
        label=in_language(option.label, style.language),
        percent=percent_text(ranked["shares"][code], ranked["counts"][code]),
        count=count_text(ranked["counts"][code], style.counts_to),
        at=place(ranked["shares"][code], limit),
        first_percent=percent_text(first["shares"][code], first["counts"][code]),
        first_at=place(first["shares"][code], limit),
    )


def dot_order(question: Question, shares: Mapping[str, float | None], options: Sequence[Option]) -> list[Option]:
    if question.kind == "single_ordinal":
        return list(options)
    free = [option for option in options if on_the_scale(option)]
    apart = [option for option in options if not on_the_scale(option)]
    return sorted(free, key=lambda option: -(shares[str(option.code)] or 0)) + apart


def columns(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    """Numbers, months, years and 0-10 scales: a column for each value or bin, in their order."""
    labels = column_labels(question, entry, style)
    shares = [entry["shares"][key] or 0.0 for key in labels]
    tallest, width = max(shares, default=0) or 1.0, 1 / max(len(labels), 1)
    lines = tuple(
        Line(
            mark=f"{question.id}:{key}",
            label=label,
            percent=percent_text(entry["shares"][key], entry["counts"][key]),
            count=count_text(entry["counts"][key], style.counts_to),
        )
        for key, label in labels.items()
    )
    drawn = tuple(column(place, share / tallest, width, lines[place].percent) for place, share in enumerate(shares))
    return (Panel("reports/columns.html", lines, segments=drawn, note=moments_text(entry), ends=ends(question, style)),)


def column(place: int, height: float, width: float, label: str) -> Segment:
    tall = round(height * COLUMN_HEIGHT, 1)
    return Segment(
        tone="one",
        start=at((place + 0.1) * width),
        width=at(0.8 * width),
        middle=at((place + 0.5) * width),
        label=label,
        top=f"{COLUMN_HEIGHT - tall:g}",
        height=f"{tall:g}",
    )


def column_labels(question: Question, entry: Entry, style: Style) -> dict[str, str]:
    """The keys of the counts in order, with the words for them."""
    if question.kind == "scale":
        named = {str(option.code): in_language(option.label, style.language) for option in question.options}
        return {key: named.get(key, key) for key in entry["counts"]}
    if question.kind == "number":
        width = entry["bin_width"] if entry["counts"] else 0
        return {
            key: f"{value_text(float(key))}–{value_text(float(key) + width)}"
            for key in sorted(entry["counts"], key=float)
        }
    return {key: key.replace("-", "/") for key in sorted(entry["counts"])}


def ends(question: Question, style: Style) -> tuple[str, str] | None:
    if question.low_label and question.high_label:
        return in_language(question.low_label, style.language), in_language(question.high_label, style.language)
    return None


def moments_text(entry: Entry) -> str:
    if "mean" not in entry:
        return ""
    low, high = entry["quartiles"]
    return _("Mean {mean}, median {median}, middle half {low}–{high}").format(
        mean=value_text(entry["mean"]), median=value_text(entry["median"]), low=value_text(low), high=value_text(high)
    )


def mentions(entry: Entry) -> str:
    """M.T.: answers given by all readers together, in percent of the readers."""
    return f"M.T.={whole_percent(entry['mentions'])}%" if "mentions" in entry else ""


def no_panels(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    return ()


def line(option: Option, entry: Entry, style: Style, *, mark: str, tone: str = "", limit: float = 1.0) -> Line:
    code = str(option.code)
    share, count = entry["shares"][code], entry["counts"][code]
    return Line(
        mark=f"{mark}:{code}",
        label=in_language(option.label, style.language),
        percent=percent_text(share, count),
        count=count_text(count, style.counts_to),
        tone=tone,
        at=place(share, limit),
    )


def shown_options(question: Question, counts: Mapping[str, int | None]) -> list[Option]:
    """Options that were taken back stay in the figure only for the answers they got."""
    return [option for option in question.options if not (option.retired and counts[str(option.code)] == 0)]


def axis_limit(shares: Sequence[Mapping[str, float | None]]) -> float:
    """The end of an axis that begins at zero and holds every share."""
    largest = max((share or 0 for each in shares for share in each.values()), default=0)
    return next(limit for limit in AXES if largest <= limit)


def place(share: float | None, limit: float) -> str:
    return "" if share is None else at(share / limit)


def at(part: float) -> str:
    return f"{part * 100:.1f}%"


Builder = Callable[[Question, Entry, Style], tuple[Panel, ...]]
BUILDERS: dict[str, Builder] = {
    "single_ordinal": one_choice,
    "single_nominal": one_choice,
    "paired_ab": one_choice,
    "item_by_item": choice_per_row,
    "rank_top_k": ranks,
    "multiple": one_choice,
    "scale": columns,
    "number": columns,
    "date": columns,
    "open_text": no_panels,
}
