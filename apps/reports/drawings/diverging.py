"""Steps to both sides of one line: rows are compared by how far they lean. Don't-know has a column of its own."""

from apps.reports.drawings.canvas import Canvas
from apps.reports.drawings.legend import ends, legend, told
from apps.reports.drawings.rooms import begin, rooms
from apps.reports.drawings.stacked import APART, HIGH, segment
from apps.reports.report.blocks import Chart
from apps.reports.report.leaning import leaning

OVER = 4
"""By how much the line is longer than a bar, above and below."""


def draw(canvas: Canvas, chart: Chart) -> None:
    if not chart.rows:
        return
    room, lies = rooms(canvas, chart.rows), leaning(chart.rows)
    ends(canvas, chart.ends, room.left, room.right)
    canvas.y += OVER
    for row, pieces in zip(chart.rows, lies.rows, strict=True):
        place = begin(canvas, room, row, HIGH)
        for piece in pieces:
            x, wide = room.left + piece.start * room.wide, piece.wide * room.wide
            segment(canvas, piece.mark, x, wide, place.top, piece.wide)
        if row.marks:
            middle = room.left + lies.middle * room.wide
            canvas.line(middle, place.top - OVER, middle, place.top + HIGH + OVER, canvas.theme.ink, 2)
        canvas.y = place.bottom + APART
    marks = [[(mark.tone, mark.label) for mark in row.marks if mark.label] for row in chart.rows]
    legend(canvas, chart.legend or told(marks))
