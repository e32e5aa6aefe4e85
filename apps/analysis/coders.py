"""Whether two people who sorted the same answers into codes saw the same in them.

From a table (codes, codes): the first coder's code by the second's, of the answers that both have coded.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from apps.analysis.tabulation import Counts

Numbers = NDArray[np.float64]
Indexes = NDArray[np.integer]


@dataclass(frozen=True)
class Agreement:
    """`coefficient` 1 … 0 as by chance … below, with its 95 % interval; `share`: coded alike, of `answers`."""

    coefficient: float
    low: float
    high: float
    share: float
    answers: int


def coded_by_both(first: Indexes, second: Indexes, size: int) -> Counts:
    """(size, size) from the codes 0 … size - 1 that each coder gave, (answers,); negative where one gave none."""
    both = (first >= 0) & (second >= 0)
    return np.bincount(first[both] * size + second[both], minlength=size * size).reshape(size, size)


def kappa(table: Counts, level: float = 0.95) -> Agreement | None:
    """Cohen's kappa (1960), error of Fleiss, Cohen & Everitt (1969). None where nobody coded or all is one code.

    κ = (pₒ - pₑ) / (1 - pₑ). Variance Σᵢ pᵢᵢ [(1 - pₑ) - (rᵢ + cᵢ)(1 - pₒ)]² + (1 - pₒ)² Σ_{i≠j} pᵢⱼ (cᵢ + rⱼ)² -
    (pₒ pₑ - 2 pₑ + pₒ)², by n (1 - pₑ)⁴, with the rows' shares r and the columns' shares c.
    """
    answers = int(table.sum())
    if not answers:
        return None
    p = table / answers
    rows, columns, seen = p.sum(axis=1), p.sum(axis=0), float(np.trace(p))
    chance = float(rows @ columns)
    if chance >= 1 - 1e-12:
        return None
    found = (seen - chance) / (1 - chance)
    on = (np.diag(p) * ((1 - chance) - (rows + columns) * (1 - seen)) ** 2).sum()
    apart = p * (1 - np.eye(len(p)))
    off = (1 - seen) ** 2 * (apart * np.add.outer(columns, rows) ** 2).sum()
    variance = (on + off - (seen * chance - 2 * chance + seen) ** 2) / (answers * (1 - chance) ** 4)
    reach = NormalDist().inv_cdf((1 + level) / 2) * float(np.sqrt(max(variance, 0.0)))
    return Agreement(found, max(-1.0, found - reach), min(1.0, found + reach), seen, answers)


def alpha(table: Counts, rng: Generator, *, draws: int = 2000, level: float = 0.95) -> Agreement | None:
    """Krippendorff's nominal alpha (2004) of two coders, interval by drawing the answers anew. None as for kappa."""
    answers, size = int(table.sum()), len(table)
    found = alphas(table[None])[0] if answers else np.nan
    if np.isnan(found):
        return None
    drawn = rng.multinomial(answers, table.ravel() / answers, size=draws).reshape(draws, size, size)
    again = alphas(drawn)
    low, high = np.nanquantile(again, [(1 - level) / 2, (1 + level) / 2])
    return Agreement(float(found), float(low), float(high), float(np.trace(table) / answers), answers)


def alphas(tables: Counts) -> Numbers:
    """1 - Dₒ / Dₑ of each of (tables, codes, codes), not a number where nothing can differ.

    Of n coincidences o = table + tableᵀ, nᵢ of each code, any two codes equally far: Dₒ = Σ_{i≠j} oᵢⱼ / n,
    Dₑ = Σ_{i≠j} nᵢ nⱼ / n (n - 1).
    """
    distance = 1 - np.eye(tables.shape[1])
    coincidences = (tables + tables.transpose(0, 2, 1)).astype(np.float64)
    of_code = coincidences.sum(axis=2)
    number = of_code.sum(axis=1)
    seen = (coincidences * distance).sum(axis=(1, 2)) * (number - 1)
    expected = np.einsum("ti,ij,tj->t", of_code, distance, of_code)
    return 1 - np.divide(seen, expected, out=np.full(len(tables), np.nan), where=expected > 0)
