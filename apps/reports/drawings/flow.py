"""From where to where: a stack at each side, and between them bands as wide as the number of those who went."""

from collections.abc import Sequence

from apps.reports.drawings.canvas import LEADING, PLAIN, SMALL, Canvas
from apps.reports.drawings.legend import ends
from apps.reports.drawings.measure import wrap
from apps.reports.drawings.palette import fill
from apps.reports.report.blocks import Chart, Row

HIGH, STACK, BETWEEN = 260, 14, 6


def draw(canvas: Canvas, chart: Chart) -> None:
    rows = [row for row in chart.rows if row.marks]
    if not rows:
        return
    columns = max((row.marks for row in rows), key=len)
    starts = [sum(mark.value or 0 for mark in row.marks) for row in rows]
    goals = [
        sum(row.marks[place].value or 0 for row in rows if place < len(row.marks)) for place in range(len(columns))
    ]
    whole = sum(starts) or 1
    side = canvas.width * (0.27 if canvas.narrow else 0.24)
    left, right = side, canvas.width - side
    canvas.axis(chart.axis)
    ends(canvas, chart.ends, 0, canvas.width)
    canvas.y += 6
    room = HIGH - BETWEEN * (max(len(rows), len(columns)) - 1)
    from_tops, to_tops = stack(starts, whole, room, canvas.y), stack(goals, whole, room, canvas.y)
    leaving, coming = list(from_tops), list(to_tops)
    for i, row in enumerate(rows):
        for j, mark in enumerate(row.marks):
            thick = (mark.value or 0) / whole * room
            if thick:
                band(
                    canvas,
                    left + STACK,
                    leaving[i],
                    right - STACK,
                    coming[j],
                    thick,
                    fill(own_tone(row, i), canvas.theme),
                )
            leaving[i] += thick
            coming[j] += thick
    words = [(row.label, row.note) for row in rows]
    bars(canvas, left, from_tops, starts, whole, room, [own_tone(row, i) for i, row in enumerate(rows)])
    bars(canvas, right - STACK, to_tops, goals, whole, room, [mark.tone for mark in columns])
    names(canvas, left - 8, "end", from_tops, starts, whole, room, words, side - 8)
    names(canvas, right + 8, "start", to_tops, goals, whole, room, [(mark.label, "") for mark in columns], side - 8)
    canvas.y += HIGH + 14
    count_hidden(canvas, rows)


def stack(sizes: Sequence[float], whole: float, room: float, top: float) -> list[float]:
    tops = []
    for size in sizes:
        tops.append(top)
        top += size / whole * room + BETWEEN
    return tops


def own_tone(row: Row, place: int) -> str:
    """A row starts in the tone that its own answer has at the goal."""
    same = next((mark.tone for mark in row.marks if mark.label == row.label), None)
    return same or row.marks[min(place, len(row.marks) - 1)].tone


def band(canvas: Canvas, x1: float, y1: float, x2: float, y2: float, thick: float, colour: str) -> None:
    bend = (x1 + x2) / 2
    path = (
        f"M{x1:.1f} {y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}V{y2 + thick:.1f}"
        f"C{bend:.1f} {y2 + thick:.1f} {bend:.1f} {y1 + thick:.1f} {x1:.1f} {y1 + thick:.1f}Z"
    )
    canvas.add("path", d=path, fill=colour, fill_opacity=0.55, stroke=canvas.theme.edge, stroke_width=0.5)


def bars(
    canvas: Canvas,
    x: float,
    tops: Sequence[float],
    sizes: Sequence[float],
    whole: float,
    room: float,
    tones: Sequence[str],
) -> None:
    for top, size, tone in zip(tops, sizes, tones, strict=True):
        if size:
            canvas.rect(x, top, STACK, size / whole * room, fill(tone, canvas.theme))


def names(
    canvas: Canvas,
    x: float,
    anchor: str,
    tops: Sequence[float],
    sizes: Sequence[float],
    whole: float,
    room: float,
    words: Sequence[tuple[str, str]],
    limit: float,
) -> None:
    """Beside their part of the stack, pushed down where two would touch."""
    free = 0.0
    for top, size, (label, note) in zip(tops, sizes, words, strict=True):
        share = f"{round(100 * size / whole)}%"
        lines = [*wrap(label, SMALL, limit, 3), f"{share} {note}".strip()]
        high = len(lines) * SMALL * LEADING
        y = max(top + size / whole * room / 2 - high / 2, free)
        free = canvas.lines(x, y, lines, size=SMALL, anchor=anchor) + 2
    canvas.y = max(canvas.y, free - HIGH)


def count_hidden(canvas: Canvas, rows: Sequence[Row]) -> None:
    hidden = sum(mark.value is None for row in rows for mark in row.marks)
    if hidden:
        canvas.words(0, canvas.y + PLAIN / 2, f"× {hidden}", size=SMALL, fill=canvas.theme.soft)
        canvas.y += PLAIN * LEADING
