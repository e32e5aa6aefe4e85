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


@dataclass(frozen=True)
class Audit:
    """Of each hidden cell, in reading order, `low` and `high`: between which values it must lie."""

    low: Numbers
    high: Numbers

    @property
    def narrowest(self) -> float:
        """How closely a stranger knows the cell that is known best; infinite where nothing is hidden."""
        return float((self.high - self.low).min(initial=np.inf))


def audit_table(totalled: Counts, hidden: Flags) -> Audit:
    """A two-way table with its totals and what is hidden of it, both (rows + 1, columns + 1)."""
    rows, columns = totalled.shape
    return audit(table_equations(rows, columns), totalled.ravel(), hidden.ravel())


def audit_line(counts: Counts, hidden: Flags) -> Audit:
    """A one-way table (k,) whose total is shown."""
    equation = np.append(np.ones(len(counts)), -1.0)[None]
    return audit(equation, np.append(counts, counts.sum()), np.append(hidden, False))


def audit_cell(totalled: Counts, hidden: Flags, cell: tuple[int, int]) -> tuple[float, float]:
    """The smallest and the largest value of one hidden cell of a two-way table with its totals."""
    rows, columns = totalled.shape
    left, right = what_is_known(table_equations(rows, columns), totalled.ravel(), hidden.ravel())
    direction = np.zeros(hidden.shape)
    direction[cell] = 1
    return least(direction[hidden], left, right), -least(-direction[hidden], left, right)


def audit(equations: Numbers, values: Counts, hidden: Flags) -> Audit:
    """Numbers `values` (n,) for which `equations` (m, n) give zero; of the `hidden` ones only that is known."""
    left, right = what_is_known(equations, values, hidden)
    unit = np.eye(int(hidden.sum()))
    low = [least(direction, left, right) for direction in unit]
    high = [-least(-direction, left, right) for direction in unit]
    return Audit(np.array(low), np.array(high))


def what_is_known(equations: Numbers, values: Counts, hidden: Flags) -> tuple[Numbers, Numbers]:
    """left x = right for the hidden numbers x."""
    return equations[:, hidden], -equations[:, ~hidden] @ values[~hidden]


def least(direction: Numbers, left: Numbers, right: Numbers) -> float:
    """The smallest direction · x of all x ≥ 0 with left x = right; minus infinity where there is none."""
    found = linprog(direction, A_eq=left, b_eq=right, bounds=(0, None), method="highs")
    return float(found.fun) if found.status == 0 else -np.inf


def table_equations(rows: int, columns: int) -> Numbers:
    """One equation a row and one a column of a table with totals: parts less the total are zero."""
    signs_of_row, signs_of_column = (np.append(np.ones(size - 1), -1.0) for size in (columns, rows))
    return np.vstack([np.kron(np.eye(rows), signs_of_row), np.kron(signs_of_column, np.eye(columns))])
