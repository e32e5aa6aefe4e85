"""Two dots per row: a disc for what was chosen first, a ring for what is among the first."""

from apps.reports.drawings.canvas import Canvas
from apps.reports.drawings.dots import HIGH, RADIUS, axis
from apps.reports.drawings.legend import legend, told
from apps.reports.drawings.palette import fill
from apps.reports.drawings.rooms import begin, rooms
from apps.reports.drawings.scale import scale
from apps.reports.report.blocks import Chart, Mark

APART = 8


def draw(canvas: Canvas, chart: Chart) -> None:
    texts = [" / ".join(mark.text for mark in row.marks) for row in chart.rows]
    room = rooms(canvas, chart.rows, texts)
    left, right = room.left + RADIUS, room.right - RADIUS
    line = scale(chart.rows, most_steps=4 if canvas.narrow else 6)
    axis(canvas, line, left, right, chart.axis)
    for row, text in zip(chart.rows, texts, strict=True):
        place = begin(canvas, room, row, HIGH, text)
        canvas.line(left, place.middle, right, place.middle, canvas.theme.line)
        known = [mark.value for mark in row.marks if mark.value is not None]
        at = [left + line.part(value) * (right - left) for value in known]
        if len(at) > 1:
            canvas.line(min(at), place.middle, max(at), place.middle, fill("one", canvas.theme), 2)
        for order, mark in reversed(list(enumerate(row.marks))):
            x = left + line.part(mark.value or 0) * (right - left)
            if mark.value is None:
                canvas.words(left + 10 + 14 * order, place.middle, "×", anchor="middle", fill=canvas.theme.soft)
            else:
                sign(canvas, x, place.middle, mark, order)
        canvas.y = place.bottom + APART
    marks = [[(mark.tone, mark.label) for mark in row.marks if mark.label] for row in chart.rows]
    entries = chart.legend or told(marks)
    places = iter(range(len(entries)))
    legend(canvas, entries, lambda c, x, y, tone: sign(c, x + 6, y, Mark("", 0, "", tone), next(places)))


def sign(canvas: Canvas, x: float, y: float, mark: Mark, order: int) -> None:
    colour = fill(mark.tone, canvas.theme)
    if order:
        canvas.dot(x, y, RADIUS - 1, canvas.theme.sheet, ring=colour)
    else:
        canvas.dot(x, y, RADIUS, colour)
