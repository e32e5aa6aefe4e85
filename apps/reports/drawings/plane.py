"""Marks on a plane from -1 to 1 both ways; each row has a shape of its own, and a name stands where there is room."""

from collections.abc import Iterator
from math import sqrt

from apps.reports.drawings.canvas import LEADING, SMALL, Canvas
from apps.reports.drawings.dots import sign
from apps.reports.drawings.legend import ends, legend
from apps.reports.drawings.measure import width, wrap
from apps.reports.drawings.palette import fill
from apps.reports.report.blocks import Chart, Mark, Row

MOST = 420
Box = tuple[float, float, float, float]


def draw(canvas: Canvas, chart: Chart) -> None:
    canvas.axis(chart.axis)
    side = wide = min(canvas.width, MOST)
    left, top = (canvas.width - wide) / 2, canvas.y
    canvas.rect(left, top, wide, side, canvas.theme.sheet)
    canvas.line(left, top + side / 2, left + wide, top + side / 2, canvas.theme.line, dashes="3 4")
    canvas.line(left + wide / 2, top, left + wide / 2, top + side, canvas.theme.line, dashes="3 4")
    drawn = list(lie(chart, left, top, wide, side))
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for _, _, x, y, r in drawn]
    for shape, mark, x, y, radius in drawn:
        if mark.value and mark.value > 0 and sized(chart):
            canvas.add(
                "circle",
                cx=x,
                cy=y,
                r=radius,
                fill=fill(mark.tone, canvas.theme),
                fill_opacity=0.75,
                stroke=canvas.theme.edge,
            )
        else:
            sign(canvas, x, y, mark.tone, shape)
    for _, mark, x, y, radius in sorted(drawn, key=lambda one: -one[4]):
        name(canvas, mark, x, y, radius, taken, (left, top, left + wide, top + side))
    canvas.y = top + side + 6
    ends(canvas, chart.ends, left, left + wide)
    shapes = {row.marks[0].tone: place for place, row in enumerate(chart.rows) if row.marks and not sized(chart)}
    rows = [(row.marks[0].tone, words(row)) for row in chart.rows if row.label and row.marks]
    legend(canvas, chart.legend or rows, lambda c, x, y, tone: sign(c, x + 6, y, tone, shapes.get(tone, 0)))


def words(row: Row) -> str:
    return f"{row.label} ({row.note})" if row.note else row.label


def sized(chart: Chart) -> bool:
    """Whether the marks have different sizes."""
    return len({mark.value for row in chart.rows for mark in row.marks}) > 1


def lie(
    chart: Chart, left: float, top: float, wide: float, side: float
) -> Iterator[tuple[int, Mark, float, float, float]]:
    largest = max((mark.value or 0 for row in chart.rows for mark in row.marks), default=0) or 1
    for shape, row in enumerate(chart.rows):
        for mark in row.marks:
            if mark.at is None:
                continue
            radius = 4 + 18 * sqrt(max(mark.value or 0, 0) / largest) if sized(chart) else 6
            x, y = (max(-1.0, min(1.0, value)) for value in mark.at)
            yield shape, mark, left + (x * 0.9 + 1) / 2 * wide, top + (1 - y * 0.9) / 2 * side, radius


def name(canvas: Canvas, mark: Mark, x: float, y: float, radius: float, taken: list[Box], within: Box) -> None:
    """Right, left, below, above: where nothing stands yet; nowhere if there is no room, the table has it."""
    said = " ".join(filter(None, (mark.label, "×" if mark.value is None else mark.text)))
    if not said:
        return
    lines = wrap(said, SMALL, 150, 3)
    wide, high = max(width(line, SMALL) for line in lines), len(lines) * SMALL * LEADING
    gap = radius + 4
    for dx, dy, anchor in (
        (gap, 0, "start"),
        (-gap, 0, "end"),
        (0, gap + high / 2, "middle"),
        (0, -gap - high / 2, "middle"),
    ):
        start = {"start": x + dx, "end": x + dx - wide, "middle": x - wide / 2}[anchor]
        box = (start, y + dy - high / 2, start + wide, y + dy + high / 2)
        inside = box[0] >= within[0] + 2 and box[1] >= within[1] and box[2] <= within[2] - 2 and box[3] <= within[3]
        if inside and not any(touches(box, other) for other in taken):
            canvas.lines(x + dx, box[1], lines, size=SMALL, anchor=anchor, halo=canvas.theme.sheet)
            taken.append(box)
            return


def touches(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
