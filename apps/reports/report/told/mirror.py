"""Hopes and worries on the same themes, side by side. Nothing is added up: they are answers to two questions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.reports.numbers import HIDDEN, n_text, percent_text
from apps.reports.report.about import About
from apps.reports.report.blocks import Chart, ChartKind, Figure, Mark, Row, Section, Table
from apps.reports.report.own_panels import drawn
from apps.reports.report.told.questions import wording
from apps.surveys.definition import Question

Entry = Mapping[str, Any]


def section(content: Mapping[str, Any], about: About) -> Section:
    entries = {entry["id"]: entry for entry in about.content["parts"]["questions"]["questions"]}
    figures = tuple(
        figure([about.question(name) for name in pair["questions"]], pair["themes"], entries, about)
        for pair in content["pairs"]
    )
    return Section("mirror", _("The same themes from both sides"), figures)


def figure(questions: list[Question], themes: list[list[int]], entries: Mapping[str, Entry], about: About) -> Figure:
    one, other = (entries[question.id] for question in questions)
    rows = tuple(row(questions, pair, (one, other), about) for pair in ordered(themes, one, other))
    names = tuple(in_language(question.stem, about.language) for question in questions)
    chart = Chart(
        ChartKind.MIRROR,
        rows,
        " / ".join(names),
        axis="%",
        ends=(names[0], names[1]),
    )
    return Figure(
        id="-".join(question.id for question in questions),
        headline=" / ".join(names),
        question=" / ".join(wording(question, about) for question in questions),
        base=_("{numbers}: those who answered each question").format(
            numbers=" / ".join(n_text(entry, about.counts_to) for entry in (one, other))
        ),
        table=table(questions, rows),
        chart=chart,
        panels=(drawn("report/mirror.html", sides(rows, names)),),
        facts=about.facts,
        notes=(
            _(
                "Each row is one theme, as it was worded in the one question and in the other. Each reader chose one"
                " answer to each question; the two shares must not be added up."
            ),
        ),
    )


def ordered(themes: list[list[int]], one: Entry, other: Entry) -> list[list[int]]:
    """The theme that was chosen most often on either side first."""
    return sorted(themes, key=lambda pair: -((one["shares"][str(pair[0])] or 0) + (other["shares"][str(pair[1])] or 0)))


def row(questions: list[Question], pair: list[int], entries: tuple[Entry, Entry], about: About) -> Row:
    labels = [label(question, code, about) for question, code in zip(questions, pair, strict=True)]
    marks = tuple(
        Mark(
            text, entry["shares"][str(code)], percent_text(entry["shares"][str(code)], entry["counts"][str(code)]), tone
        )
        for text, code, entry, tone in zip(labels, pair, entries, ("one", "accent"), strict=True)
    )
    return Row(" / ".join(labels), marks)


def label(question: Question, code: int, about: About) -> str:
    return next(in_language(option.label, about.language) for option in question.options if option.code == code)


def table(questions: list[Question], rows: tuple[Row, ...]) -> Table:
    columns = tuple(cell for question in questions for cell in (question.id, _("Share")))
    return Table(
        columns, tuple(tuple(cell for mark in each.marks for cell in (mark.label, mark.text)) for each in rows)
    )


def sides(rows: tuple[Row, ...], names: tuple[str, ...]) -> dict[str, Any]:
    """For the page: bars that grow from the middle, the longest as long as there is room."""
    longest = max((mark.value or 0 for each in rows for mark in each.marks), default=0) or 1
    return {
        "names": names,
        "rows": [
            [
                {
                    "label": mark.label,
                    "text": mark.text if mark.value is not None else HIDDEN,
                    "width": width(mark, longest),
                }
                for mark in each.marks
            ]
            for each in rows
        ],
    }


def width(mark: Mark, longest: float) -> str:
    return f"{(mark.value or 0) / longest * 100:.1f}%"
