"""Two feelings at once, as a table of marks: where both were strong, and where one was alone."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.reports.numbers import HIDDEN, NONE, count_text, fraction_text
from apps.reports.report.about import About
from apps.reports.report.blocks import Chart, ChartKind, Figure, Mark, Row, Section, Table
from apps.reports.report.own_panels import drawn
from apps.reports.report.told.how_mixed import columns, signed
from apps.reports.report.told.questions import wording

STEP, LARGEST = 5, 20
"""To what the counts are rounded, and the radius of the largest mark in pixels."""
Felt = Mapping[str, Any]


def section(content: Mapping[str, Any], about: About) -> Section:
    questions = content["questions"]
    figures = tuple(each for found in questions for each in figures_of(found, about))
    return Section("ambivalence", _("Both at once"), figures, lead=figures[0].headline if len(questions) == 1 else "")


def figures_of(found: Felt, about: About) -> list[Figure]:
    """The table of both, then how mixed that makes them."""
    both = figure(found, about)
    mixed = columns(found, both.base, about)
    return [both, mixed] if mixed else [both]


def figure(found: Felt, about: About) -> Figure:
    question = about.question(found["question"])
    steps = {option.code: in_language(option.label, about.language) for option in question.options}
    parts = [in_language(row.label, about.language) for row in question.rows]
    names = tuple(steps[code] for code in found["steps"])
    rows = tuple(
        Row(steps[code], tuple(mark(counts, name, found) for counts, name in zip(line, names, strict=True)))
        for code, line in zip(reversed(found["steps"]), reversed(found["counts"]), strict=True)
    )
    said = headline(found, parts)
    axis = _("Rows: {one}. Columns: {other}.").format(one=parts[0], other=parts[1])
    return Figure(
        id=f"{question.id}-both",
        headline=said,
        question=wording(question, about),
        base=_("n={number}: those who placed themselves on both scales").format(number=count_text(found["base"], STEP)),
        table=Table(("", *names), tuple((row.label, *(each.text for each in row.marks)) for row in rows), caption=axis),
        chart=Chart(ChartKind.BUBBLES, rows, said, axis=axis),
        panels=(drawn("report/bubbles.html", bubbles(rows, names, axis)),),
        facts=about.facts,
        notes=(mean_text(found), _("Numbers of readers are rounded to {step}.").format(step=STEP)),
    )


def mark(readers: int, name: str, found: Felt) -> Mark:
    if readers < 0:
        return Mark(name, None, HIDDEN)
    return Mark(name, readers / (found["base"] or 1), f"{readers:,}" if readers else NONE)


def headline(found: Felt, parts: list[str]) -> str:
    if found["mixed"] is None:
        return _("How “{one}” and “{other}” go together").format(one=parts[0], other=parts[1])
    fraction = fraction_text(found["mixed"])
    return _("{fraction} felt both about equally strongly: “{one}” and “{other}”").format(
        fraction=fraction[:1].upper() + fraction[1:], one=parts[0], other=parts[1]
    )


def mean_text(found: Felt) -> str:
    low, high = found["span"]
    return _(
        "Mixed feelings on average: {mean}, on a scale from {low} (one feeling alone, as strong as can be) to {high}"
        " (both as strong as can be); half the sum of both less their difference (Thompson, Zanna and Griffin)."
    ).format(mean=signed(found["mean"]), low=signed(low), high=signed(high))


def bubbles(rows: tuple[Row, ...], names: tuple[str, ...], axis: str) -> dict[str, Any]:
    """For the page: areas stand for numbers."""
    largest = max((mark.value or 0 for row in rows for mark in row.marks), default=0) or 1
    return {
        "axis": axis,
        "columns": names,
        "rows": [
            {
                "label": row.label,
                "cells": [
                    {"text": each.text, "radius": f"{LARGEST * sqrt((each.value or 0) / largest):.1f}"}
                    for each in row.marks
                ],
            }
            for row in rows
        ],
    }
