"""From a chart to an SVG or a PNG. Only a worker makes PNGs: the web processes do not load what paints them."""

from collections.abc import Callable

from apps.reports.drawings import bubbles, columns, diverging, dots, flow, mirror, network, plane, ranks, stacked
from apps.reports.drawings.canvas import LARGE, SMALL, Canvas
from apps.reports.report.blocks import Chart, ChartKind, Figure

KINDS: dict[ChartKind, Callable[[Canvas, Chart], None]] = {
    ChartKind.STACKED: stacked.draw,
    ChartKind.DIVERGING: diverging.draw,
    ChartKind.DOTS: dots.draw,
    ChartKind.COLUMNS: columns.draw,
    ChartKind.RANKS: ranks.draw,
    ChartKind.MIRROR: mirror.draw,
    ChartKind.BUBBLES: bubbles.draw,
    ChartKind.FLOW: flow.draw,
    ChartKind.NETWORK: network.draw,
    ChartKind.PLANE: plane.draw,
}
AROUND = 12
LONGEST = 4000


def svg(chart: Chart, *, language: str, width: int = 640, theme: str = "light") -> bytes:
    """The picture alone, for a page that has its words around it. The same chart gives the same bytes."""
    canvas = Canvas(width - 2 * AROUND, theme)
    KINDS[chart.kind](canvas, chart)
    return canvas.svg(title=chart.alt, description=numbers_in_words(chart), language=language, around=AROUND)


def sheet(figure: Figure, *, language: str, width: int = 800, theme: str = "light", stamp: str = "") -> bytes:
    """The picture with all that is printed beside it, so that it says the same wherever it is carried."""
    assert figure.chart
    around = 2 * AROUND
    canvas = Canvas(width - 2 * around, theme)
    canvas.paragraph(figure.headline, size=LARGE)
    canvas.y += 4
    canvas.paragraph(figure.question, size=SMALL, fill=canvas.theme.soft)
    canvas.y += 12
    KINDS[figure.chart.kind](canvas, figure.chart)
    canvas.y += 6
    canvas.line(0, canvas.y, canvas.width, canvas.y, canvas.theme.line)
    canvas.y += 8
    for words in filter(None, (figure.base, *figure.notes, *figure.facts, stamp)):
        canvas.paragraph(words, size=SMALL, fill=canvas.theme.soft)
    return canvas.svg(
        title=figure.chart.alt, description=numbers_in_words(figure.chart), language=language, around=around
    )


def png(drawn: bytes, *, scale: float = 2) -> bytes:
    """Painted with the type that the PDF has; nothing is fetched."""
    from apps.reports.drawings.painting import paint

    return paint(drawn, scale)


def numbers_in_words(chart: Chart) -> str:
    rows = []
    for row in chart.rows:
        marks = ", ".join(" ".join(filter(None, (mark.label, mark.text))) for mark in row.marks)
        rows.append(": ".join(filter(None, (row.label, ", ".join(filter(None, (marks, row.note)))))))
    said = ". ".join(rows)
    return said if len(said) <= LONGEST else said[:LONGEST] + "…"
