"""Every question as a figure: its finding, its picture, its table with what the counts leave open."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from apps.common.punctuation import between_sentences, remark
from apps.common.templatetags.toikake import in_language
from apps.reports.figures import base_text, condition
from apps.reports.headlines import headline
from apps.reports.numbers import HIDDEN, count_text, percent_text, value_text, whole_percent
from apps.reports.panels import panels
from apps.reports.report.about import About
from apps.reports.report.blocks import Chart, ChartKind, Figure, Section, Table
from apps.reports.report.facts import sentences
from apps.reports.report.told.charts import chart_of
from apps.reports.sides import asks_for_opinion
from apps.reports.version_notes import version_notes
from apps.surveys.definition import Question

LEVEL = "95%"

Entry = Mapping[str, Any]
Beside = Mapping[str, Any]


def sections(content: Mapping[str, Any], about: About) -> tuple[Section, ...]:
    """What readers think, then who they are."""
    figures = [
        (
            entry,
            with_versions(figure(about.question(entry["id"]), entry, beside_of(content, entry), about), content, about),
        )
        for entry in content["questions"]
    ]
    opinions = tuple(each for entry, each in figures if asks_for_opinion(about.question(entry["id"])))
    readers = tuple(each for entry, each in figures if not asks_for_opinion(about.question(entry["id"])))
    return (
        Section("questions", _("Answers to the questions"), opinions),
        Section("readers", _("Who answered"), readers),
    )


def figure(question: Question, entry: Entry, beside: Beside, about: About) -> Figure:
    found = headline(question, entry, about.language, about.counts_to)
    chart = chart_of(question, entry, beside, about, found)
    return Figure(
        id=question.id,
        headline=found or in_language(question.stem, about.language),
        question=wording(question, about),
        base=base_text(question, entry, about.style),
        table=table(question, entry, beside, about),
        chart=chart,
        panels=() if is_drawn_here(chart) else panels(question, entry, about.style),
        facts=about.facts,
        notes=tuple(notes(question, entry, beside, about, drawn=has_guides(chart))),
    )


def beside_of(content: Mapping[str, Any], entry: Entry) -> Beside:
    found: Beside = content["beside"].get(entry["id"], {})
    return found


def with_versions(found: Figure, content: Mapping[str, Any], about: About) -> Figure:
    """Reports from before versions were told apart say nothing of them."""
    otherwise = content.get("versions", {}).get(found.id, {})
    return replace(found, notes=(*found.notes, *version_notes(about.question(found.id), otherwise, about.language)))


def is_drawn_here(chart: Chart | None) -> bool:
    """Whether the page draws the chart itself; the readers' drawing leans to no side and has no lines for guides."""
    return has_guides(chart) or (chart is not None and chart.kind == ChartKind.DIVERGING)


def has_guides(chart: Chart | None) -> bool:
    return chart is not None and any(mark.low is not None for row in chart.rows for mark in row.marks)


def wording(question: Question, about: About) -> str:
    """As it was shown, whom, and in which order."""
    lead = in_language(question.lead, about.language)
    stem = in_language(question.stem, about.language)
    asked = f"{lead} — {stem}" if lead else stem
    only = condition(question, about.definition, about.language)
    return sentences(asked + (remark(only) if only else ""), order_text(question))


def order_text(question: Question) -> str:
    return {
        "reverse": _("(order of the answers reversed for half of the readers)"),
        "shuffle": _("(order of the answers different from reader to reader)"),
        "rows": _("(order of the parts different from reader to reader)"),
        "swap": _("(A and B changed places for half of the readers)"),
    }.get(question.order.mode, "")


def table(question: Question, entry: Entry, beside: Beside, about: About) -> Table:
    if entry["hidden"]:
        smallest = about.content["profile"]["smallest_base"]
        return Table((), (), notes=(_("Shown from {smallest} answers on.").format(smallest=smallest),))
    if question.kind == "open_text":
        return Table((_("Answer"), _("Readers")), ((_("Wrote an answer"), about.count(entry["base"])),))
    if "rows" in entry:
        return table_of_rows(question, entry, about)
    if "first" in entry:
        return table_of_ranks(question, entry, beside, about)
    return table_of_counts(labels(question, entry, about), entry, beside, about)


def labels(question: Question, entry: Entry, about: About) -> dict[str, str]:
    """Words of everything that is counted, in the order of the picture."""
    from apps.reports.columns import column_labels

    if question.kind in {"scale", "number", "date"}:
        return column_labels(question, entry, about.style)
    return {
        str(option.code): in_language(option.label, about.language)
        for option in question.options
        if not (option.retired and entry["counts"][str(option.code)] == 0)
    }


