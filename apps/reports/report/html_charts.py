"""Charts drawn in HTML: bars of segments, dots with what they leave open, columns. The rest is for the files."""

from typing import Any

from apps.reports.columns import HEIGHT, TOP
from apps.reports.numbers import HIDDEN
from apps.reports.pictures import Panel, at
from apps.reports.report.blocks import Chart, ChartKind, Mark, Row
from apps.reports.report.leaning import Piece, leaning
from apps.reports.report.own_panels import drawn

ROOM_FOR_LABELS = 13
TONES = {"dk": "off", **{f"s{number}": f"o{number}" for number in range(1, 6)}}
"""Tones of a block as the stylesheet of the readers' charts knows them."""
LABELLED_FROM = 0.06
STUB = 14
"""How tall a hidden column is, which says nothing of its number."""


def plain_panel(chart: Chart) -> Panel | None:
    """None for kinds that need more room than a line."""
    if not chart.rows:
        return None
    if chart.kind == ChartKind.STACKED:
        return drawn("report/stacked.html", {"chart": chart, "rows": [stacked(row) for row in chart.rows]})
    if chart.kind == ChartKind.DIVERGING:
        return drawn("report/diverging.html", {"chart": chart, **diverging(chart)})
    if chart.kind in {ChartKind.DOTS, ChartKind.RANKS}:
        return drawn("report/dots.html", {"chart": chart, "rows": dotted(chart)})
    if chart.kind == ChartKind.COLUMNS:
        return drawn("report/columns.html", {"chart": chart, "columns": columns(chart)})
    return None


def stacked(row: Row) -> dict[str, Any]:
    """Segments side by side; what is hidden stands together at the right."""
    parts, start = [], 0.0
    for mark in row.marks:
        if mark.value:
            parts.append(segment(start, mark.value, TONES.get(mark.tone, mark.tone), mark))
            start += mark.value
    if any(mark.value is None for mark in row.marks) and start < 1:
        parts.append({"tone": "withheld", "start": at(start), "width": at(1 - start), "middle": at((1 + start) / 2)})
    return {"label": row.label, "note": row.note, "parts": parts}


def segment(start: float, value: float, tone: str, mark: Mark) -> dict[str, str]:
    label = mark.text if value >= LABELLED_FROM else ""
    return {"tone": tone, "start": at(start), "width": at(value), "middle": at(start + value / 2), "label": label}


def diverging(chart: Chart) -> dict[str, Any]:
    lies = leaning(chart.rows)
    rows = [
        {
            "label": row.label,
            "note": row.note,
            "leans": bool(row.marks),
            "parts": [leaning_part(each) for each in parts],
        }
        for row, parts in zip(chart.rows, lies.rows, strict=True)
    ]
    return {"middle": at(lies.middle), "rows": rows}


def leaning_part(piece: Piece) -> dict[str, str]:
    """The number without its sign: there is less room than in a bar that is as wide as the page."""
    tone = "withheld" if piece.hidden else TONES.get(piece.mark.tone, piece.mark.tone)
    text = HIDDEN if piece.hidden else piece.mark.text.removesuffix("%")
    return {
        "tone": tone,
        "start": at(piece.start),
        "width": at(piece.wide),
        "middle": at(piece.start + piece.wide / 2),
        "label": text if piece.wide >= LABELLED_FROM else "",
    }


def dotted(chart: Chart) -> list[dict[str, Any]]:
    """From zero to the largest number there is, intervals included."""
    marks = [mark for row in chart.rows for mark in row.marks]
    largest = max((max(mark.value or 0, mark.high or 0) for mark in marks), default=0) or 1.0
    return [
        {"label": row.label, "note": row.note, "marks": [dot(mark, largest) for mark in row.marks]}
        for row in chart.rows
    ]


def dot(mark: Mark, largest: float) -> dict[str, str]:
    known = mark.value is not None
    return {
        "label": mark.label,
        "text": mark.text if known else HIDDEN,
        "at": at((mark.value or 0) / largest) if known else "",
        "low": at(mark.low / largest) if mark.low is not None else "",
        "high": at(mark.high / largest) if mark.high is not None else "",
    }


def columns(chart: Chart) -> list[dict[str, Any]]:
    """The tallest has the whole height; labels stand under every one, or every second, third … where there are many."""
    tallest = max((row.marks[0].value or 0 for row in chart.rows), default=0) or 1.0
    width, every = 1 / len(chart.rows), -(-len(chart.rows) // ROOM_FOR_LABELS)
    found = []
    for number, row in enumerate(chart.rows):
        mark = row.marks[0]
        tall = STUB if mark.value is None else round(mark.value / tallest * HEIGHT, 1)
        found.append(
            {
                "tone": mark.tone if mark.value is not None else "withheld",
                "start": at((number + 0.1) * width),
                "width": at(0.8 * width),
                "middle": at((number + 0.5) * width),
                "top": f"{TOP + HEIGHT - tall:g}",
                "height": f"{tall:g}",
                "label_top": f"{TOP + HEIGHT - tall - 5:g}",
                "text": mark.text if every == 1 else "",
                "below": "" if number % every else row.label,
            }
        )
    return found
