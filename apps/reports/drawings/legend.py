"""What the tones and shapes mean, in words."""

from collections.abc import Callable, Sequence

from apps.reports.drawings.canvas import LEADING, SMALL, Canvas
from apps.reports.drawings.measure import width, wrap
from apps.reports.drawings.palette import fill

Sign = Callable[[Canvas, float, float, str], None]
KEY, GAP = 18, 16


def square(canvas: Canvas, x: float, y: float, tone: str) -> None:
    canvas.rect(x, y - 6, 12, 12, fill(tone, canvas.theme))


def legend(canvas: Canvas, entries: Sequence[tuple[str, str]], sign: Sign = square) -> None:
    """Side by side as long as there is room. Each: its tone, its words."""
    x, high = 0.0, SMALL * LEADING
    for tone, words in entries:
        lines = wrap(words, SMALL, canvas.width - KEY)
        wide = KEY + max(width(line, SMALL) for line in lines)
        if x and x + wide > canvas.width:
            x, canvas.y = 0.0, canvas.y + high + 2
        sign(canvas, x, canvas.y + high / 2, tone)
        bottom = canvas.lines(x + KEY, canvas.y, lines, size=SMALL, fill=canvas.theme.soft)
        x += wide + GAP
        if len(lines) > 1:
            x, canvas.y = 0.0, bottom + 2
    canvas.y += (high if x else 0) + 6 if entries else 0


def ends(canvas: Canvas, words: tuple[str, str] | None, left: float, right: float) -> None:
    """What the two ends of an axis are."""
    if not words:
        return
    most = (right - left) * 0.47
    begun, tops = wrap(words[0], SMALL, most), wrap(words[1], SMALL, most)
    top = canvas.y
    first = canvas.lines(left, top, begun, size=SMALL, fill=canvas.theme.soft)
    last = canvas.lines(right, top, tops, size=SMALL, fill=canvas.theme.soft, anchor="end")
    canvas.y = max(first, last) + 4


def told(rows_marks: Sequence[Sequence[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Each pair of tone and words once, in the order in which they come."""
    return list(dict.fromkeys(pair for row in rows_marks for pair in row))
