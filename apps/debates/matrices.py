"""Ballots as arrays for the mathematics. Imported where something is computed only: web processes have no numpy."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from apps.analysis.opinion_map.votes import AGREE, DISAGREE, NEITHER, UNSURE, VoteMatrix
from apps.common.snapshots import one_moment
from apps.common.streams import copied
from apps.debates.models import Debate, Statement, StatementState

# Every row has the same length, so that the stream as it comes is an array: 2 bytes number of fields, then for each
# field 4 bytes length and the value; before the rows 19 bytes of head, behind them 2 of tail.
BALLOTS = """
COPY (
    SELECT coalesce(imported_id, -1), substring(votes || %(zeros)s FROM 1 FOR %(statements)s)
    FROM debates_ballot WHERE debate_id = %(debate)s ORDER BY imported_id NULLS LAST, pseudonym
) TO STDOUT (FORMAT binary)
"""
PSEUDONYMS = """
SELECT coalesce(string_agg(pseudonym, ''::bytea ORDER BY imported_id NULLS LAST, pseudonym), ''::bytea)
FROM debates_ballot WHERE debate_id = %(debate)s
"""
ROOM_TO_SORT = "SET LOCAL work_mem = '256MB'"  # 100,000 ballots are put in order without going by way of a disk
HEAD, TAIL = 19, 2
# Whoever wrote a statement, here or where it was imported from, and their place among the ballots.
AUTHORS = """
WITH written AS (
    SELECT number, author, imported_author FROM debates_statement
    WHERE debate_id = %(debate)s AND (author IS NOT NULL OR imported_author IS NOT NULL)
), readers AS (
    SELECT pseudonym, imported_id, row_number() OVER (ORDER BY imported_id NULLS LAST, pseudonym) - 1 AS place
    FROM debates_ballot WHERE debate_id = %(debate)s AND EXISTS (SELECT FROM written)
)
SELECT place, number FROM readers JOIN written ON written.author = readers.pseudonym
UNION SELECT place, number FROM readers JOIN written ON written.imported_author = readers.imported_id
ORDER BY place, number
"""
READERS_AT_ONCE = 1024
VALUE = np.array(
    [0, AGREE, DISAGREE, NEITHER, UNSURE], dtype=np.int8
)  # by the byte of the ballot; 0 is never looked up


def vote_matrix_of(debate: Debate, *, also_unpublished: bool = False) -> VoteMatrix:
    """Everyone's votes; statements by their numbers, readers by imported id or, behind those, in no telling order.

    Columns are the statements that readers are shown. `also_unpublished`: all but merged ones, as Polis counts them.
    """
    states = set(StatementState.values) - {StatementState.MERGED} if also_unpublished else {StatementState.APPROVED}
    numbers = Statement.objects.filter(debate=debate, state__in=states).order_by("number")
    columns = np.array(list(numbers.values_list("number", flat=True)), dtype=np.int64)
    with one_moment():
        imported, packed = read_ballots(debate)
        authors = read_authors(debate)
    return with_implied(sparse(reader_ids(imported), columns, packed), authors)


def read_ballots(debate: Debate) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Imported ids (P,), -1 for readers of our own, and their ballots (P, numbers given out so far)."""
    statements = Statement.objects.filter(debate=debate).count()
    row = np.dtype(
        [("fields", ">i2"), ("size", ">i4"), ("id", ">i8"), ("length", ">i4"), ("votes", np.uint8, (statements,))]
    )
    values = {"debate": debate.pk, "statements": statements, "zeros": bytes(statements)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROOM_TO_SORT)
        with copied(BALLOTS, values) as copy:
            stream = b"".join(copy)
    rows = np.frombuffer(stream, dtype=row, offset=HEAD, count=(len(stream) - HEAD - TAIL) // row.itemsize)
    return rows["id"].astype(np.int64), rows["votes"]


def read_pseudonyms(debate: Debate) -> bytes:
    """Of all ballots in the order of `read_ballots`, 16 bytes each."""
    with connection.cursor() as cursor:
        cursor.execute(PSEUDONYMS, {"debate": debate.pk})
        return bytes(cursor.fetchone()[0])


def read_authors(debate: Debate) -> list[tuple[int, int]]:
    """Place among the ballots and statement number of each author who has a ballot.

    Polis casts a vote of the author with every comment: agreeing, or a zero for what facilitators bring along.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROOM_TO_SORT)
        cursor.execute(AUTHORS, {"debate": debate.pk})
        return [(int(place), int(number)) for place, number in cursor.fetchall()]


def with_implied(votes: VoteMatrix, authors: list[tuple[int, int]]) -> VoteMatrix:
    """The votes of authors on what they wrote themselves are flagged."""
    implied = np.zeros(votes.votes, dtype=bool)
    for place, number in authors:
        first, last = votes.indptr[place], votes.indptr[place + 1]
        own = votes.statements[votes.indices[first:last]] == number
        implied[first:last] |= own
    return replace(votes, implied=implied)


def reader_ids(imported: NDArray[np.int64]) -> NDArray[np.int64]:
    """(P,) → (P,): imported ids as they are, all others counted on behind them. Imported ones come first."""
    here = imported < 0
    beyond = imported.max(initial=-1) + 1
    return np.where(here, beyond + np.cumsum(here) - 1, imported)


def sparse(readers: NDArray[np.int64], columns: NDArray[np.int64], packed: NDArray[np.uint8]) -> VoteMatrix:
    """Readers (P,) ascending and their ballots (P, N) as a matrix of the statements `columns` (S,) ascending."""
    blocks = list(served_blocks(packed, columns))
    per_reader = np.concatenate([[0], *(np.count_nonzero(block, axis=1) for block in blocks)])
    indptr = np.cumsum(per_reader, dtype=np.int64)
    indices, values = np.empty(indptr[-1], dtype=np.int32), np.empty(indptr[-1], dtype=np.int8)
    places = np.tile(np.arange(len(columns), dtype=np.int32), READERS_AT_ONCE)
    for number, block in enumerate(blocks):
        first, last = indptr[number * READERS_AT_ONCE], indptr[number * READERS_AT_ONCE + len(block)]
        cells = np.ascontiguousarray(block).ravel()
        voted = np.flatnonzero(cells != 0)
        indices[first:last] = places[voted]
        values[first:last] = VALUE[cells[voted]]
    return VoteMatrix(readers, columns, indptr, indices, values)


def served_blocks(packed: NDArray[np.uint8], columns: NDArray[np.int64]) -> Iterator[NDArray[np.uint8]]:
    """Some readers at a time, only the columns that count: a few copies that stay in the processor's own memory."""
    everything = len(columns) == packed.shape[1]
    for start in range(0, len(packed), READERS_AT_ONCE):
        block = packed[start : start + READERS_AT_ONCE]
        yield block if everything else block[:, columns - 1]
