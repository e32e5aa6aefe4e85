"""Counts of two answers as a table of discs: the area is the number, which stands beside or in it."""

from math import sqrt

from apps.reports.drawings.canvas import LEADING, PLAIN, SMALL, Canvas
from apps.reports.drawings.legend import ends
from apps.reports.drawings.measure import wrap
from apps.reports.drawings.palette import fill, ink_on
from apps.reports.report.blocks import Chart, Mark


def draw(canvas: Canvas, chart: Chart) -> None:
    columns = max((len(row.marks) for row in chart.rows), default=0)
    if not columns:
        return
    left = canvas.width * (0.26 if canvas.narrow else 0.24)
    each = min((canvas.width - left) / columns, 120)
    tall = min(each, 84)
    largest = max((mark.value or 0 for row in chart.rows for mark in row.marks), default=0) or 1
    canvas.axis(chart.axis)
    ends(canvas, chart.ends, left, left + each * columns)
    heads = [wrap(mark.label, SMALL, each - 6, 5) for mark in max((row.marks for row in chart.rows), key=len)]
    head = max(len(lines) for lines in heads) * SMALL * LEADING
    for place, lines in enumerate(heads):
        top = canvas.y + head - len(lines) * SMALL * LEADING
        canvas.lines(left + (place + 0.5) * each, top, lines, size=SMALL, anchor="middle", fill=canvas.theme.soft)
    canvas.y += head + 6
    for row in chart.rows:
        lines = wrap(row.label, PLAIN, left - 10, 5)
        high = max(tall, len(lines) * PLAIN * LEADING + 6)
        canvas.line(0, canvas.y, left + each * columns, canvas.y, canvas.theme.line)
        canvas.lines(0, canvas.y + high / 2 - len(lines) * PLAIN * LEADING / 2, lines)
        for place, mark in enumerate(row.marks):
            bubble(canvas, mark, left + (place + 0.5) * each, canvas.y + high / 2, tall / 2 - 3, largest)
        canvas.y += high
    canvas.line(0, canvas.y, left + each * columns, canvas.y, canvas.theme.line)
    canvas.y += 6


def bubble(canvas: Canvas, mark: Mark, x: float, y: float, most: float, largest: float) -> None:
    if mark.value is None:
        canvas.words(x, y, "×", anchor="middle", fill=canvas.theme.soft)
        return
    radius = sqrt(max(mark.value, 0) / largest) * most
    if canvas.fits(mark.text, SMALL, 2 * radius - 6):
        canvas.dot(x, y, radius, fill(mark.tone, canvas.theme))
        dark = mark.tone == "one" and canvas.theme.sheet == "#ffffff"
        canvas.words(x, y, mark.text, size=SMALL, anchor="middle", fill="#ffffff" if dark else ink_on(mark.tone))
        return
    if radius > 0.5:
        canvas.dot(x, y - 6, min(radius, most - 8), fill(mark.tone, canvas.theme))
    canvas.words(x, y + min(radius, most - 8) + 4, mark.text, size=SMALL, anchor="middle", halo=canvas.theme.sheet)
