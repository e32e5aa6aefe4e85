"""The votes of a debate as they stood at a row of the log: what a map is made of, now and when it is made again.

Imported by the worker only: web processes have no numpy.
"""

from time import monotonic, sleep
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from apps.analysis.opinion_map.votes import VoteMatrix, only_readers
from apps.common.snapshots import one_moment
from apps.debates.matrices import read_authors, read_ballots, reader_ids, sparse, with_implied
from apps.debates.models import Debate
from apps.debates.queries import vote_watermark

MOST_SECONDS, PAUSE_SECONDS = 10.0, 0.05

# A vote that took its place in the log before the watermark, and is not there yet, holds this lock until it is.
WRITERS = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'debates_votelog'::regclass AND mode = 'RowExclusiveLock' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()
"""
# Votes that were cast later, each with the place of its reader among all ballots and what had stood there before.
LATER = """
WITH later AS (
    SELECT DISTINCT pseudonym, number FROM debates_votelog WHERE debate_id = %(debate)s AND id > %(watermark)s
), readers AS (
    SELECT pseudonym, row_number() OVER (ORDER BY imported_id NULLS LAST, pseudonym) - 1 AS place
    FROM debates_ballot WHERE debate_id = %(debate)s AND EXISTS (SELECT FROM later)
)
SELECT readers.place, later.number - 1, coalesce((
    SELECT choice FROM debates_votelog AS log
    WHERE log.pseudonym = later.pseudonym AND log.number = later.number AND log.id <= %(watermark)s
    ORDER BY revision DESC LIMIT 1
), 0)
FROM later JOIN readers USING (pseudonym)
"""

NEWCOMERS = "SELECT count(*) FROM debates_votelog WHERE debate_id = %s AND id > %s AND revision = 1"


class VotesStillArriving(Exception):
    """A writer has held the log for too long; the next round will do it."""


def settled_watermark(debate_id: int) -> int:
    """The last row of the log, every row before which is there to be read. Nobody who votes waits for it."""
    watermark, give_up = vote_watermark(debate_id), monotonic() + MOST_SECONDS
    writing = writers()
    while writing:
        if monotonic() > give_up:
            raise VotesStillArriving(debate_id)
        sleep(PAUSE_SECONDS)
        writing &= writers()
    return watermark


def writers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(WRITERS)
        return {row[0] for row in cursor.fetchall()}


def votes_until(debate: Debate, watermark: int, numbers: NDArray[np.int64]) -> tuple[VoteMatrix, int]:
    """Votes on the statements `numbers` (S,) of all who had cast one of them; and how many ballots there were."""
    with one_moment():
        imported, packed = read_ballots(debate)
        authors = read_authors(debate)
        later, came = later_votes(debate.pk, watermark), newcomers(debate.pk, watermark)
    if len(later):
        packed = packed.copy()
        packed[later[:, 0], later[:, 1]] = later[:, 2]
    votes = with_implied(sparse(reader_ids(imported), numbers, packed), authors)
    return only_readers(votes, votes.per_reader() > 0), len(packed) - came


def later_votes(debate_id: int, watermark: int) -> NDArray[Any]:
    """(n, 3): place of the reader, place in the ballot, and the choice that stood there at the watermark."""
    with connection.cursor() as cursor:
        cursor.execute(LATER, {"debate": debate_id, "watermark": watermark})
        return np.array(cursor.fetchall(), dtype=np.int64).reshape(-1, 3)


def newcomers(debate_id: int, watermark: int) -> int:
    """Readers whose first vote came later."""
    with connection.cursor() as cursor:
        cursor.execute(NEWCOMERS, [debate_id, watermark])
        return int(cursor.fetchone()[0])
