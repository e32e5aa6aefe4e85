"""How far from the share that was counted another one is still plausible, and when one share may be called larger."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import Counts

Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Lead:
    """The categories that lead: one, or several where the largest is not clearly ahead of the next."""

    leaders: tuple[int, ...]
    width: float


def goodman(counts: Counts | Shares, base: int, level: float = 0.95) -> tuple[Shares, Shares]:
    """Simultaneous intervals of k shares (Goodman 1965), two arrays of shape (k,).

    [c + 2x ± sqrt(c (c + 4 x (n - x) / n))] / 2 (n + c), c = chi² with one degree of freedom at 1 - (1 - level) / k,
    which is the square of the normal quantile at 1 - (1 - level) / 2k.
    """
    counts = np.asarray(counts, dtype=np.float64)  # their squares would not fit into whole numbers
    c = NormalDist().inv_cdf(1 - (1 - level) / (2 * len(counts))) ** 2
    root: Shares = np.sqrt(c * (c + 4 * counts * (base - counts) / base))
    return (c + 2 * counts - root) / (2 * (base + c)), (c + 2 * counts + root) / (2 * (base + c))


def wilson(counts: Counts | Shares, base: int | Shares, level: float = 0.95) -> tuple[Shares, Shares]:
    """Score intervals of single shares (Wilson 1927); counts and bases of one shape, need not be whole.

    (p + z²/2n ± z √(p (1 - p) / n + z²/4n²)) / (1 + z²/n). Where nobody answered anything is possible: 0 … 1.
    """
    counts, base = np.asarray(counts, dtype=np.float64), np.asarray(base, dtype=np.float64)
    z = NormalDist().inv_cdf((1 + level) / 2)
    nobody = base <= 0
    safe = np.where(nobody, 1.0, base)
    part = counts / safe
    middle = (part + z * z / (2 * safe)) / (1 + z * z / safe)
    reach = z * np.sqrt(np.clip(part * (1 - part), 0, None) / safe + z * z / (4 * safe * safe)) / (1 + z * z / safe)
    return np.where(nobody, 0.0, np.clip(middle - reach, 0, 1)), np.where(nobody, 1.0, np.clip(middle + reach, 0, 1))


def agresti_coull(counts: Counts, base: int, level: float = 0.95) -> tuple[Shares, Shares]:
    """p ± z √(p (1 - p) / (n + z²)) with p = (x + z²/2) / (n + z²) (Agresti & Coull 1998), cut to 0 … 1."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    readers = base + z * z
    middle = (np.asarray(counts) + z * z / 2) / readers
    reach = z * np.sqrt(middle * (1 - middle) / readers)
    return np.clip(middle - reach, 0, 1), np.clip(middle + reach, 0, 1)


def difference(first: tuple[int, int], second: tuple[int, int], level: float = 0.95) -> tuple[float, float]:
    """Interval of the first share less the second, each as (count, base), by Newcombe's hybrid of scores (1998).

    d - √((p₁ - l₁)² + (u₂ - p₂)²) … d + √((u₁ - p₁)² + (p₂ - l₂)²) with Wilson's l and u of each.
    """
    counts, bases = np.array([first, second], dtype=np.float64).T
    low, high = wilson(counts, bases, level)
    p = counts / bases
    below = np.hypot(p[0] - low[0], high[1] - p[1])
    above = np.hypot(high[0] - p[0], p[1] - low[1])
    return float(p[0] - p[1] - below), float(p[0] - p[1] + above)


def lead(counts: Counts, base: int) -> Lead:
    """Which of the categories (k,) lead. A distance smaller than the width of the largest one's interval is none."""
    low, high = goodman(counts, base)
    order = np.argsort(-counts, kind="stable")
    width = float(high[order[0]] - low[order[0]])
    near = [int(cell) for cell in order if (counts[order[0]] - counts[cell]) / base < width]
    return Lead(leaders=tuple(near), width=width)
