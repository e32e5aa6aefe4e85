"""How far apart two shares of one question must lie before a sentence may call one of them larger."""

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


def goodman(counts: Counts, base: int, level: float = 0.95) -> tuple[Shares, Shares]:
    """Simultaneous intervals of k shares (Goodman 1965), two arrays of shape (k,).

    [c + 2x ± sqrt(c (c + 4 x (n - x) / n))] / 2 (n + c), c = chi² with one degree of freedom at 1 - (1 - level) / k,
    which is the square of the normal quantile at 1 - (1 - level) / 2k.
    """
    c = NormalDist().inv_cdf(1 - (1 - level) / (2 * len(counts))) ** 2
    root: Shares = np.sqrt(c * (c + 4 * counts * (base - counts) / base))
    return (c + 2 * counts - root) / (2 * (base + c)), (c + 2 * counts + root) / (2 * (base + c))


def lead(counts: Counts, base: int) -> Lead:
    """Which of the categories (k,) lead. A distance smaller than the width of the largest one's interval is none."""
    low, high = goodman(counts, base)
    order = np.argsort(-counts, kind="stable")
    width = float(high[order[0]] - low[order[0]])
    near = [int(cell) for cell in order if (counts[order[0]] - counts[cell]) / base < width]
    return Lead(leaders=tuple(near), width=width)
