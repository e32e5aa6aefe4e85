"""Whether two answers have to do with each other, and how much. Readers chose to take part, so tests are hints."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import chdtrc, gammaln
from scipy.stats import fisher_exact, random_table

from apps.analysis.crosstabs import CrossTable, Numbers
from apps.analysis.tabulation import Counts

SMALLEST_TESTED = 50
"""Readers below which nothing is tested."""
MOST_DRAWS, FEWEST_DRAWS = 100_000, 2_000
STEPS = 400_000
"""Work for random tables, in steps of about 80 ns: what a reader of the desk waits for at most."""
FAR = 40
"""Spread of cells, in readers, from which walking to a random count takes longer than drawing it."""


class Method(StrEnum):
    """How the p of a table was found, or why there is none."""

    PEARSON = "pearson"
    RAO_SCOTT = "rao_scott"  # Pearson's statistic on the effective number of readers
    FISHER = "fisher"
    MONTE_CARLO = "monte_carlo"
    TOO_FEW = "too_few"  # fewer than 50 readers
    ONE_LINE = "one_line"  # all readers in one row or one column
    SPARSE = "sparse"  # Cochran's rule fails and weights leave no exact test


@dataclass(frozen=True)
class Association:
    """`statistic`: X² with `freedom` degrees; `v`: bias-corrected Cramér's V; `residuals` (rows, columns): adjusted.

    `p` is None where nothing was tested, and `method` says why. `draws` and `error` (the standard error of p) tell
    about random tables; an exact or an asymptotic p has neither. Empty rows and columns count for nothing, their
    residuals are 0.
    """

    method: Method
    statistic: float
    freedom: int
    p: float | None
    v: float
    residuals: Numbers
    cochran: bool
    draws: int = 0
    error: float = 0.0


def association(table: CrossTable, rng: Generator, *, draws: int | None = None) -> Association:
    """Pearson's test where Cochran's rule holds; else Fisher's (2 × 2) or random tables with the same margins.

    `draws` random tables; None: as many as a reader of the desk can wait for, between 2,000 and 100,000.
    """
    counts = table.effective_counts
    filled = without_empty_lines(counts)
    statistic, expected = pearson(filled)
    freedom = (filled.shape[0] - 1) * (filled.shape[1] - 1) if filled.size else 0
    cochran = freedom > 0 and cochran_holds(expected)
    found = Association(
        method=suitable_method(table, filled, cochran),
        statistic=statistic,
        freedom=freedom,
        p=None,
        v=corrected_v(statistic, float(filled.sum()), filled.shape),
        residuals=adjusted_residuals(counts),
        cochran=cochran,
    )
    return tested(found, without_empty_lines(table.counts), rng, draws)


def suitable_method(table: CrossTable, filled: Numbers, cochran: bool) -> Method:
    """By how many readers and weights there are, the lines that are `filled`, and whether Cochran's rule holds."""
    if table.readers < SMALLEST_TESTED:
        return Method.TOO_FEW
    if min(filled.shape) < 2:
        return Method.ONE_LINE
    if table.weighted:
        return Method.RAO_SCOTT if cochran else Method.SPARSE
    if cochran:
        return Method.PEARSON
    return Method.FISHER if filled.shape == (2, 2) else Method.MONTE_CARLO


def tested(found: Association, counts: Counts, rng: Generator, draws: int | None) -> Association:
    """The same with its p."""
    match found.method:
        case Method.PEARSON | Method.RAO_SCOTT:
            return replace(found, p=float(chdtrc(found.freedom, found.statistic)))
        case Method.FISHER:
            return replace(found, p=fisher_p(counts))
        case Method.MONTE_CARLO:
            number = draws or affordable_draws(counts)
            p = monte_carlo_p(counts, rng, number)
            return replace(found, p=p, draws=number, error=float(np.sqrt(p * (1 - p) / number)))
    return found


def without_empty_lines(counts: NDArray) -> NDArray:
    """Rows and columns in which nobody stands are not part of a test."""
    return counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]


def pearson(counts: Numbers) -> tuple[float, Numbers]:
    """X² = Σ (O - E)² / E without Yates' correction, and E = row × column / n; margins are not empty."""
    total = counts.sum()
    if not total:
        return 0.0, counts
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    return float((np.square(counts - expected) / expected).sum()), expected


