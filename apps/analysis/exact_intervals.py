"""Intervals that need more than a square root: of single shares by the beta distribution, of all shares at once by
truncated Poisson distributions."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, poisson

from apps.analysis.intervals import Shares, goodman
from apps.analysis.tabulation import Counts

MANY, ENOUGH = 7, 5
"""From how many options, and with how many readers in each, Sison and Glaz' intervals are the shorter ones."""


def clopper_pearson(counts: Counts, base: int, level: float = 0.95) -> tuple[Shares, Shares]:
    """Exact intervals of single shares: quantiles of Beta(x, n - x + 1) and Beta(x + 1, n - x) (1934)."""
    counts, tail = np.asarray(counts), (1 - level) / 2
    low = np.where(counts == 0, 0.0, beta.ppf(tail, np.maximum(counts, 1), base - counts + 1))
    high = np.where(counts == base, 1.0, beta.ppf(1 - tail, counts + 1, np.maximum(base - counts, 1)))
    return low, high


def jeffreys(counts: Counts, base: int, level: float = 0.95) -> tuple[Shares, Shares]:
    """Equal tails of Beta(x + ½, n - x + ½) (Brown, Cai & DasGupta 2001)."""
    counts, tail = np.asarray(counts), (1 - level) / 2
    one, other = counts + 0.5, base - counts + 0.5
    return beta.ppf(tail, one, other), beta.ppf(1 - tail, one, other)


def laplace(counts: Counts, base: Counts | int, level: float = 0.95) -> tuple[Shares, Shares, Shares]:
    """(x + 1) / (n + 2), and equal tails of Beta(x + 1, n - x + 1): for the few votes of one statement, which may have
    none (Laplace 1774). The share comes first, then low and high."""
    one, other, tail = np.asarray(counts) + 1, base - np.asarray(counts) + 1, (1 - level) / 2
    return one / (one + other), beta.ppf(tail, one, other), beta.ppf(1 - tail, one, other)


def simultaneous(counts: Counts, level: float = 0.95) -> tuple[Shares, Shares]:
    """Of all shares of one question: Sison and Glaz' where there are many full options, else Goodman's; 0 … 1 where
    nobody answered."""
    if not counts.any():
        return np.zeros(len(counts)), np.ones(len(counts))
    if len(counts) >= MANY and counts.min() >= ENOUGH:
        return sison_glaz(counts, level)
    return goodman(counts, int(counts.sum()), level)


def sison_glaz(counts: Counts, level: float = 0.95) -> tuple[Shares, Shares]:
    """p - c/n … p + (c + 2δ)/n, the same reach for all shares (k,) (Sison & Glaz 1995, as in May & Johnson 2000).

    c: the largest whole number at which the counts lie within ± c of those seen with less than `level` probability; δ
    interpolates to c + 1.
    """
    base = int(counts.sum())
    low, high = 0, 1
    while coverage(counts, high) < level and high < base:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if coverage(counts, middle) < level else (low, middle)
    below, above = coverage(counts, low), coverage(counts, high)
    reach = np.array([low, low + 2 * (level - below) / (above - below)])
    return np.clip((counts - reach[0]) / base, 0, 1), np.clip((counts + reach[1]) / base, 0, 1)


def coverage(counts: Counts, reach: int) -> float:
    """How likely multinomial counts with these expectations all lie within ± `reach` of them.

    Levin's (1981) representation: independent Poisson counts, truncated, given that they sum to n; their sum by an
    Edgeworth expansion.
    """
    base = int(counts.sum())
    inside, moments = zip(*(truncated(int(count), reach) for count in counts), strict=True)
    mean, variance, third, fourth = np.sum(moments, axis=0)
    if variance <= 0:
        return 0.0
    density = edgeworth((base - mean) / np.sqrt(variance), third / variance**1.5, fourth / variance**2)
    return float(np.prod(inside) * density / np.sqrt(variance) / poisson.pmf(base, base))


def truncated(expected: int, reach: int) -> tuple[float, NDArray[np.float64]]:
    """Probability of lying within the reach, and mean, variance, third and fourth cumulant given that."""
    values = np.arange(max(0, expected - reach), expected + reach + 1)
    likely = poisson.pmf(values, expected)
    inside = likely.sum()
    likely = likely / inside
    mean = (values * likely).sum()
    second, third, fourth = (((values - mean) ** power * likely).sum() for power in (2, 3, 4))
    return float(inside), np.array([mean, second, third, fourth - 3 * second**2])


def edgeworth(z: float, skew: float, kurtosis: float) -> float:
    """Density of a standardised sum."""
    correction = (
        skew * (z**3 - 3 * z) / 6
        + kurtosis * (z**4 - 6 * z**2 + 3) / 24
        + skew**2 * (z**6 - 15 * z**4 + 45 * z**2 - 15) / 72
    )
    return float((1 + correction) * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi))