def table_of_counts(names: Mapping[str, str], entry: Entry, beside: Beside, about: About) -> Table:
    guides = beside.get("intervals") if about.intervals else None
    columns = (_("Answer"), _("Share"), _("Readers"), *([_("{level} guide").format(level=LEVEL)] if guides else []))
    rows = tuple(
        (
            label,
            percent_text(entry["shares"][key], entry["counts"][key]),
            about.count(entry["counts"][key]),
            *([guide(guides.get(key))] if guides else []),
        )
        for key, label in names.items()
    )
    whole = (_("All who answered"), "100%", about.count(entry["base"]), *([""] if guides else []))
    return Table(columns, (*rows, whole), strong=(len(rows),))


def table_of_rows(question: Question, entry: Entry, about: About) -> Table:
    """A column for each part of the question; in it the share and, in brackets, the readers."""
    parts = [(row, entry["rows"][row.code]) for row in question.rows]
    rows = tuple(
        (in_language(option.label, about.language), *(cell(part, str(option.code), about) for _row, part in parts))
        for option in question.options
        if not (option.retired and not any(part["counts"][str(option.code)] for _row, part in parts))
    )
    whole = (_("All who answered"), *(about.count(part["base"]) for _row, part in parts))
    names = tuple(in_language(row.label, about.language) for row, _part in parts)
    return Table((_("Answer"), *names), (*rows, whole), strong=(len(rows),))


def cell(part: Entry, code: str, about: About) -> str:
    if part["hidden"] or part["counts"][code] is None:
        return HIDDEN
    share = percent_text(part["shares"][code], part["counts"][code])
    return share + remark(about.count(part["counts"][code]))


def table_of_ranks(question: Question, entry: Entry, beside: Beside, about: About) -> Table:
    guides = beside.get("intervals") if about.intervals else None
    first, ranked = entry["first"], entry["any"]
    columns = (
        _("Answer"),
        _("Put first"),
        _("Among the first {top}").format(top=question.top),
        *([_("{level} guide").format(level=LEVEL)] if guides else []),
    )
    rows = tuple(
        (
            in_language(option.label, about.language),
            cell({**first, "hidden": False}, code, about),
            cell({**ranked, "hidden": False}, code, about),
            *([guide(guides.get(code))] if guides else []),
        )
        for option in question.options
        for code in [str(option.code)]
        if not (option.retired and ranked["counts"][code] == 0)
    )
    whole = (_("All who answered"), *[about.count(entry["base"])] * 2, *([""] if guides else []))
    return Table(columns, (*rows, whole), strong=(len(rows),))


def guide(bounds: list[float] | None) -> str:
    return f"{whole_percent(bounds[0])}–{whole_percent(bounds[1])}%" if bounds else ""


def notes(question: Question, entry: Entry, beside: Beside, about: About, *, drawn: bool) -> list[str]:
    """How the answers on a scale are split, how many were named, what the guides are."""
    if entry["hidden"]:
        return []
    found = [row_split(question, beside, about)] if "rows" in beside else [split_text(beside)]
    if "mentions" in entry:
        found.append(
            _("{number} answers for each reader, so shares add up to more than 100%.").format(
                number=value_text(entry["mentions"])
            )
        )
    if about.intervals and (beside.get("intervals") or "rows" in beside):
        found.append(interval_text(entry, beside, about, drawn=drawn))
    return [text for text in found if text]


def split_text(beside: Beside) -> str:
    if "polarisation" not in beside:
        return ""
    return _(
        "Polarisation {number} (van der Eijk: 0 all on one step, 0.5 evenly spread, 1 half at either end; by distance,"
        " Esteban and Ray: {distance})."
    ).format(number=value_text(beside["polarisation"]), distance=value_text(beside["distance"]))


def row_split(question: Question, beside: Beside, about: About) -> str:
    parts = [
        f"{in_language(row.label, about.language)} {value_text(beside['rows'][row.code]['polarisation'])}"
        for row in question.rows
        if "polarisation" in beside["rows"].get(row.code, {})
    ]
    if not parts:
        return ""
    return _("Polarisation (van der Eijk, from 0 to 1): {parts}.").format(parts=_(", ").join(parts))


def interval_text(entry: Entry, beside: Beside, about: About, *, drawn: bool) -> str:
    """The fixed sentence beside every interval; the author's own, of a thin line, where such a line is drawn."""
    own = about.definition.report_templates.get("interval", {}).get(about.language) if drawn else ""
    template = own or _(
        "The {level} guide is computed as if these {n} people had been drawn at random. It does not cover that they"
        " chose to take part themselves."
    )
    sentence: str = template.replace("{level}", LEVEL).replace("{n}", count_text(entry["base"], about.counts_to))
    if beside.get("method") == "goodman":
        together = _("All answers of the question are covered together (Goodman).")
        return sentence.replace("Wilson", "Goodman") + between_sentences() + together
    return sentence
