"""Words that stand in the same answers.

Counts are answers, (words, words): how many hold both words, and on the diagonal how many hold the one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import Counts

Numbers = NDArray[np.float64]


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


def jaccard(counts: Counts) -> Numbers:
    """c / (a + b - c) of two words that a and b answers hold, both of them c (words, words); 0 where none is used."""
    both, alone = counts.astype(np.float64), np.diag(counts).astype(np.float64)
    either = np.add.outer(alone, alone) - both
    return np.divide(both, either, out=np.zeros_like(both), where=either > 0)


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
