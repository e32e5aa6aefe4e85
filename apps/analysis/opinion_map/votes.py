"""Votes on statements as arrays: who voted what, and nothing about who they are.

Everything in this package is a pure function of a `VoteMatrix`, settings and a seed. The matrix is canonical: readers
and statements stand in the order of their ids, so the order in which votes came cannot change a result.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Values = NDArray[np.int8]
Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
Flags = NDArray[np.bool_]

AGREE, DISAGREE, NEITHER, UNSURE = 1, -1, 0, 2
CHOICES = (AGREE, DISAGREE, NEITHER, UNSURE)


@dataclass(frozen=True)
class VoteMatrix:
    """P readers × S statements, sparse; a vote that was not cast is absent.

    `readers` (P,) and `statements` (S,) hold the ids, ascending. Votes lie reader by reader: those of reader p are
    `indptr[p]:indptr[p + 1]` of `indices` (the statement's place, ascending) and `values` (+1 agree, -1 disagree,
    0 neither, 2 unsure). `implied` (votes,), where it is known, flags votes that writing the statement implied: an
    author's own, a facilitator's zero. They tell where the author stands, and are no witness for the statement.
    """

    readers: Ids
    statements: Ids
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    values: Values
    implied: Flags | None = None

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.readers), len(self.statements)

    @property
    def votes(self) -> int:
        return len(self.values)

    def rows(self) -> NDArray[np.int32]:
        """The reader's place of each vote, shape (votes,)."""
        return np.repeat(np.arange(len(self.readers), dtype=np.int32), np.diff(self.indptr))

    def per_reader(self) -> NDArray[np.int64]:
        """How many votes each reader cast, shape (P,)."""
        return np.diff(self.indptr)

    def counts(self) -> NDArray[np.int64]:
        """How often each statement got agree, disagree, neither, unsure: shape (S, 4)."""
        places = self.indices.astype(np.int64) * len(CHOICES) + category(self.values)
        return np.bincount(places, minlength=len(self.statements) * len(CHOICES)).reshape(-1, len(CHOICES))


def category(values: Values) -> NDArray[np.int64]:
    """The place of each choice in `CHOICES`: any shape → the same shape."""
    return np.select([values == choice for choice in CHOICES], range(len(CHOICES)), -1)


def vote_matrix(
    readers: Ids, statements: Ids, values: Values, *, everyone: Ids | None = None, served: Ids | None = None
) -> VoteMatrix:
    """Votes in any order, three arrays of one length, as a canonical matrix.

    `everyone` names readers to keep even without a vote; `served` the statements that are columns: votes on others are
    left out. Raises ValueError for a choice that does not exist and for two votes of one reader on one statement.
    """
    if not (len(readers) == len(statements) == len(values)):
        raise ValueError("readers, statements and values must have one length")
    if not np.isin(values, CHOICES).all():
        raise ValueError("a vote is 1 (agree), -1 (disagree), 0 (neither) or 2 (unsure)")
    columns = np.unique(statements if served is None else served).astype(np.int64)
    kept = np.isin(statements, columns)
    rows = np.unique(readers[kept] if everyone is None else everyone).astype(np.int64)
    kept &= np.isin(readers, rows)
    row, column = np.searchsorted(rows, readers[kept]), np.searchsorted(columns, statements[kept])
    order = np.lexsort((column, row))
    row, column = row[order], column[order]
    if np.any((row[1:] == row[:-1]) & (column[1:] == column[:-1])):
        raise ValueError("a reader has two votes on one statement")
    indptr = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(rows)))]).astype(np.int64)
    return VoteMatrix(rows, columns, indptr, column.astype(np.int32), values[kept][order].astype(np.int8))


def without_light_voters(votes: VoteMatrix, *, fewest: int) -> VoteMatrix:
    """The same statements, only readers with at least so many votes."""
    return only_readers(votes, votes.per_reader() >= fewest)


def only_readers(votes: VoteMatrix, kept: Flags) -> VoteMatrix:
    """The readers flagged in `kept`, shape (P,), with their votes; statements stay as they are."""
    of_kept = np.repeat(kept, votes.per_reader())
    indptr = np.concatenate([[0], np.cumsum(votes.per_reader()[kept])]).astype(np.int64)
    return replace(only_part(votes, of_kept), readers=votes.readers[kept], indptr=indptr)


def only_votes(votes: VoteMatrix, kept: Flags) -> VoteMatrix:
    """The votes flagged in `kept`, shape (votes,); readers and statements stay as they are."""
    counts = np.bincount(votes.rows()[kept], minlength=len(votes.readers))
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return replace(only_part(votes, kept), indptr=indptr)


def only_part(votes: VoteMatrix, kept: Flags) -> VoteMatrix:
    """Without the votes not kept, whose readers are still to be told."""
    implied = None if votes.implied is None else votes.implied[kept]
    return replace(votes, indices=votes.indices[kept], values=votes.values[kept], implied=implied)


def witnesses(votes: VoteMatrix) -> VoteMatrix:
    """Without implied votes: what may speak for or against a statement."""
    return votes if votes.implied is None else only_votes(votes, ~votes.implied)
