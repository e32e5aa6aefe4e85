"""A few numbers that stand for a whole distribution."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import Counts

Values = NDArray[np.float64]

FINEST_BIN = 1e-6
"""Part of the largest value below which bins are not cut, because floating point could not keep them apart."""


@dataclass(frozen=True)
class Summary:
    """`median` and quartiles: the smallest value that at least that part of the readers do not exceed."""

    readers: int
    mean: float
    lower_quartile: float
    median: float
    upper_quartile: float
    smallest: float
    largest: float


def net(counts: Counts, sign: NDArray[np.int64], base: int) -> float:
    """Share of the upper side minus share of the lower side; `sign` is +1, 0 or -1 for each cell (k,).

    The base is everybody who answered, don't-know included, so that the number is the difference of two printed shares.
    """
    return float((counts * sign).sum() / base) if base else 0.0


def summary(values: Values, counts: Counts) -> Summary | None:
    """Of `values` (k,), each held by `counts` (k,) readers. None where nobody answered."""
    readers = int(counts.sum())
    if not readers:
        return None
    order = np.argsort(values, kind="stable")
    values, counts = values[order], counts[order]
    held = values[counts > 0]
    lower, median, upper = (value_at(values, counts, part) for part in (0.25, 0.5, 0.75))
    mean = float((values * counts).sum() / readers)
    return Summary(readers, mean, lower, median, upper, float(held[0]), float(held[-1]))


def value_at(values: Values, counts: Counts, part: float) -> float:
    """The smallest of the sorted values that `part` of the readers do not exceed."""
    position = np.searchsorted(np.cumsum(counts), part * counts.sum())
    return float(values[min(int(position), len(values) - 1)])


def bin_edges(low: float, high: float, most: int = 10) -> Values:
    """Edges of at most `most` + 1 bins of equal, round width that hold low and high. Bins are [edge, next edge)."""
    finest = FINEST_BIN * max(1.0, abs(low), abs(high))
    width = round_width(max((high - low) / most or 1.0, finest))
    first = np.floor(low / width)
    return np.round((first + np.arange(np.floor(high / width) - first + 2)) * width, 9)


def round_width(width: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 … (and their tenths) that is not smaller."""
    power = 10.0 ** np.floor(np.log10(width))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= width * (1 - 1e-9)))
