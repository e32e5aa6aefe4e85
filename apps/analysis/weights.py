"""Shares of weighted readers. A weight says how much a reader counts, never how many readers there are.

Everything rests on three sums for each category: readers, their weights, their squared weights. All weights ten times
as large change no share, no standard error and no effective number. Weights are taken as given: that they were fitted
to these very readers is not in the errors.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.intervals import wilson
from apps.analysis.tabulation import Counts

Numbers = NDArray[np.float64]
Indexes = NDArray[np.integer]


@dataclass(frozen=True)
class WeightedShares:
    """Of k categories: `shares`, standard `errors`, and 95 % intervals `low` … `high`, each (k,).

    `readers` is their real number, `effective` Kish's, `design_effect` the ratio of the two. The error of a single
    reader is not a number.
    """

    shares: Numbers
    errors: Numbers
    low: Numbers
    high: Numbers
    readers: int
    effective: float
    design_effect: float


def usable(weights: NDArray) -> Numbers:
    """The same as fractions, whatever they came as. Raises ValueError where they are no weights."""
    if not (np.isfinite(weights).all() and (weights >= 0).all()):
        raise ValueError("weights are finite and not negative")
    return np.asarray(weights, dtype=np.float64)


def effective_readers(weights: Numbers) -> float:
    """(Σw)² / Σw² (Kish 1965); 0 for nobody. Raises ValueError where they are no weights."""
    weights = usable(weights)
    squares = float(np.square(weights).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def design_effect(weights: Numbers) -> float:
    """n Σw² / (Σw)²: how many readers as weighted are worth one without weights; 1 where all weights are equal."""
    effective = effective_readers(weights)
    return len(weights) / effective if effective else 1.0


def weighted_shares(categories: Indexes, weights: Numbers, size: int) -> WeightedShares:
    """Of readers with a category 0 … size - 1 and a weight each, (readers,). Raises ValueError where they are none."""
    weights = usable(weights)
    readers = np.bincount(categories, minlength=size)
    summed, squared = (np.bincount(categories, of, size).astype(np.float64) for of in (weights, weights * weights))
    return shares_of_sums(readers, summed, squared)


def shares_of_sums(readers: Counts, weights: Numbers, squares: Numbers) -> WeightedShares:
    """From the sums of each category, (k,). Intervals are Wilson's on p (1 - p) / error² readers.

    p = Σwy / Σw; with u = w (y - p) / Σw of each reader, error² = n / (n - 1) Σ (u - ū)² (Taylor linearisation). Here
    Σu = 0 and Σu² = [(1 - p)² Σw² of the category + p² Σw² of the others] / (Σw)².
    """
    count, total, of_squares = int(readers.sum()), float(weights.sum()), float(squares.sum())
    if not total:
        nothing = np.zeros(len(readers))
        return WeightedShares(nothing, nothing, nothing, nothing + 1, count, 0.0, 1.0)
    shares = weights / total
    variance = (np.square(1 - shares) * squares + np.square(shares) * (of_squares - squares)) / total**2
    errors = np.sqrt(variance * count / (count - 1)) if count > 1 else np.full(len(readers), np.nan)
    effective = total**2 / of_squares
    spread = shares * (1 - shares)
    worth = np.divide(
        spread, np.square(errors), out=np.full(len(readers), effective), where=(spread > 0) & (errors > 0)
    )
    low, high = wilson(shares * worth, worth)
    return WeightedShares(shares, errors, low, high, count, effective, count / effective)
