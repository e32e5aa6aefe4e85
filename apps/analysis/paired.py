"""The same people asked the same question twice: what changed, and by how much more than in another group.

A flow has shape (3, 3): readers by their side before (rows) and after (columns), in the order low, middle, high. A
square table has shape (answers, answers) on the full scale. Intervals are percentiles of a bootstrap over persons: as
the readers of a cell are alike, drawing persons is drawing the cells of the table.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.stats import binom, chi2

from apps.analysis.tabulation import Counts

Numbers = NDArray[np.float64]

SIDES = np.array([-1.0, 0.0, 1.0])
STEPS = SIDES[None, :] - SIDES[:, None]
"""What each cell of a flow adds to the net: from one end to the other counts twice."""
DRAWS = 10_000
FEW_CHANGED = 25


@dataclass(frozen=True)
class Estimate:
    """A difference of shares, and where it may lie if these readers had been a random draw."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Tested:
    """`df` 0 and p 1 where nothing differs that could be tested."""

    statistic: float
    df: int
    p: float


@dataclass(frozen=True)
class Changed:
    """Of two answers: `up` readers went to it, `down` left it. `exact`: few changed, so p is counted out."""

    up: int
    down: int
    statistic: float
    p: float
    mid_p: float
    exact: bool


def shift(flow: Counts, rng: Generator, *, level: float = 0.95) -> Estimate:
    """The change of the net, high minus low, among those who answered twice."""
    return interval(shift_of(flow), shift_of(resampled(flow, rng)), level)


def shift_difference(first: Counts, second: Counts, rng: Generator, *, level: float = 0.95) -> Estimate:
    """How much more the net changed in the first group: what its readers saw between, beside being asked twice."""
    value = shift_of(first) - shift_of(second)
    drawn = shift_of(resampled(first, rng)) - shift_of(resampled(second, rng))
    return interval(value, drawn, level)


def net_difference(first: Counts, second: Counts, rng: Generator, *, level: float = 0.95) -> Estimate:
    """Of two groups with sides (3,): the net of the first minus that of the second."""
    drawn = net_of(resampled(first, rng)) - net_of(resampled(second, rng))
    return interval(net_of(first) - net_of(second), drawn, level)


def shift_of(flows: NDArray) -> Numbers:
    """(…, 3, 3) → (…,)"""
    return (flows * STEPS).sum(axis=(-2, -1)) / flows.sum(axis=(-2, -1))


def net_of(sides: NDArray) -> Numbers:
    """(…, 3) → (…,)"""
    return (sides * SIDES).sum(axis=-1) / sides.sum(axis=-1)


def resampled(counts: Counts, rng: Generator) -> Counts:
    """As many persons again, drawn from these with return: (DRAWS, …)."""
    readers = int(counts.sum())
    return rng.multinomial(readers, counts.ravel() / readers, size=DRAWS).reshape(DRAWS, *counts.shape)


def interval(value: Numbers, drawn: Numbers, level: float) -> Estimate:
    """The percentiles of what was `drawn` (DRAWS,) around the value that was found."""
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(float(value), float(low), float(high))


def mcnemar(up: int, down: int, *, corrected: bool = False) -> Changed:
    """Whether as many went as came (McNemar 1947); exact where fewer than 25 changed. Mid-P: Fagerland et al. 2013."""
    changed = up + down
    statistic = max(0.0, abs(up - down) - corrected) ** 2 / changed if changed else 0.0
    exact = float(min(1.0, 2 * binom.cdf(min(up, down), changed, 0.5)))
    mid = (
        exact - float(binom.pmf(min(up, down), changed, 0.5))
        if up != down
        else 1 - float(binom.pmf(up, changed, 0.5)) / 2
    )
    few = changed < FEW_CHANGED
    mid = min(1.0, mid) if changed else 1.0
    return Changed(up, down, statistic, exact if few else float(chi2.sf(statistic, 1)), mid, few)


def net_change(up: int, down: int, readers: int, *, level: float = 0.95) -> Estimate:
    """(up - down) / n, how much the share of an answer grew among `readers` who answered twice.

    Interval of Bonett & Price (2012): p - q ± z √((p + q - (p - q)²) / (n + 2)) with p = (up + 1) / (n + 2) and
    q = (down + 1) / (n + 2).
    """
    came, went = (up + 1) / (readers + 2), (down + 1) / (readers + 2)
    middle = came - went
    reach = NormalDist().inv_cdf((1 + level) / 2) * ((came + went - middle**2) / (readers + 2)) ** 0.5
    return Estimate((up - down) / readers, max(-1.0, middle - reach), min(1.0, middle + reach))


def bowker(table: Counts) -> Tested:
    """Whether each change is as frequent as its opposite (Bowker 1948). Pairs of answers that nobody exchanged say
    nothing and take no degree of freedom."""
    above, below = table[np.triu_indices(len(table), 1)], table.T[np.triu_indices(len(table), 1)]
    exchanged = above + below > 0
    there, back = above[exchanged].astype(float), below[exchanged].astype(float)
    statistic = float(((there - back) ** 2 / (there + back)).sum())
    return tested(statistic, int(exchanged.sum()))


def stuart_maxwell(table: Counts) -> Tested:
    """Whether the distribution is the same before and after (Stuart 1955, Maxwell 1970): d' S⁻¹ d over answers that
    anybody came to or left."""
    counts = table.astype(float)
    before, after = counts.sum(axis=1), counts.sum(axis=0)
    spread = np.diag(before + after - 2 * np.diag(counts)) - (counts + counts.T - 2 * np.diag(np.diag(counts)))
    rank = int(np.linalg.matrix_rank(spread))
    changed = before - after
    return tested(float(changed @ np.linalg.pinv(spread) @ changed), rank)


def tested(statistic: float, df: int) -> Tested:
    """With p from χ² with `df` degrees of freedom; 1 where there are none."""
    return Tested(statistic, df, float(chi2.sf(statistic, df)) if df else 1.0)
