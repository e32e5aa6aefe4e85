"""Segments that add up to the whole: both ends on a baseline, don't-know dotted at the right end."""

from collections.abc import Iterator

from apps.reports.drawings.canvas import PLAIN, SMALL, Canvas
from apps.reports.drawings.legend import ends, legend, told
from apps.reports.drawings.palette import HIDDEN, fill, ink_on
from apps.reports.drawings.rooms import begin, rooms
from apps.reports.report.blocks import Chart, Mark, Row

HIGH, APART = 34, 12
LABELLED = 0.06
"""Smaller segments have no room for their number, which stands in the table."""


def draw(canvas: Canvas, chart: Chart) -> None:
    room = rooms(canvas, chart.rows)
    ends(canvas, chart.ends, room.left, room.right)
    for row in chart.rows:
        place = begin(canvas, room, row, HIGH)
        if not row.marks:
            canvas.rect(room.left, place.top, room.wide, HIGH, HIDDEN)
            canvas.on(room.left + room.wide / 2, place.middle, "×", HIDDEN, "#000000")
        for mark, start, share in segments(row):
            segment(canvas, mark, room.left + start * room.wide, share * room.wide, place.top, share)
        canvas.y = place.bottom + APART
    marks = [[(mark.tone, mark.label) for mark in row.marks if mark.label] for row in chart.rows]
    legend(canvas, chart.legend or told(marks))


def segments(row: Row) -> Iterator[tuple[Mark, float, float]]:
    """Each with its start and its share of the whole; hidden ones divide what the others leave."""
    known = sum(mark.value or 0 for mark in row.marks)
    hidden = sum(mark.value is None for mark in row.marks)
    whole = known if known > 1.001 or not hidden else 1
    start = 0.0
    for mark in row.marks:
        share = max(whole - known, 0) / hidden if mark.value is None else mark.value
        yield mark, start, share / whole if whole else 0
        start += share / whole if whole else 0


def segment(canvas: Canvas, mark: Mark, x: float, wide: float, y: float, share: float) -> None:
    hidden = mark.value is None
    colour = HIDDEN if hidden else fill(mark.tone, canvas.theme)
    if wide <= 0:
        return
    canvas.rect(x, y, wide, HIGH, colour)
    text = "×" if hidden else mark.text
    size = next((size for size in (PLAIN, SMALL) if canvas.fits(text, size, wide - 4)), None)
    if size and (share >= LABELLED or hidden):
        canvas.on(x + wide / 2, y + HIGH / 2, text, colour, ink_on(mark.tone), size)
