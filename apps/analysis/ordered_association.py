"""Whether two ordered answers rise together, and whether groups stand at different heights of one scale.

All from tables of counts in the order of the scales; don't-know is no step of a scale and stays out. Weighted tables
come as counts of effective readers (`CrossTable.effective_counts`).
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, ndtr, stdtr, stdtrit

FEWEST_IN_GROUP = 5
"""Readers that each group must have for Kruskal and Wallis' statistic to be near to chi²."""

Numbers = NDArray[np.float64]
Table = NDArray[np.float64] | NDArray[np.int64]


@dataclass(frozen=True)
class RankAssociation:
    """-1 … 1. `gamma` leaves ties out; `tau_b` and `tau_c` do not; `somers` is asymmetric: columns explained by rows.

    `gamma_low` … `gamma_high` and `tau_low` … `tau_high` (of tau-b): 95 %. `p`: no association (None where untested).
    """

    gamma: float
    gamma_low: float
    gamma_high: float
    tau_b: float
    tau_low: float
    tau_high: float
    tau_c: float
    somers: float
    p: float | None


@dataclass(frozen=True)
class Heights:
    """Kruskal and Wallis' `statistic` with `freedom` degrees, its `p` (None where too few answered, in all or in one
    group), and ε² 0 … 1, the part of the ranks' variance that lies between the groups."""

    statistic: float
    freedom: int
    p: float | None
    epsilon: float


@dataclass(frozen=True)
class Superiority:
    """How likely a reader of the second group stands higher than one of the first, ties half; 95 % interval and p."""

    likely: float
    low: float
    high: float
    p: float


def rank_association(table: Table, *, smallest: int, level: float = 0.95) -> RankAssociation | None:
    """Of a table (rows, columns). None where all stand in one row or one column; no p below `smallest` readers.

    With A and D the readers concordant and discordant with each cell, P = Σ n A, Q = Σ n D (twice the pairs):
    gamma = (P - Q) / (P + Q), tau-b = (P - Q) / √((n² - Σr²)(n² - Σc²)); asymptotic errors of Goodman & Kruskal (1963,
    1972) and Brown & Benedetti (1977), as in SAS PROC FREQ.
    """
    counts = np.asarray(table, dtype=np.float64)
    readers, rows, columns = counts.sum(), counts.sum(axis=1), counts.sum(axis=0)
    of_rows, of_columns = readers**2 - np.square(rows).sum(), readers**2 - np.square(columns).sum()
    if not readers or of_rows <= 1e-9 or of_columns <= 1e-9:
        return None
    concordant, discordant = agreeing(counts), agreeing(counts[:, ::-1])[:, ::-1]
    both, opposed = (counts * concordant).sum(), (counts * discordant).sum()
    excess, size = both - opposed, np.sqrt(of_rows * of_columns)
    gamma, tau = excess / (both + opposed) if both + opposed else 0.0, excess / size
    gamma_error = 4 / (both + opposed) ** 2 * np.sqrt((counts * (opposed * concordant - both * discordant) ** 2).sum())
    z = NormalDist().inv_cdf((1 + level) / 2)
    tau_error = error_of_tau(counts, concordant - discordant, tau, of_rows, of_columns)
    null = 2 * np.sqrt(max((counts * (concordant - discordant) ** 2).sum() - excess**2 / readers, 0.0))
    narrow = min(int((rows > 0).sum()), int((columns > 0).sum()))
    return RankAssociation(
        gamma=float(gamma),
        gamma_low=float(max(-1, gamma - z * gamma_error)),
        gamma_high=float(min(1, gamma + z * gamma_error)),
        tau_b=float(tau),
        tau_low=float(max(-1, tau - z * tau_error)),
        tau_high=float(min(1, tau + z * tau_error)),
        tau_c=float(excess * narrow / (readers**2 * (narrow - 1))),
        somers=float(excess / of_rows),
        p=float(2 * ndtr(-abs(excess) / null)) if readers >= smallest and null > 0 else None,
    )


