"""The question that was asked twice: who went from where to where on each way, in the words of the readers' page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.reports.crosstables.verdict import p_text as band_text
from apps.reports.headlines import named
from apps.reports.numbers import n_text, percent_text, points_text, whole_percent
from apps.reports.report.about import About
from apps.reports.report.blocks import Chart, ChartKind, Figure, Mark, Row, Section, Table, Words
from apps.reports.report.own_panels import drawn
from apps.reports.report.told.questions import wording
from apps.reports.sides import sides
from apps.reports.twice.figure import TwiceFigure, Way, twice
from apps.reports.twice.words import guide, side_labels
from apps.surveys.definition import Question

SIDES = ("low", "middle", "high")
P_SMALLEST = 0.001
TONES = {"low": "s1", "middle": "s3", "high": "s5"}


def section(content: Mapping[str, Any], about: About) -> Section | None:
    told = twice(content, about.definition, about.style)
    if told is None:
        return None
    before = (Words(told.before_all, tone="caution"),) if told.before_all else ()
    ways = tuple(
        figure(name, way, content, told, about) for name, way in zip("ABC", told.ways, strict=False) if not way.hidden
    )
    whole = (whole_scale(name, way, content, about) for name, way in zip("ABC", told.ways, strict=False))
    tables = tuple(each for each in whole if each)
    spoken = tuple(Words(text, tone="finding") for text in told.differences)
    return Section(
        "twice", _("Asked once more"), (*before, Words(told.explained), *spoken, *ways, *tables), lead=told.headline
    )


def figure(name: str, way: Way, content: Mapping[str, Any], told: TwiceFigure, about: About) -> Figure:
    arm = content["arms"][name]
    notes = (
        way.note,
        way.moved,
        upper_text(content.get("upper", {}).get(name), about.question(content["repeats"]), about),
        test_text(content.get("scale", {}).get(name)),
    )
    return Figure(
        id=f"{told.id}-{name}",
        headline=way.title,
        question=wording(about.question(told.id), about),
        base=_("{n}: {who}").format(n=n_text(arm, about.counts_to), who=told.base),
        table=Table(("", *way.heads), tuple((row.label, *row.shares) for row in way.rows)),
        chart=flow(arm, way, about),
        panels=(drawn("report/flow.html", way),) if way.bands else (),
        facts=about.facts,
        notes=tuple(text for text in notes if text),
    )


def upper_text(found: Mapping[str, Any] | None, question: Question, about: About) -> str:
    """Who came to the upper side and who left it; nothing in reports that were made before this was counted."""
    if found is None:
        return ""
    p, net = found["p"], found["net"]
    sentence = (
        _("{came} came to {side}, {left} left it: {points} ({guide}). Indicative test, counted out: {p} (McNemar).")
        if found["few"]
        else _("{came} came to {side}, {left} left it: {points} ({guide}). Indicative test: {p} (McNemar).")
    )
    return sentence.format(
        came=about.count(found["came"]),
        left=about.count(found["left"]),
        side=named(question, sides(question).high, about.language),
        points=points_text(net["value"]),
        guide=guide(net),
        p=p_text(p["value"]) if "value" in p else band_text(p),
    )


def test_text(scale: Mapping[str, Any] | None) -> str:
    """Of the whole scale; a guide, after what it is about."""
    if scale is None or not (scale["bowker"]["df"] and scale["stuart_maxwell"]["df"]):
        return ""
    return _(
        "Indicative tests on the whole scale: as many one way as the other, {bowker} (Bowker); the same spread"
        " before and after, {margins} (Stuart and Maxwell)."
    ).format(bowker=p_text(scale["bowker"]["p"]), margins=p_text(scale["stuart_maxwell"]["p"]))


def p_text(p: float) -> str:
    return _("p<0.001") if p < P_SMALLEST else f"p={p:.3f}"


def whole_scale(name: str, way: Way, content: Mapping[str, Any], about: About) -> Table | None:
    """Every step before by every step after, where all of it may be seen."""
    scale = content.get("scale", {}).get(name)
    if scale is None or scale["counts"] is None:
        return None
    question = about.question(content["repeats"])
    labels = {option.code: in_language(option.label, about.language) for option in question.options}
    steps = [labels[code] for code in scale["steps"]]
    rows = tuple(
        (label, *(about.count(each) for each in line)) for label, line in zip(steps, scale["counts"], strict=True)
    )
    caption = _("{way}: at first (rows) and at the end (columns)").format(way=way.title)
    return Table(("", *steps), rows, caption=caption)


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
