"""The numbers of a question as a chart, for the PDF and the files; the page has its own drawing of the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.common.punctuation import remark
from apps.common.templatetags.toikake import in_language
from apps.reports.bars import TONES, is_bar, net_text, pole_texts
from apps.reports.columns import column_labels, ends, off_scale
from apps.reports.numbers import n_text, percent_text
from apps.reports.panels import row_title
from apps.reports.pictures import shown_options
from apps.reports.report.about import About
from apps.reports.report.blocks import Chart, ChartKind, Mark, Row
from apps.reports.sides import sides
from apps.surveys.definition import Option, Question

Entry = Mapping[str, Any]

DIVERGING_KINDS = {"paired_ab": ChartKind.DIVERGING, "item_by_item": ChartKind.DIVERGING}
"""A or B, and parts beside one another: what one wants to see is where each leans (docs/adr/0045). Readers' own page
keeps bars of 100 %."""


def chart_of(question: Question, entry: Entry, beside: Entry, about: About, found: str) -> Chart | None:
    """None where there is nothing to draw."""
    if entry["hidden"] or ("counts" in entry and not entry["counts"]):
        return None
    alt = f"{found or in_language(question.stem, about.language)}{remark(n_text(entry, about.counts_to))}"
    if question.kind == "open_text":
        return written(entry, alt)
    if "first" in entry:
        return ranks(question, entry, about, alt)
    if question.kind in {"scale", "number", "date"}:
        return columns(question, entry, about, alt)
    if is_bar(question):
        return stacked(question, entry, about, alt, DIVERGING_KINDS.get(question.kind, ChartKind.STACKED))
    guides = beside if about.intervals else {}
    return dots_of_rows(question, entry, about, alt) if "rows" in entry else dots(question, entry, guides, about, alt)


def written(entry: Entry, alt: str) -> Chart:
    """How many wrote something, of all who were asked; from the two numbers that stand below the picture."""
    asked = entry["base"] + entry["blank"]
    parts = ((_("Wrote an answer"), entry["base"], "s5"), (_("Left blank"), entry["blank"], "dk"))
    marks = tuple(Mark(name, each / asked, percent_text(each / asked, each), tone) for name, each, tone in parts)
    legend = tuple((mark.tone, mark.label) for mark in marks)
    return Chart(ChartKind.STACKED, (Row("", marks),), alt, axis="%", legend=legend)


def stacked(question: Question, entry: Entry, about: About, alt: str, kind: ChartKind) -> Chart:
    """As one bar of 100 %, or leaning to both sides of a line: the same marks in the same order."""
    parts = {row.code: entry["rows"][row.code] for row in question.rows} or {"": entry}
    names = {row.code: row_title(question, row, entry["rows"][row.code], about.style) for row in question.rows}
    rows = tuple(
        Row(
            names.get(code, ""),
            tuple(marks(question, part, about)) if not part["hidden"] else (),
            net_text(question, part, about.style, with_base=bool(code), briefly=bool(code)),
        )
        for code, part in parts.items()
    )
    shown = next((part for part in parts.values() if not part["hidden"]), entry)
    legend = tuple((mark.tone, mark.label) for mark in marks(question, shown, about)) if "counts" in shown else ()
    return Chart(kind, rows, alt, axis="%", ends=pole_texts(question, about.style), legend=legend)


def marks(question: Question, entry: Entry, about: About) -> Iterator[Mark]:
    """From the low end to the high one, or from A to B; what is off the scale at the end."""
    steps = sides(question).steps[:: -1 if question.poles else 1]
    tones = dict(zip(steps, (tone.replace("o", "s") for tone in TONES[len(steps)]), strict=True))
    for option in sorted(shown_options(question, entry["counts"]), key=lambda each: place(each, steps)):
        share, count = entry["shares"][str(option.code)], entry["counts"][str(option.code)]
        label = in_language(option.label, about.language)
        yield Mark(label, share, percent_text(share, count), tone=tones.get(option.code, "dk"))


def place(option: Option, steps: tuple[int, ...]) -> int:
    return steps.index(option.code) if option.code in steps else len(steps)


def dots(question: Question, entry: Entry, beside: Entry, about: About, alt: str) -> Chart:
    """By share, the largest first; answers that keep to the end stay there."""
    guides = beside.get("intervals", {})
    rows = []
    for option in by_share(question, entry):
        code = str(option.code)
        share, count = entry["shares"][code], entry["counts"][code]
        low, high = guides.get(code, (None, None))
        mark = Mark("", share, percent_text(share, count), low=low, high=high)
        rows.append(Row(in_language(option.label, about.language), (mark,)))
    return Chart(ChartKind.DOTS, tuple(rows), alt, axis="%")


def dots_of_rows(question: Question, entry: Entry, about: About, alt: str) -> Chart:
    """Parts of a question whose answers have no order: one dot for each answer of each part."""
    rows = tuple(
        Row(
            in_language(row.label, about.language),
            tuple(
                Mark(
                    in_language(option.label, about.language),
                    part["shares"][code],
                    percent_text(part["shares"][code], part["counts"][code]),
                )
                for option in question.options
                for code in [str(option.code)]
                if not part["hidden"]
            ),
            n_text(part, about.counts_to),
        )
        for row in question.rows
        for part in [entry["rows"][row.code]]
    )
    return Chart(ChartKind.DOTS, rows, alt, axis="%")


def by_share(question: Question, entry: Entry) -> list[Option]:
    shown = shown_options(question, entry["counts"])
    if question.kind not in {"single_nominal", "multiple"}:
        return shown
    return sorted(
        shown,
        key=lambda option: (
            option.anchored or option.role != "answer",
            0 if option.anchored or option.role != "answer" else -(entry["shares"][str(option.code)] or 0),
        ),
    )


def ranks(question: Question, entry: Entry, about: About, alt: str) -> Chart:
    rows = tuple(
        Row(
            in_language(option.label, about.language),
            (rank(entry["first"], code, _("put first")), rank(entry["any"], code, among(question))),
        )
        for option in shown_options(question, entry["any"]["counts"])
        for code in [str(option.code)]
    )
    return Chart(ChartKind.RANKS, rows, alt, axis="%", legend=(("one", _("put first")), ("one", among(question))))


def among(question: Question) -> str:
    return _("among the first {top}").format(top=question.top)


def rank(shown: Entry, code: str, label: str) -> Mark:
    return Mark(label, shown["shares"][code], percent_text(shown["shares"][code], shown["counts"][code]))


def columns(question: Question, entry: Entry, about: About, alt: str) -> Chart:
    apart = off_scale(question, entry)
    rows = tuple(
        Row(
            label,
            (
                Mark(
                    "",
                    entry["shares"][key],
                    percent_text(entry["shares"][key], entry["counts"][key]),
                    tone="off" if key in apart else "one",
                ),
            ),
        )
        for key, label in column_labels(question, entry, about.style).items()
    )
    return Chart(ChartKind.COLUMNS, rows, alt, axis="%", ends=ends(question, about.style))
