"""Readers who came as one: how much each of a cohort would weigh (trust.md 4). No published number uses this yet.

The rule is the same for all, says nothing about which option was chosen, and draws no lots: cohorts go by who equals
whom, weights by how many they are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RULE = "cohorts-1"
"""The version of this rule; another number stands for other weights."""
LIGHTEST = 0.1
FEWEST_VOTES = 10

Cohort = NDArray[np.int64]
Weights = NDArray[np.float64]


@dataclass(frozen=True)
class Weighted:
    """`weights` (readers,): 1 for whoever belongs to no cohort. `readers`: how many weigh less; `sum`: all together."""

    weights: Weights
    readers: int
    sum: float


def identical_votes(votes: NDArray[np.uint8], *, fewest: int = FEWEST_VOTES) -> Cohort:
    """Readers whose votes (readers, statements; 0 none) are the same, each of at least `fewest`: the number of their
    cohort (readers,), -1 for whoever is alone."""
    found = np.full(len(votes), -1)
    many = np.flatnonzero((votes > 0).sum(axis=1) >= fewest)
    if not len(many):
        return found
    whole = np.ascontiguousarray(votes[many]).view(np.dtype((np.void, votes.shape[1]))).ravel()
    _, place, size = np.unique(whole, return_inverse=True, return_counts=True)
    found[many] = np.where(size[place] > 1, place, -1)
    return found


def lightened(*cohorts: Cohort) -> Weighted:
    """1/√n for each of a cohort of n, at least 0.1; of several cohorts the lightest weight counts. Each (readers,)."""
    weights = np.ones(len(cohorts[0]) if cohorts else 0)
    for cohort in cohorts:
        inside = cohort >= 0
        size = np.bincount(cohort[inside])
        weights[inside] = np.minimum(weights[inside], np.maximum(1 / np.sqrt(size[cohort[inside]]), LIGHTEST))
    return Weighted(weights, int((weights < 1).sum()), float(weights.sum()))
