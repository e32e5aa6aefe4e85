"""Two dots per row on lines that begin in the middle: what is hoped for to one side, what is feared to the other."""

from apps.reports.drawings.canvas import LEADING, PLAIN, SMALL, Canvas
from apps.reports.drawings.dots import RADIUS, sign
from apps.reports.drawings.legend import ends
from apps.reports.drawings.measure import width, wrap
from apps.reports.drawings.palette import fill
from apps.reports.drawings.scale import scale
from apps.reports.report.blocks import Chart

HIGH = 24


def draw(canvas: Canvas, chart: Chart) -> None:
    if not chart.rows:
        return
    line = scale(chart.rows, most_steps=3)
    room = max((width(mark.text, SMALL) for row in chart.rows for mark in row.marks), default=0) + 14
    middle, reach = canvas.width / 2, canvas.width / 2 - room
    sides = chart.ends or tuple(mark.label for mark in chart.rows[0].marks[:2])
    ends(canvas, sides if len(sides) == 2 else None, 0, canvas.width)
    canvas.axis(chart.axis)
    canvas.y += 4
    top = canvas.y
    for row in chart.rows:
        lines = wrap(row.label, PLAIN, canvas.width * 0.9)
        canvas.y = canvas.lines(middle, canvas.y, lines, anchor="middle", halo=canvas.theme.sheet)
        y = canvas.y + HIGH / 2
        canvas.line(middle - reach, y, middle + reach, y, canvas.theme.line)
        for side, mark in enumerate(row.marks[:2]):
            way = 1 if side else -1
            anchor = "start" if side else "end"
            if mark.value is None:
                canvas.words(middle + way * 14, y, "×", anchor=anchor, fill=canvas.theme.soft)
                continue
            x = middle + way * line.part(mark.value) * reach
            canvas.line(middle, y, x, y, fill(mark.tone, canvas.theme), 2)
            sign(canvas, x, y, mark.tone, side)
            canvas.words(x + way * (RADIUS + 6), y, mark.text, size=SMALL, anchor=anchor)
        canvas.y += HIGH + 8
        canvas.line(middle, y - HIGH / 2 + 2, middle, y + HIGH / 2, canvas.theme.edge)
    canvas.y = max(canvas.y, top + LEADING)
