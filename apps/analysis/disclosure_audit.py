"""What a stranger can work out of a published table by adding and subtracting.

A table is taken with its totals, (rows + 1, columns + 1): the last column holds the row totals, the last row the
column totals, the corner everybody. Whoever sees the shown numbers knows that rows and columns add up and that nobody
is counted less than zero times; the smallest and the largest value a hidden cell can then have are two linear programs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from apps.analysis.tabulation import Counts

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Bounds = list[tuple[int, int | None]]


@dataclass(frozen=True)
class Audit:
    """Of each hidden cell, in reading order, `low` and `high`: between which values it must lie."""

    low: Numbers
    high: Numbers

    @property
    def narrowest(self) -> float:
        """How closely a stranger knows the cell that is known best; infinite where nothing is hidden."""
        return float((self.high - self.low).min(initial=np.inf))


def audit_table(totalled: Counts, hidden: Flags, limits: Counts | None = None) -> Audit:
    """A two-way table with its totals and what is hidden of it, both (rows + 1, columns + 1).

    `limits`: the same table of all readers where this one holds a part of them; no part is larger than the whole.
    """
    rows, columns = totalled.shape
    most = None if limits is None else limits.ravel()
    return audit(table_equations(rows, columns), totalled.ravel(), hidden.ravel(), most)


def audit_line(counts: Counts, hidden: Flags) -> Audit:
    """A one-way table (k,) whose total is shown."""
    equation = np.append(np.ones(len(counts)), -1.0)[None]
    return audit(equation, np.append(counts, counts.sum()), np.append(hidden, False))


def room(totalled: Counts, hidden: Flags, cell: tuple[int, int], limits: Counts | None = None) -> int:
    """How wide the interval of one hidden cell of a two-way table with its totals is, quickly; `limits` as above.

    Rows and columns are places, hidden cells are roads between them on which so many readers travel as they count; a
    total's road leads back. One more reader on a road must find a way back to its start on the others, and may undo the
    journeys of those who are there: the most that can go round is a maximum flow (Ford & Fulkerson 1956).
    """
    rows, columns = totalled.shape
    row, column = np.nonzero(hidden)
    back = (row == rows - 1) != (column == columns - 1)
    start, end = np.where(back, rows + column, row), np.where(back, row, rows + column)
    most = np.zeros((rows + columns, rows + columns), dtype=np.int32)
    there = totalled[row, column]
    further = np.full(len(row), totalled[-1, -1]) if limits is None else limits[row, column] - there
    most[start, end], most[end, start] = further, there
    own = np.flatnonzero((row == cell[0]) & (column == cell[1]))[0]
    one, other = int(start[own]), int(end[own])
    most[one, other] = most[other, one] = 0
    roads = csr_array(most)
    rise = maximum_flow(roads, other, one).flow_value
    fall = maximum_flow(roads, one, other).flow_value
    return int(min(rise, further[own]) + min(fall, there[own]))


def audit(equations: Numbers, values: Counts, hidden: Flags, limits: Counts | None = None) -> Audit:
    """Numbers `values` (n,) for which `equations` (m, n) give zero; of the `hidden` ones only that is known, and that
    they lie between zero and the `limits` (n,)."""
    left, right = equations[:, hidden], -equations[:, ~hidden] @ values[~hidden]
    unit = np.eye(int(hidden.sum()))
    most = [None] * len(unit) if limits is None else limits[hidden].tolist()
    bounds: Bounds = [(0, each) for each in most]
    low = [least(direction, left, right, bounds) for direction in unit]
    high = [-least(-direction, left, right, bounds) for direction in unit]
    return Audit(np.array(low), np.array(high))


def least(direction: Numbers, left: Numbers, right: Numbers, bounds: Bounds) -> float:
    """The smallest direction · x of all x within `bounds` with left x = right; minus infinity where there is none."""
    found = linprog(direction, A_eq=left, b_eq=right, bounds=bounds, method="highs")
    return float(found.fun) if found.status == 0 else -np.inf


def table_equations(rows: int, columns: int) -> Numbers:
    """One equation a row and one a column of a table with totals: parts less the total are zero."""
    signs_of_row, signs_of_column = (np.append(np.ones(size - 1), -1.0) for size in (columns, rows))
    return np.vstack([np.kron(np.eye(rows), signs_of_row), np.kron(signs_of_column, np.eye(columns))])