def cochran_holds(expected: Numbers) -> bool:
    """Cochran (1954): no expected count below 1, and at least 80 % of them not below 5."""
    return bool(expected.min() >= 1 and (expected >= 5).mean() >= 0.8)


def corrected_v(statistic: float, readers: float, shape: tuple[int, ...]) -> float:
    """Cramér's V without its upward bias (Bergsma 2013); 0 where a table has one line.

    φ² = max(0, X²/n - (r-1)(c-1)/(n-1)), r' = r - (r-1)²/(n-1), c' alike, V = √(φ² / (min(r', c') - 1)).
    """
    rows, columns = shape
    if min(shape) < 2 or readers <= 1:
        return 0.0
    phi = max(0.0, statistic / readers - (rows - 1) * (columns - 1) / (readers - 1))
    narrower = min(size - (size - 1) ** 2 / (readers - 1) for size in shape)
    return float(min(1.0, np.sqrt(phi / (narrower - 1)))) if narrower > 1 else 0.0


def adjusted_residuals(counts: Numbers) -> Numbers:
    """(O - E) / √(E (1 - row/n) (1 - column/n)) of each cell, about standard normal without association."""
    total = counts.sum()
    if not total:
        return np.zeros_like(counts)
    row, column = counts.sum(axis=1, keepdims=True) / total, counts.sum(axis=0, keepdims=True) / total
    spread = np.sqrt(total * row * column * (1 - row) * (1 - column))
    return np.divide(counts - total * row * column, spread, out=np.zeros_like(counts), where=spread > 0)


def fisher_p(counts: Counts, alternative: str = "two-sided") -> float:
    """Fisher's exact p of a 2 × 2 table; `greater` and `less` speak of the first cell."""
    return float(fisher_exact(counts, alternative=alternative).pvalue)


def affordable_draws(counts: Counts) -> int:
    """A random table costs more the more cells it has, and twice as much where many readers are in them."""
    cells = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    steps = cells * (1 + min(spread_of_cells(counts) / FAR, 1.0))
    return int(np.clip(STEPS / steps, FEWEST_DRAWS, MOST_DRAWS))


def spread_of_cells(counts: Counts) -> float:
    """About how far the count of a cell lies from the expected one, in the mean of all cells."""
    total = counts.sum()
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    return float(np.sqrt(expected * (1 - expected / total)).mean())


def random_tables(counts: Counts, rng: Generator, draws: int) -> Counts:
    """Tables with the same margins, (draws, rows, columns): by Patefield's walk from the most likely count of each
    cell or, where that would be far, cell after cell by the hypergeometric distribution."""
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    if spread_of_cells(counts) < FAR:
        return random_table(rows, columns).rvs(size=draws, method="patefield", random_state=rng)
    drawn = np.empty((*counts.shape, draws), dtype=np.int64)
    left = np.tile(columns[:, None], draws)
    for row, size in enumerate(rows[:-1]):
        missing, others = np.full(draws, size), left.sum(axis=0)
        for column in range(len(columns) - 1):
            others = others - left[column]
            drawn[row, column] = rng.hypergeometric(left[column], others, missing)
            missing = missing - drawn[row, column]
        drawn[row, -1] = missing
        left = left - drawn[row]
    drawn[-1] = left
    return np.moveaxis(drawn, -1, 0)


def monte_carlo_p(counts: Counts, rng: Generator, draws: int) -> float:
    """(1 + tables that are not more likely than this one) / (draws + 1), both margins fixed (Freeman & Halton 1951)."""
    drawn = random_tables(counts, rng, draws)
    logs = log_factorials(drawn).sum(axis=(1, 2))
    observed = float(gammaln(counts + 1.0).sum())
    return float((1 + (logs >= observed - 1e-7).sum()) / (draws + 1))


def log_factorials(numbers: NDArray) -> Numbers:
    """ln(x!) of each, from a list where that is shorter than the numbers."""
    largest = int(numbers.max())
    if largest < numbers.size:
        return gammaln(np.arange(largest + 1) + 1.0)[numbers.astype(np.int64)]
    return gammaln(numbers + 1.0)
