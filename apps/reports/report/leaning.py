"""Where the parts of diverging bars lie: both sides of one line, what is on no side in a column of its own.

Plain numbers, so that the page and the files draw the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.reports.report.blocks import Mark, Row

BEFORE, MIDDLE, BEHIND = frozenset({"s1", "s2"}), "s3", frozenset({"s4", "s5"})
GAP = 0.05
"""Between the bars and the column of what is on no side, as a part of the whole width."""
HIDDEN = Mark("", None, "×")


@dataclass(frozen=True)
class Piece:
    """`start` and `wide` as parts of the width of the picture."""

    mark: Mark
    start: float
    wide: float

    @property
    def hidden(self) -> bool:
        return self.mark.value is None


@dataclass(frozen=True)
class Leaning:
    """`middle`: where the line stands. `apart`: where the column of its own begins, 1 where there is none."""

    middle: float
    apart: float
    rows: tuple[tuple[Piece, ...], ...]


def leaning(rows: Sequence[Row]) -> Leaning:
    """All rows by one measure. What is hidden has no side that could be seen: it stands together in the column.

    A row of which nothing is shown is one hidden piece from edge to edge.
    """
    sides = [reach(row) for row in rows]
    before, behind, apart = (max((side[place] for side in sides), default=0.0) for place in range(3))
    whole = before + behind + apart
    if not whole:
        return Leaning(0.5, 1.0, tuple((Piece(HIDDEN, 0.0, 1.0),) for _row in rows))
    unit = (1 - (GAP if apart else 0)) / whole
    middle, column = before * unit, 1 - apart * unit
    return Leaning(
        middle,
        column,
        tuple(
            pieces(row, middle - side[0] * unit, column, unit) if row.marks else (Piece(HIDDEN, 0.0, 1.0),)
            for row, side in zip(rows, sides, strict=True)
        ),
    )


def reach(row: Row) -> tuple[float, float, float]:
    """How far before the line, behind it, and in the column. Of a middle step half lies on each side."""
    half = share(row, {MIDDLE}) / 2
    apart = sum(mark.value or 0 for mark in row.marks if not on_a_side(mark)) + withheld(row)
    return share(row, BEFORE) + half, half + share(row, BEHIND), apart


def share(row: Row, tones: set[str] | frozenset[str]) -> float:
    return sum(mark.value or 0 for mark in row.marks if mark.tone in tones)


def withheld(row: Row) -> float:
    """What the shown answers leave, where any is hidden."""
    if all(mark.value is not None for mark in row.marks):
        return 0.0
    return max(0.0, 1 - sum(mark.value or 0 for mark in row.marks))


def on_a_side(mark: Mark) -> bool:
    return mark.tone in BEFORE or mark.tone in BEHIND or mark.tone == MIDDLE


def pieces(row: Row, start: float, column: float, unit: float) -> tuple[Piece, ...]:
    found = []
    known = [mark for mark in row.marks if mark.value]
    for mark in [each for each in known if on_a_side(each)]:
        wide = (mark.value or 0) * unit
        found.append(Piece(mark, start, wide))
        start += wide
    rest = withheld(row)
    for mark, value in [
        *((each, each.value or 0) for each in known if not on_a_side(each)),
        *([(HIDDEN, rest)] if rest else []),
    ]:
        found.append(Piece(mark, column, value * unit))
        column += value * unit
    return tuple(found)
