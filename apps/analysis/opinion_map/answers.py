"""Votes laid out for fitting: one column per vote, reader by reader, with the smoothed rates of each statement."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.votes import CHOICES, Numbers, VoteMatrix, category

POLE = np.array([1.0, -1.0, 0.0, 0.0])  # an opinion moves agreeing against disagreeing, and nothing else
USUAL_RATES = np.array([0.55, 0.25, 0.12, 0.08])  # what a statement nobody voted on is thought to get
WEIGHT_OF_USUAL = 3.0


@dataclass(frozen=True)
class Answers:
    """N votes of n readers on m statements.

    `row` and `column` (N,) are places of reader and statement, `choice` (N,) the category, `starts` (n,) each reader's
    first vote. Only readers with votes are here.
    """

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    choice: NDArray[np.int64]
    starts: NDArray[np.int64]
    readers: int
    statements: int

    def by_reader(self, numbers: Numbers) -> Numbers:
        """(…, N) added up for each reader: (…, n)."""
        return np.asarray(np.add.reduceat(numbers, self.starts, axis=-1))

    def by_statement(self, numbers: Numbers) -> Numbers:
        """(k, N) added up for each statement: (k, m)."""
        sums = np.zeros((len(numbers), self.statements))
        for place, row in enumerate(numbers):
            sums[place] = np.bincount(self.column, row, minlength=self.statements)
        return sums

    def to_votes(self, of_readers: Numbers) -> Numbers:
        """(…, n), what belongs to each reader, repeated for each vote: (…, N)."""
        return np.repeat(of_readers, self.per_reader, axis=-1)

    @cached_property
    def per_reader(self) -> NDArray[np.int64]:
        return np.diff(np.append(self.starts, len(self.row)))


def softmax(logits: Numbers) -> Numbers:
    """Probabilities of the choices: (C, N) → (C, N), each column adding to 1; however far the odds lie apart."""
    odds = np.exp(logits - logits.max(axis=0))
    odds /= odds.sum(axis=0)
    return odds


def answers_of(votes: VoteMatrix) -> Answers:
    """The votes of readers who cast any; `row` counts only those."""
    numbers = votes.per_reader()
    present = numbers > 0
    return Answers(
        row=np.repeat(np.arange(present.sum()), numbers[present]),
        column=votes.indices.astype(np.int64),
        choice=category(votes.values),
        starts=votes.indptr[:-1][present],
        readers=int(present.sum()),
        statements=len(votes.statements),
    )


def log_rates(votes: VoteMatrix) -> Numbers:
    """Log of each statement's rate of agree, disagree, neither, unsure, drawn towards the usual ones: (4, S).

    A choice that nobody made in the whole conversation (older exports know no "unsure") has rate 0, log -inf.
    """
    counts = votes.counts().T.astype(float)
    offered = counts.sum(axis=1) > 0
    offered[:2] = True
    usual = np.where(offered, USUAL_RATES, 0.0)
    smoothed = counts + WEIGHT_OF_USUAL * (usual / usual.sum())[:, None]
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(smoothed / smoothed.sum(axis=0)))


def offered_choices(rates: Numbers) -> NDArray[np.intp]:
    """The categories that occur, as places in `CHOICES`."""
    return np.flatnonzero(np.isfinite(rates).all(axis=1)) if rates.shape[1] else np.arange(len(CHOICES))
