"""The question that was asked twice: who went from where to where on each way, in the words of the readers' page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.reports.numbers import n_text, percent_text, whole_percent
from apps.reports.report.about import About
from apps.reports.report.blocks import Chart, ChartKind, Figure, Mark, Row, Section, Table, Words
from apps.reports.report.drawn import drawn
from apps.reports.report.told.questions import wording
from apps.reports.twice import Twice, Way, twice
from apps.reports.twice_words import side_labels

SIDES = ("low", "middle", "high")
TONES = {"low": "s1", "middle": "s3", "high": "s5"}


def section(content: Mapping[str, Any], about: About) -> Section | None:
    told = twice(content, about.definition, about.style)
    if told is None:
        return None
    before = (Words(told.before_all, tone="caution"),) if told.before_all else ()
    ways = tuple(
        figure(name, way, content, told, about) for name, way in zip("ABC", told.ways, strict=False) if not way.hidden
    )
    spoken = tuple(Words(text, tone="finding") for text in told.differences)
    return Section("twice", _("Asked once more"), (*before, Words(told.explained), *spoken, *ways), lead=told.headline)


def figure(name: str, way: Way, content: Mapping[str, Any], told: Twice, about: About) -> Figure:
    arm = content["arms"][name]
    return Figure(
        id=f"{told.id}-{name}",
        headline=way.title,
        question=wording(about.question(told.id), about),
        base=_("{n}: {who}").format(n=n_text(arm, about.counts_to), who=told.base),
        table=Table(("", *way.heads), tuple((row.label, *row.shares) for row in way.rows)),
        chart=flow(arm, way, about),
        panels=(drawn("report/flow.html", way),) if way.bands else (),
        facts=about.facts,
        notes=tuple(text for text in (way.note, way.moved) if text),
    )


def flow(arm: Mapping[str, Any], way: Way, about: About) -> Chart | None:
    """From the side before to the side after; only where the whole table may be seen."""
    if not arm.get("flow"):
        return None
    first = about.question(about.content["parts"]["twice"]["repeats"])
    labels = side_labels(first, about.style)
    whole = arm["base"] or 1
    rows = tuple(
        Row(
            labels[side],
            tuple(
                Mark(labels[end], count / whole, percent_text(count / whole, count), tone=TONES[end])
                for end, count in zip(SIDES, line, strict=True)
            ),
            f"{whole_percent(arm['before'][side])}%",
        )
        for side, line in zip(SIDES, arm["flow"], strict=True)
    )
    return Chart(ChartKind.FLOW, rows, way.title, axis=in_language(first.stem, about.language))
