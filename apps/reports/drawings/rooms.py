"""Where the name of a row, its picture and its note stand: side by side where it is wide, else one below another."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.reports.drawings.canvas import LEADING, PLAIN, SMALL, Canvas
from apps.reports.drawings.measure import width, wrap
from apps.reports.report.blocks import Row

GAP = 12


@dataclass(frozen=True)
class Rooms:
    """`label` and `note`: widths, 0 where they stand above the picture. The picture reaches from `left` to `right`."""

    label: float
    note: float
    left: float
    right: float

    @property
    def wide(self) -> float:
        return self.right - self.left


def rooms(canvas: Canvas, rows: Sequence[Row], notes: Sequence[str] = (), *, most: float = 0.36) -> Rooms:
    """`notes`: what stands at the right end of a row, where this is not its note."""
    notes = notes or [row.note for row in rows]
    note = max((width(words, SMALL) for words in notes), default=0)
    label = max((width(row.label, PLAIN) for row in rows), default=0)
    if canvas.narrow or not label:
        beside = note if 0 < note <= canvas.width * 0.22 else 0
        return Rooms(0, beside, 0, canvas.width - (beside and beside + GAP))
    note = min(note, canvas.width * 0.24)
    if label > canvas.width * most:
        lines = [line for row in rows for line in wrap(row.label, PLAIN, canvas.width * most)]
        label = max(width(line, PLAIN) for line in lines)
    return Rooms(label, note, label and label + GAP, canvas.width - (note and note + GAP))


@dataclass(frozen=True)
class Place:
    """Where the picture of a row lies: its top and its middle; `bottom`: where the row ends."""

    top: float
    middle: float
    bottom: float


def begin(canvas: Canvas, room: Rooms, row: Row, high: float, note: str | None = None) -> Place:
    """The words of a row, and where its picture goes."""
    note = row.note if note is None else note
    if room.label:
        lines = wrap(row.label, PLAIN, room.label)
        said = wrap(note, SMALL, room.note or canvas.width)
        tall = max(high, len(lines) * PLAIN * LEADING, len(said) * SMALL * LEADING if note else 0)
        middle = canvas.y + tall / 2
        canvas.lines(0, middle - len(lines) * PLAIN * LEADING / 2, lines)
        if note:
            canvas.lines(
                room.right + GAP, middle - len(said) * SMALL * LEADING / 2, said, size=SMALL, fill=canvas.theme.soft
            )
        return Place(middle - high / 2, middle, canvas.y + tall)
    if row.label:
        canvas.paragraph(row.label)
        canvas.y += 3
    top = canvas.y
    bottom = top + high
    if note and room.note:
        canvas.words(room.right + GAP, top + high / 2, note, size=SMALL, fill=canvas.theme.soft)
    elif note:
        said = wrap(note, SMALL, canvas.width)
        bottom = canvas.lines(canvas.width, bottom + 2, said, size=SMALL, fill=canvas.theme.soft, anchor="end")
    return Place(top, top + high / 2, bottom)
