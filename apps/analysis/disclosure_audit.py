"""What a stranger can work out of a published table by adding and subtracting.

A table is taken with its totals, (rows + 1, columns + 1): the last column holds the row totals, the last row the
column totals, the corner everybody. Whoever sees the shown numbers knows that rows and columns add up and that nobody
is counted less than zero times; the smallest and the largest value a hidden cell can then have are two linear programs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from apps.analysis.tabulation import Counts

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Bounds = list[tuple[int, int | None]]
Roads = list[dict[int, int]]
"""By place: the places to which roads lead, and how many more can go there."""


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


def room(
    totalled: Counts,
    hidden: Flags,
    cell: tuple[int, int],
    limits: Counts | None = None,
    *,
    enough: int | None = None,
) -> int:
    """How wide the interval of one hidden cell of a two-way table with its totals is, quickly; `limits` as above. It is
    measured no further than `enough`.

    Rows and columns are places, hidden cells are roads between them on which so many readers travel as they count; a
    total's road leads back. One more reader on a road must find a way back to its start on the others, and may undo the
    journeys of those who are there: the most that can go round is a maximum flow (Ford & Fulkerson 1956).
    """
    rows, columns = totalled.shape
    everybody = int(totalled[-1, -1])
    roads: Roads = [{} for _place in range(rows + columns)]
    own = one = other = further = there = -1
    for row, column in np.argwhere(hidden).tolist():
        back = (row == rows - 1) != (column == columns - 1)
        start, end = (rows + column, row) if back else (row, rows + column)
        held = int(totalled[row, column])
        more = everybody if limits is None else int(limits[row, column]) - held
        if (row, column) == tuple(cell):
            own, one, other, further, there = row, start, end, more, held
        else:
            roads[start][end], roads[end][start] = more, held
    assert own >= 0
    wanted = everybody if enough is None else enough
    rise = travellers(roads, other, one, min(further, wanted))
    return rise + travellers(roads, one, other, min(there, wanted - rise))


def travellers(roads: Roads, start: int, end: int, most: int) -> int:
    """The maximum flow from place to place, up to `most`, along shortest ways (Edmonds & Karp 1972)."""
    left, flow = [dict(each) for each in roads], 0
    while flow < most:
        came, queue = {start: start}, [start]
        for place in queue:
            for there, room_left in left[place].items():
                if room_left > 0 and there not in came:
                    came[there] = place
                    queue.append(there)
            if end in came:
                break
        if end not in came:
            break
        way, place = [], end
        while place != start:
            way.append((came[place], place))
            place = came[place]
        going = min(most - flow, *(left[one][other] for one, other in way))
        for one, other in way:
            left[one][other] -= going
            left[other][one] += going
        flow += going
    return flow


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
