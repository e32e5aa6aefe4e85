"""A dot on a line for each row, with its interval where there is one; several series differ by shape, too."""

from apps.reports.drawings.canvas import SMALL, Canvas
from apps.reports.drawings.legend import ends, legend, told
from apps.reports.drawings.palette import fill
from apps.reports.drawings.rooms import begin, rooms
from apps.reports.drawings.scale import Scale, scale
from apps.reports.report.blocks import Chart, Mark

HIGH, APART, RADIUS = 22, 7, 6


def draw(canvas: Canvas, chart: Chart) -> None:
    texts = [" / ".join(filter(None, (*(mark.text for mark in row.marks), row.note))) for row in chart.rows]
    room = rooms(canvas, chart.rows, texts)
    left, right = room.left + RADIUS, room.right - RADIUS
    line = scale(chart.rows, most_steps=4 if canvas.narrow else 6)
    names = list(dict.fromkeys((mark.tone, mark.label) for row in chart.rows for mark in row.marks))
    several = max((len(row.marks) for row in chart.rows), default=0) > 1
    ends(canvas, chart.ends, left, right)
    axis(canvas, line, left, right, chart.axis)
    for row, text in zip(chart.rows, texts, strict=True):
        place = begin(canvas, room, row, HIGH, text)
        canvas.line(left, place.middle, right, place.middle, canvas.theme.line)
        zero = left + line.part(0) * (right - left)
        canvas.line(zero, place.top, zero, place.top + HIGH, canvas.theme.edge)
        for mark in row.marks:
            shape = names.index((mark.tone, mark.label)) if several else 0
            dot(canvas, mark, line, left, right, place.middle, shape)
        canvas.y = place.bottom + APART
    marks = [[(mark.tone, mark.label) for mark in row.marks if mark.label] for row in chart.rows]
    entries = chart.legend or (told(marks) if several else ())
    places = iter(range(len(entries)))
    legend(canvas, entries, lambda c, x, y, tone: sign(c, x + 6, y, tone, next(places)))


def axis(canvas: Canvas, line: Scale, left: float, right: float, name: str) -> None:
    canvas.axis(name, 0 if canvas.narrow else left - RADIUS)
    y = canvas.y + 8
    for value, text in line.ticks():
        x = left + line.part(value) * (right - left)
        anchor = "start" if value == line.low else "end" if value == line.high else "middle"
        shift = {"start": -RADIUS, "end": RADIUS, "middle": 0}[anchor]
        canvas.words(x + shift, y, text, size=SMALL, anchor=anchor, fill=canvas.theme.soft)
    canvas.y += 22


def dot(canvas: Canvas, mark: Mark, line: Scale, left: float, right: float, y: float, shape: int) -> None:
    wide = right - left
    if mark.value is None:
        canvas.words(left + line.part(0) * wide + 12, y, "×", anchor="middle", fill=canvas.theme.soft)
        return
    if mark.low is not None and mark.high is not None:
        x1, x2 = left + line.part(mark.low) * wide, left + line.part(mark.high) * wide
        canvas.line(x1, y, x2, y, fill(mark.tone, canvas.theme), 2)
        for x in (x1, x2):
            canvas.line(x, y - 4, x, y + 4, fill(mark.tone, canvas.theme), 2)
    elif not shape:
        canvas.line(
            left + line.part(0) * wide, y, left + line.part(mark.value) * wide, y, fill(mark.tone, canvas.theme), 2
        )
    sign(canvas, left + line.part(mark.value) * wide, y, mark.tone, shape)


def sign(canvas: Canvas, x: float, y: float, tone: str, shape: int) -> None:
    """Disc, ring, diamond, square, by turns."""
    colour, sheet = fill(tone, canvas.theme), canvas.theme.sheet
    if shape % 4 == 0:
        canvas.dot(x, y, RADIUS, colour)
    elif shape % 4 == 1:
        canvas.dot(x, y, RADIUS - 1, sheet, ring=colour)
    elif shape % 4 == 2:
        canvas.add(
            "path",
            d=f"M{x:.1f} {y - 7:.1f} {x + 7:.1f} {y:.1f} {x:.1f} {y + 7:.1f} {x - 7:.1f} {y:.1f}Z",
            fill=colour,
            stroke=canvas.theme.edge,
        )
    else:
        canvas.rect(x - 5, y - 5, 10, 10, colour)
