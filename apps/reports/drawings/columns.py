"""One column for each step of an axis; where its names are long, bars one below another."""

from math import ceil

from apps.reports.drawings.canvas import LEADING, SMALL, Canvas
from apps.reports.drawings.legend import ends, legend, told
from apps.reports.drawings.measure import width, wrap
from apps.reports.drawings.palette import HIDDEN, fill
from apps.reports.drawings.rooms import begin, rooms
from apps.reports.drawings.scale import Scale, scale_of, unit_of
from apps.reports.report.blocks import Chart, Row

HIGH, BAR, MOST_LINES = 170, 22, 3
FEW = 8
"""Of so few columns each keeps its name; of more, some go without."""
SHORT = 100


def draw(canvas: Canvas, chart: Chart) -> None:
    if not chart.rows:
        return
    line = scale_of(
        [0.0, *(sum(mark.value or 0 for mark in row.marks) for row in chart.rows)],
        unit=unit_of(mark for row in chart.rows for mark in row.marks),
        most_steps=4,
    )
    canvas.axis(chart.axis)
    gutter = max(width(text, SMALL) for _, text in line.ticks()) + 8
    each = (canvas.width - gutter) / len(chart.rows)
    longest = max(width(row.label, SMALL) for row in chart.rows)
    if longest > (each * MOST_LINES * 0.8 if len(chart.rows) <= FEW else SHORT) and len(chart.rows) <= 2 * FEW:
        lying(canvas, chart, line)
    else:
        standing(canvas, chart, line, gutter, each)
    several = max(len(row.marks) for row in chart.rows) > 1
    marks = [[(mark.tone, mark.label) for mark in row.marks if mark.label] for row in chart.rows]
    legend(canvas, chart.legend or (told(marks) if several else ()))


def standing(canvas: Canvas, chart: Chart, line: Scale, gutter: float, each: float) -> None:
    top = canvas.y + 20
    for value, text in line.ticks():
        y = top + (1 - line.part(value)) * HIGH
        canvas.line(gutter, y, canvas.width, y, canvas.theme.line)
        canvas.words(gutter - 8, y, text, size=SMALL, anchor="end", fill=canvas.theme.soft)
    wide = min(max(each * 0.72, 2), 64)
    longest = max(width(row.label, SMALL) for row in chart.rows)
    every = 1 if len(chart.rows) <= FEW else ceil((longest + 6) / each)
    lines = 1
    for place, row in enumerate(chart.rows):
        middle = gutter + (place + 0.5) * each
        column(canvas, row, line, middle, wide, top, each)
        if place % every == 0:
            said = wrap(row.label, SMALL, each * every - 4, MOST_LINES)
            lines = max(lines, len(said))
            canvas.lines(middle, top + HIGH + 5, said, size=SMALL, anchor="middle", fill=canvas.theme.soft)
    canvas.line(gutter, top + HIGH, canvas.width, top + HIGH, canvas.theme.edge)
    canvas.y = top + HIGH + 8 + lines * SMALL * LEADING
    ends(canvas, chart.ends, gutter, canvas.width)


def column(canvas: Canvas, row: Row, line: Scale, middle: float, wide: float, top: float, each: float) -> None:
    base = top + (1 - line.part(0)) * HIGH
    for mark in row.marks:
        if mark.value is None:
            canvas.rect(middle - wide / 2, base - 14, wide, 14, HIDDEN)
            canvas.words(middle, base - 24, "×", size=SMALL, anchor="middle", fill=canvas.theme.soft)
            continue
        tall = line.part(mark.value) * HIGH
        canvas.rect(middle - wide / 2, base - tall, wide, tall, fill(mark.tone, canvas.theme))
        base -= tall
        if len(row.marks) == 1 and canvas.fits(mark.text, SMALL, each):
            canvas.words(middle, base - 9, mark.text, size=SMALL, anchor="middle")


def lying(canvas: Canvas, chart: Chart, line: Scale) -> None:
    texts = [" / ".join(filter(None, (*(mark.text for mark in row.marks), row.note))) for row in chart.rows]
    room = rooms(canvas, chart.rows, texts)
    for row, text in zip(chart.rows, texts, strict=True):
        place = begin(canvas, room, row, BAR, text)
        x = room.left
        for mark in row.marks:
            wide = 24 if mark.value is None else line.part(mark.value) * room.wide
            canvas.rect(x, place.top, wide, BAR, HIDDEN if mark.value is None else fill(mark.tone, canvas.theme))
            if mark.value is None:
                canvas.on(x + 12, place.middle, "×", HIDDEN, "#000000")
            x += wide
        canvas.line(room.left, place.top - 2, room.left, place.top + BAR + 2, canvas.theme.edge)
        canvas.y = place.bottom + 8
