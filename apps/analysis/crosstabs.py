"""Two coded answers against each other.

Codes are bytes, as in `tabulation`; signed bytes are taken as the same bytes, so that -1 is 255, not shown. What falls
together is counted once for all 256 × 256 pairs, a sum over readers: parts may be counted apart and added, and a table
of any of their codes is read from it without looking at the readers again. A third answer enters as a filter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import VALUES, Counts
from apps.analysis.weights import usable

Bytes = NDArray[np.uint8] | NDArray[np.int8]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Readers, the sum of their weights and of their squared weights, each (256, 256): first code by second code."""

    readers: Counts
    weights: Numbers
    squares: Numbers

    def __add__(self, other: "Pairs") -> "Pairs":
        return Pairs(self.readers + other.readers, self.weights + other.weights, self.squares + other.squares)


@dataclass(frozen=True)
class CrossTable:
    """Readers who gave one of the `row_codes` and one of the `column_codes`; each array is (rows, columns).

    Without weights `weights` and `squares` equal `counts`. `left_out`: readers with any other code in one of the two.
    """

    row_codes: tuple[int, ...]
    column_codes: tuple[int, ...]
    counts: Counts
    weights: Numbers
    squares: Numbers
    left_out: int

    @property
    def readers(self) -> int:
        return int(self.counts.sum())

    @property
    def weighted(self) -> bool:
        return not np.array_equal(self.weights, self.counts)

    @property
    def effective(self) -> float:
        """Kish's effective number of readers, (Σw)² / Σw²: what the weights leave of them."""
        return float(effective(self.weights.sum(), self.squares.sum()))

    @property
    def effective_by_column(self) -> Numbers:
        return effective(self.weights.sum(axis=0), self.squares.sum(axis=0))

    @property
    def column_shares(self) -> Numbers:
        """Weighted shares of the rows within each column; a column without readers has zeros."""
        total = self.weights.sum(axis=0)
        return np.divide(self.weights, total, out=np.zeros_like(self.weights), where=total > 0)

    @property
    def effective_counts(self) -> Numbers:
        """The weighted table scaled to the effective number of readers: what tests look at (first-order Rao-Scott)."""
        total = self.weights.sum()
        return self.weights * (self.effective / total) if total > 0 else self.weights


def part_of(table: CrossTable, row_codes: Sequence[int], column_codes: Sequence[int]) -> CrossTable:
    """Some of its rows and columns, in the order asked for."""
    cells = np.ix_(
        [table.row_codes.index(code) for code in row_codes], list(map(table.column_codes.index, column_codes))
    )
    counts = table.counts[cells]
    left_out = table.left_out + table.readers - int(counts.sum())
    return CrossTable(
        tuple(row_codes), tuple(column_codes), counts, table.weights[cells], table.squares[cells], left_out
    )


def effective(weights: Numbers | float, squares: Numbers | float) -> Numbers:
    """(Σw)² / Σw², zero where there is nobody."""
    squares = np.asarray(squares, dtype=np.float64)
    return np.divide(np.square(weights), squares, out=np.zeros_like(squares), where=squares > 0)


def pairs(first: Bytes, second: Bytes, *, weights: Numbers | None = None, chosen: Flags | None = None) -> Pairs:
    """Count what falls together. All arrays are (readers,); `chosen` keeps a part of the readers, as a filter does.

    Raises ValueError for answers that are no bytes, and for weights that are none.
    """
    if first.itemsize != 1 or second.itemsize != 1:
        raise ValueError("answers are bytes, one a reader")
    if chosen is not None:
        first, second = first[chosen], second[chosen]
        weights = None if weights is None else weights[chosen]
    pair = first.view(np.uint8).astype(np.uint16)
    pair <<= 8
    pair |= second.view(np.uint8)
    readers = square(np.bincount(pair, minlength=VALUES * VALUES))
    if weights is None:
        return Pairs(readers, readers.astype(np.float64), readers.astype(np.float64))
    weights = usable(weights)
    summed, squared = (square(np.bincount(pair, values, VALUES * VALUES)) for values in (weights, weights * weights))
    return Pairs(readers, summed, squared)


def square(flat: NDArray) -> NDArray:
    """(256 × 256,) → (256, 256)."""
    return flat.reshape(VALUES, VALUES)


def cross_table(counted: Pairs, row_codes: Sequence[int], column_codes: Sequence[int]) -> CrossTable:
    """The rows and columns that are asked for, in their order."""
    cells = np.ix_([code % VALUES for code in row_codes], [code % VALUES for code in column_codes])
    counts = counted.readers[cells]
    return CrossTable(
        row_codes=tuple(row_codes),
        column_codes=tuple(column_codes),
        counts=counts,
        weights=counted.weights[cells],
        squares=counted.squares[cells],
        left_out=int(counted.readers.sum() - counts.sum()),
    )


def table_of(counts: Counts) -> CrossTable:
    """A table that others have counted, (rows, columns), without weights; codes are 0, 1, 2 …"""
    numbers = counts.astype(np.float64)
    rows, columns = counts.shape
    return CrossTable(tuple(range(rows)), tuple(range(columns)), counts, numbers, numbers, left_out=0)
