"""Votes drawn from a known truth: groups, a spectrum, or nothing but habits."""

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.votes import VoteMatrix, vote_matrix

CHOICES = np.array([1, -1, 0], dtype=np.int8)


def planted_groups(
    readers: int, statements: int, *, k: int = 4, density: float = 0.2, seed: int = 0
) -> tuple[VoteMatrix, NDArray[np.int64]]:
    """One vote in ten is a pass; the others lean nine to one the way of the reader's group."""
    rng = np.random.default_rng(seed)
    groups = rng.integers(k, size=readers)
    agreeing = np.where(rng.random((k, statements)) < 0.5, 0.1, 0.9)
    row, column = np.nonzero(rng.random((readers, statements)) < density)
    agrees = rng.random(len(row)) < agreeing[groups[row], column]
    values = np.where(rng.random(len(row)) < 0.1, 0, np.where(agrees, 1, -1)).astype(np.int8)
    return vote_matrix(row, column, values, everyone=np.arange(readers), served=np.arange(statements)), groups


def planted_spectrum(
    readers: int, statements: int, *, pull: float, density: float = 0.3, seed: int = 0
) -> tuple[VoteMatrix, NDArray[np.float64]]:
    """Habits of answering, and one axis that pulls so strongly; 0: habits alone."""
    rng = np.random.default_rng(seed)
    rates = np.log(rng.dirichlet([5, 3, 2], statements).T)
    habits = rng.normal(0, 0.8, (3, readers))
    positions, slopes = rng.normal(size=readers), rng.normal(size=statements)
    logits = rates[:, None, :] + habits[:, :, None]
    logits = logits + pull * np.outer(positions, slopes) * np.array([1, -1, 0])[:, None, None]
    odds = np.exp(logits)
    reached = rng.random((readers, statements)) * odds.sum(axis=0)
    drawn = (reached > odds[0]).astype(int) + (reached > odds[0] + odds[1])
    row, column = np.nonzero(rng.random((readers, statements)) < density)
    votes = vote_matrix(
        row, column, CHOICES[drawn[row, column]], everyone=np.arange(readers), served=np.arange(statements)
    )
    return votes, positions


def shuffled_within_statements(votes: VoteMatrix, seed: int) -> VoteMatrix:
    """The same answers to each statement, dealt to its voters anew: nobody can think alike any more."""
    rng, values = np.random.default_rng(seed), votes.values.copy()
    for statement in range(len(votes.statements)):
        places = np.flatnonzero(votes.indices == statement)
        values[places] = rng.permutation(values[places])
    return VoteMatrix(votes.readers, votes.statements, votes.indptr, votes.indices, values)
