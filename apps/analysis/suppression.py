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


def hidden_in_part(
    counts: Counts, everybody: Counts, smallest: int, hidden_before: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """The same for a part of the readers whose total is shown, where the table of `everybody` is shown as well.

    The part and the rest are protected alike: of each hidden cell one can tell no more than an interval `smallest`
    wide, or as wide as it would be if all cells were hidden.
    """
    hidden = (counts < smallest) | (everybody - counts < smallest)
    if not hidden.any() or smallest <= 0:
        return np.zeros(len(counts), dtype=bool)
    hidden = hidden | (np.zeros(len(counts), dtype=bool) if hidden_before is None else hidden_before)
    wanted = np.minimum(smallest, widths_in_part(counts, everybody, np.ones(len(counts), dtype=bool)))
    for cell in np.lexsort((np.arange(len(counts)), counts)):
        if (widths_in_part(counts, everybody, hidden) >= wanted)[hidden].all():
            break
        hidden[cell] = True
    return hidden


def widths_in_part(counts: Counts, everybody: Counts, hidden: NDArray[np.bool_]) -> Counts:
    """Of each cell, were it one of the `hidden`: between none and everybody, and with the others their known sum."""
    left, most = counts[hidden].sum(), everybody[hidden].sum()
    return np.minimum(everybody, left) - np.maximum(0, left - (most - everybody))


def rounded_to(counts: Counts, step: int) -> Counts:
    """Counts to the nearest multiple of `step`, halves up; a step of 1 changes nothing."""
    return (counts + step // 2) // step * step
