"""Columns over an axis: numbers, months, years and 0-10 scales."""

from collections.abc import Mapping
from math import ceil

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.reports.numbers import HIDDEN, count_text, percent_text, value_text, whole_percent
from apps.reports.pictures import Entry, Line, Panel, Segment, Style, at
from apps.surveys.definition import Question

TOP, HEIGHT = 18, 96
"""Room for the number above a column, and the tallest column, in pixels."""
MOST_LABELLED = 13
LETTERS = 36
"""How many letters fit under the columns on a small phone."""


def columns(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    """A column for each value, bin, month or year, in their order; what is off the scale at the right, dotted."""
    labels, apart = column_labels(question, entry, style), off_scale(question, entry)
    lines = tuple(
        Line(
            mark=f"{question.id}:{key}" if question.kind == "scale" else "",
            label=label,
            percent=percent_text(entry["shares"][key], entry["counts"][key]),
            count=count_text(entry["counts"][key], style.counts_to),
            tone="off" if key in apart else "",
        )
        for key, label in labels.items()
    )
    return (
        Panel(
            "reports/columns.html",
            lines,
            segments=segments(question, entry["shares"], axis_labels(question, entry, apart), labels),
            ends=ends(question, style),
            note=moments_text(entry),
        ),
    )


def segments(
    question: Question, shares: Mapping[str, float | None], axis: Mapping[str, str], keys: Mapping[str, str]
) -> tuple[Segment, ...]:
    """The tallest column has the whole height. A hidden one is marked, so that it is not taken for none. A number on
    the axis stands where its bin begins, a step, a month or a year in the middle of its column."""
    labelled = 0.0 if question.kind == "number" else 0.5
    tallest, width = max((shares[key] or 0.0 for key in keys), default=0) or 1.0, 1 / max(len(keys), 1)
    drawn = []
    for number, key in enumerate(keys):
        tall = round((shares[key] or 0.0) / tallest * HEIGHT, 1)
        drawn.append(
            Segment(
                tone="one" if key in axis else "off",
                start=at((number + 0.1) * width),
                width=at(0.8 * width),
                middle=at((number + 0.5) * width),
                label=column_label(shares[key], of=len(keys)),
                top=f"{TOP + HEIGHT - tall:g}",
                height=f"{tall:g}",
                label_top=f"{TOP + HEIGHT - tall - 5:g}",
                below=axis.get(key, ""),
                below_at=at((number + labelled) * width),
            )
        )
    return tuple(drawn)


def column_label(share: float | None, *, of: int) -> str:
    if share is None:
        return HIDDEN
    return str(whole_percent(share)) if share and of <= MOST_LABELLED else ""


def off_scale(question: Question, entry: Entry) -> frozenset[str]:
    """Don't-know and the like, which stand beside the steps of a scale."""
    return frozenset(str(option.code) for option in question.options) & frozenset(entry["counts"])


def axis_labels(question: Question, entry: Entry, apart: frozenset[str]) -> dict[str, str]:
    """What stands under each column: every one where there is room, else every second, third … one."""
    keys = [key for key in ordered(question, entry) if key not in apart]
    short = [value_text(float(key)) if question.kind == "number" else key.replace("-", "/") for key in keys]
    every = ceil(len(keys) * (max(map(len, short), default=0) + 1) / LETTERS) or 1
    return {key: "" if number % every else short[number] for number, key in enumerate(keys)}


def ordered(question: Question, entry: Entry) -> list[str]:
    """JSON objects come back from the database in an order of their own."""
    if question.kind == "scale":
        steps = [str(step) for step in range(int(question.minimum), int(question.maximum) + 1)]
        return [*steps, *(key for option in question.options if (key := str(option.code)) in entry["counts"])]
    return sorted(entry["counts"], key=float if question.kind == "number" else str)


def column_labels(question: Question, entry: Entry, style: Style) -> dict[str, str]:
    """The keys of the counts in order, with the words for them."""
    keys = ordered(question, entry)
    if question.kind == "scale":
        named = {str(option.code): in_language(option.label, style.language) for option in question.options}
        return {key: named.get(key, key) for key in keys}
    if question.kind == "number":
        return {key: bin_text(question, float(key), entry["bin_width"]) for key in keys}
    return {key: key.replace("-", "/") for key in keys}


def bin_text(question: Question, low: float, width: float) -> str:
    """Whole numbers from the first to the last of the bin; where there are others, up to the next bin."""
    if question.maximum is not None and low >= question.maximum:
        return value_text(low)
    if not (float(question.step or 0.5).is_integer() and width.is_integer() and low.is_integer()):
        return _("{low} to under {high}").format(low=value_text(low), high=value_text(low + width))
    last = low + width - 1 if question.maximum is None else min(low + width - 1, question.maximum)
    return value_text(low) if last <= low else f"{value_text(low)}–{value_text(last)}"


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
