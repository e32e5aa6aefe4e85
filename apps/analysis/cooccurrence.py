"""Words that stand in the same answers.

Counts are answers, (words, words): how many hold both words, and on the diagonal how many hold the one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import Counts

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Cooccurrence:
    """Each (words, words), symmetric. `jaccard` and `dice` 0 … 1; `pmi` in nats, minus infinity where two words never
    meet; `npmi` -1 never … 0 by chance … 1 always together."""

    jaccard: Numbers
    dice: Numbers
    pmi: Numbers
    npmi: Numbers


@dataclass(frozen=True)
class Edge:
    """Two words, by their places in the counts, how strongly they belong together, and how many `answers` hold both."""

    one: int
    other: int
    strength: float
    answers: int


def together(holds: NDArray[np.bool_]) -> Counts:
    """Counts (words, words) from which answer holds which word, (answers, words)."""
    present = holds.astype(np.float64)
    return np.rint(present.T @ present).astype(np.int64)


def cooccurrence(counts: Counts, answers: int) -> Cooccurrence:
    """Jaccard c / (a + b - c), Dice 2 c / (a + b), PMI ln(c n / a b) (Church & Hanks 1990), NPMI = PMI / -ln(c / n)
    (Bouma 2009) of two words that a and b of n answers hold, both of them c."""
    both, alone = counts.astype(np.float64), np.diag(counts).astype(np.float64)
    total = np.add.outer(alone, alone)
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.where(both > 0, np.log(both * answers / np.outer(alone, alone)), -np.inf)
        npmi = np.where(both > 0, pmi / -np.log(both / answers), -1.0)
    npmi[both == answers] = 0.0  # in every answer both: no surprise at all
    return Cooccurrence(ratio(both, total - both), ratio(2 * both, total), pmi, npmi)


def ratio(above: Numbers, below: Numbers) -> Numbers:
    """Of each pair (words, words); 0 where there is nothing to divide by."""
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def strongest(strength: Numbers, counts: Counts, *, smallest: int, most: int = 60) -> tuple[Edge, ...]:
    """Pairs by `strength` (words, words), largest first; each word and both together in at least `smallest` answers."""
    frequent = np.diag(counts) >= smallest
    allowed = np.triu(np.outer(frequent, frequent) & (counts >= smallest), k=1)
    one, other = np.nonzero(allowed)
    order = np.argsort(-strength[one, other], kind="stable")[:most]
    return tuple(
        Edge(int(a), int(b), float(strength[a, b]), int(counts[a, b]))
        for a, b in zip(one[order], other[order], strict=True)
    )
