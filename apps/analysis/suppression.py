"""Cells too small to be shown, and those that must go with them."""

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import Counts


def hidden_cells(counts: Counts, smallest: int, hidden_before: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
    """Which cells of a one-way table with a published total must not be shown.

    Primary: fewer than `smallest` readers. Complementary: what is hidden must be at least two cells that together hold
    `smallest` readers; otherwise subtracting the shown cells from the total would give a small one away. The interval
    in which each hidden cell can lie is then at least `smallest` wide. Cells hidden in the table published before
    (`hidden_before`) go first: a cell shown in one table and hidden in the next would give the others away.
    """
    hidden = counts < smallest
    if not hidden.any() or smallest <= 0:
        return np.zeros(len(counts), dtype=bool)
    before = np.zeros(len(counts), dtype=bool) if hidden_before is None else hidden_before
    hidden = hidden | before
    for cell in np.lexsort((np.arange(len(counts)), counts)):
        if hidden.sum() >= 2 and counts[hidden].sum() >= smallest:
            break
        hidden[cell] = True
    return hidden


def rounded_to(counts: Counts, step: int) -> Counts:
    """Counts to the nearest multiple of `step`, halves up; a step of 1 changes nothing."""
    return (counts + step // 2) // step * step