def agreeing(counts: Numbers) -> Numbers:
    """Of each cell, readers who stand higher in both or lower in both, (rows, columns)."""
    below = np.zeros((counts.shape[0] + 1, counts.shape[1] + 1))
    below[1:, 1:] = counts.cumsum(axis=0).cumsum(axis=1)
    above = np.zeros_like(below)
    above[:-1, :-1] = counts[::-1, ::-1].cumsum(axis=0).cumsum(axis=1)[::-1, ::-1]
    return below[:-1, :-1] + above[1:, 1:]


def error_of_tau(counts: Numbers, surplus: Numbers, tau: float, of_rows: float, of_columns: float) -> float:
    """w⁻² √(Σ n (2 w d + τ v)² - n³ τ² (wᵣ + w_c)²) with w² = wᵣ w_c and v = r w_c + c wᵣ of each cell."""
    readers, size = counts.sum(), np.sqrt(of_rows * of_columns)
    of_cell = counts.sum(axis=1, keepdims=True) * of_columns + counts.sum(axis=0, keepdims=True) * of_rows
    variance = (counts * (2 * size * surplus + tau * of_cell) ** 2).sum()
    variance -= readers**3 * tau**2 * (of_rows + of_columns) ** 2
    return float(np.sqrt(max(variance, 0.0)) / size**2)


def heights(table: Table, *, smallest: int) -> Heights | None:
    """Ordered rows against nominal columns (Kruskal & Wallis 1952), corrected for ties. None for one row or one column.

    H = [12 / (n (n + 1)) Σ R² / m - 3 (n + 1)] / [1 - Σ (t³ - t) / (n³ - n)], ε² = H / (n - 1).
    """
    counts = np.asarray(table, dtype=np.float64)
    counts = counts[:, counts.sum(axis=0) > 0]
    ties, groups = counts.sum(axis=1), counts.sum(axis=0)
    readers = groups.sum()
    untied = 1 - (ties**3 - ties).sum() / (readers**3 - readers) if readers > 1 else 0.0
    if counts.shape[1] < 2 or untied <= 1e-12:
        return None
    ranks = np.cumsum(ties) - (ties - 1) / 2
    sums = (counts * ranks[:, None]).sum(axis=0)
    plain = 12 / (readers * (readers + 1)) * (np.square(sums) / groups).sum() - 3 * (readers + 1)
    statistic, freedom = max(float(plain / untied), 0.0), len(groups) - 1
    tested = readers >= smallest and groups.min() >= FEWEST_IN_GROUP
    p = float(chdtrc(freedom, statistic)) if tested else None
    return Heights(statistic, freedom, p, min(1.0, statistic / (readers - 1)))


def superiority(first: Table, second: Table, *, level: float = 0.95) -> Superiority | None:
    """Two groups on one scale, counts (k,) each (Brunner & Munzel 2000). None below two readers in either group.

    With F and G their mid distribution functions the estimate is the second group's mean of F; its variance is that of
    F over the second and of G over the first group, t with Welch's degrees of freedom.
    """
    first, second = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    sizes = np.array([first.sum(), second.sum()])
    if sizes.min() < 2:
        return None
    placed_second, placed_first = middle_ranks(first), middle_ranks(second)
    likely = float((second * placed_second).sum() / sizes[1])
    variances = np.array([variance_of(placed_first, first), variance_of(placed_second, second)]) / sizes
    error = float(np.sqrt(variances.sum()))
    if not error:
        return Superiority(likely, likely, likely, 1.0 if likely == 0.5 else 0.0)
    freedom = float(variances.sum() ** 2 / (np.square(variances) / (sizes - 1)).sum())
    reach = float(stdtrit(freedom, (1 + level) / 2)) * error
    p = float(2 * stdtr(freedom, -abs(likely - 0.5) / error))
    return Superiority(likely, max(0.0, likely - reach), min(1.0, likely + reach), p)


def middle_ranks(counts: Numbers) -> Numbers:
    """Share below each step plus half of the share on it, (k,)."""
    return (np.cumsum(counts) - counts / 2) / counts.sum()


def variance_of(values: Numbers, counts: Numbers) -> float:
    """Of values (k,), each held by counts (k,) readers, with n - 1 below."""
    readers = counts.sum()
    mean = (values * counts).sum() / readers
    return float((np.square(values - mean) * counts).sum() / (readers - 1))
