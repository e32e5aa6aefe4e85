"""Cells of a two-way table with totals that are too small to be shown, and those that must go with them.

A table is taken with its totals, (rows + 1, columns + 1), as in `disclosure_audit`. Four cells at the corners of a
rectangle protect each other: one more reader here and there, one fewer in the other two, and all sums stay the same.
How far that can go on either side is how little a stranger knows (the hypercube method of Repsilber and Giessing).
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.disclosure_audit import room
from apps.analysis.tabulation import Counts

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Cell = tuple[int, int]


@dataclass(frozen=True)
class Rectangles:
    """Those that have one corner in a given cell, by row and column of the opposite corner, each (rows, columns).

    `width`: how wide an interval they leave for the cell; `cost`: readers that would be hidden in addition.
    """

    width: Numbers
    cost: Numbers


@dataclass(frozen=True)
class Totals:
    """Which totals are hidden because the one-way tables of the two questions hide them: `rows` (rows,), `columns`.

    `any_size`: those tables show answers of however few readers, as a question for opinions may.
    """

    rows: Flags
    columns: Flags
    any_size: bool = False


def with_totals(counts: Counts) -> Counts:
    """(rows, columns) → (rows + 1, columns + 1)."""
    lines = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([lines, lines.sum(axis=0)])


def hidden_in_table(
    counts: Counts,
    smallest: int,
    hidden_before: Flags | None = None,
    totals: Totals | None = None,
    everybody: Counts | None = None,
) -> Flags:
    """Which cells of `counts` (rows, columns) and of its totals must not be shown, (rows + 1, columns + 1).

    Primary: fewer than `smallest` readers, totals included. Complementary: whatever is needed so that each hidden cell
    can lie in an interval at least `smallest` wide. What was hidden in the table published before (`hidden_before`)
    stays hidden as long as anything is. A table of fewer than `smallest` readers is hidden whole.

    `totals`: what the one-way tables say already, so that no total is hidden here and shown there. Rows and columns
    must then hold the same readers as those, the silent ones in a row and a column of their own; otherwise subtracting
    one table from the other tells how many of a small group were silent. What a shown total alone tells of a cell is no
    secret of this table: such a cell is hidden as widely as if all the others were.

    `everybody` (rows, columns): the table of all readers where this one holds a part of them, as a filter leaves it,
    and where that one is shown as well. Then the rest is protected like the part: a cell stays hidden where either
    holds fewer than `smallest`, and its interval is the one that both tables together leave.
    """
    table, limits = with_totals(counts), None if everybody is None else with_totals(everybody)
    hidden = table < smallest
    if limits is not None:
        hidden |= limits - table < smallest
    told_elsewhere = totals is not None and bool(totals.rows.any() or totals.columns.any())
    if not (hidden.any() or told_elsewhere) or smallest <= 0:
        return np.zeros(table.shape, dtype=bool)
    if hidden[-1, -1]:
        return np.ones(table.shape, dtype=bool)
    if hidden_before is not None:
        hidden |= hidden_before
    if totals is not None:
        hidden = with_fixed_totals(hidden, table, totals, smallest)
    found = completed(table, hidden, smallest, np.inf if totals else float(table[-1, -1]), limits)
    if found is None:  # no single cell of the table can be shown
        found = hidden
        found[: -1 if totals else None, : -1 if totals else None] = True
        found[-1, -1] = False
    return found


def with_fixed_totals(hidden: Flags, table: Counts, totals: Totals, smallest: int) -> Flags:
    """The flags (rows + 1, columns + 1) with those totals hidden that `totals` names, and no others.

    Raises ValueError where a total that stays shown is smaller than `smallest`.
    """
    shown = np.append(table[:-1, -1][~totals.rows], table[-1, :-1][~totals.columns])
    if not totals.any_size and (shown < smallest).any():
        raise ValueError("the one-way tables show totals that are too small here: they count other readers")
    hidden = hidden.copy()
    hidden[:-1, -1], hidden[-1, :-1] = totals.rows, totals.columns
    return hidden


def completed(
    table: Counts, hidden: Flags, smallest: int, of_total: float, limits: Counts | None = None
) -> Flags | None:
    """Hide more, at the lowest cost, until each hidden cell is protected; None where nothing helps.

    `of_total`: what hiding a total costs beyond its readers. Hiding only widens intervals, so a cell that is protected
    once needs no second look.
    """
    hidden = hidden.copy()
    waiting = deque(cells_of(hidden))
    while waiting:
        cell = waiting[0]
        found = rectangles(table, hidden, cell, of_total, limits)
        free = smallest if protected_by_one(found, smallest) else room(table, hidden, cell, limits, enough=smallest)
        wanted = smallest
        if free < smallest and np.isinf(of_total):
            wanted = width_wanted(table, hidden, cell, smallest, limits)
        if free >= wanted:
            waiting.popleft()
            continue
        opposite = best_corner(found, wanted)
        if opposite is None:
            return None
        before = hidden.copy()
        hidden[np.ix_((cell[0], opposite[0]), (cell[1], opposite[1]))] = True
        waiting.extend(cells_of(hidden & ~before))
    return hidden


def width_wanted(table: Counts, hidden: Flags, cell: Cell, smallest: int, limits: Counts | None) -> int:
    """`smallest`, or what the totals alone leave where that is less: were nothing shown inside the table at all."""
    inside = hidden.copy()
    inside[:-1, :-1] = True
    return room(table, inside, cell, limits, enough=smallest)


def cells_of(flags: Flags) -> list[Cell]:
    """Row and column of each flag that is set, in reading order."""
    return [(int(row), int(column)) for row, column in np.argwhere(flags)]


def protected_by_one(found: Rectangles, smallest: int) -> bool:
    """Whether hidden cells form one rectangle that is wide enough."""
    return bool(((found.cost == 0) & (found.width >= smallest)).any())


def best_corner(found: Rectangles, smallest: int) -> Cell | None:
    """Opposite the cell in the cheapest rectangle that is wide enough or, where none is, that has any width."""
    possible = np.isfinite(found.cost) & (found.cost > 0) & (found.width > 0)
    if not possible.any():
        return None
    enough = possible & (found.width >= smallest)
    cost = np.where(enough if enough.any() else possible, found.cost, np.inf)
    row, column = np.unravel_index(np.argmin(cost), cost.shape)
    return int(row), int(column)


def rectangles(table: Counts, hidden: Flags, cell: Cell, of_total: float, limits: Counts | None = None) -> Rectangles:
    """All rectangles of a cell. Those through the corner of everybody, which is always shown, cost infinitely much."""
    row, column = cell
    price = table + 1.0
    price[-1] += of_total
    price[:-1, -1] += of_total
    price[hidden] = 0.0
    price[-1, -1] = np.inf
    cost = price[row][None] + price[:, column][:, None] + price
    cost[row], cost[:, column] = np.inf, np.inf
    return Rectangles(widths(table, cell, limits), cost)


def widths(table: Counts, cell: Cell, limits: Counts | None = None) -> Numbers:
    """How far the cell of each rectangle can rise and fall while all sums stay and no corner leaves its limits.

    A rise of the cell lowers the two corners beside it and raises the opposite one; a total goes the other way round.
    """
    row, column = cell
    sign = np.ones(table.shape)
    sign[-1], sign[:, -1], sign[-1, -1] = -1, -1, 1
    own = sign[row, column]
    changes = (
        np.ones(table.shape),
        np.broadcast_to(-own * sign[row][None], table.shape),
        np.broadcast_to(-own * sign[:, [column]], table.shape),
        own * sign,
    )
    below = corners(table, cell)
    above = [np.full(table.shape, np.inf)] * 4 if limits is None else corners(limits - table, cell)
    pairs = list(zip(changes, below, above, strict=True))
    rise = np.min([np.where(change < 0, fewer, more) for change, fewer, more in pairs], axis=0)
    fall = np.min([np.where(change > 0, fewer, more) for change, fewer, more in pairs], axis=0)
    return rise + fall


def corners(values: Counts, cell: Cell) -> list[Numbers]:
    """Of each rectangle of the cell what stands in the cell, in its row, in its column, and opposite."""
    row, column = cell
    shape = values.shape
    return [
        np.broadcast_to(values[row, column], shape),
        np.broadcast_to(values[row][None], shape),
        np.broadcast_to(values[:, [column]], shape),
        values,
    ]
