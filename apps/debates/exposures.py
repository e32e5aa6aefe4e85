"""Who was shown what: collected in the process, written at most once a second.

What is shown next must cost no more than a read; a commit for each look would be a write. Nothing depends on rows that
are not written yet: a reader's draws follow from the reader, so another process that does not know of them makes the
same ones, and of two equal rows the first stays.
"""

import json
import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import connection

from apps.common.writing import today
from apps.debates.routing import POLICY, Dealt

log = logging.getLogger(__name__)

FLUSH_SECONDS = 1.0
MOST_WAITING = 20_000  # rows; where the database is gone for long, later ones are dropped

# Answered is what has a vote by now, which may have come faster. Of a debate that was deleted nothing is kept.
ADD = """
WITH policy AS (
    INSERT INTO debates_routingpolicy (version, settings, day) VALUES (%(policy)s, %(settings)s, %(day)s)
    ON CONFLICT DO NOTHING
)
INSERT INTO debates_exposure (pseudonym, position, debate_id, number, policy, probability, answered, day)
SELECT seen.pseudonym, seen.position, seen.debate_id, seen.number, %(policy)s, seen.probability,
    CASE WHEN length(ballot.votes) >= seen.number THEN get_byte(ballot.votes, seen.number - 1) > 0 ELSE FALSE END,
    %(day)s
FROM unnest(
    %(pseudonyms)s::bytea[], %(positions)s::int[], %(debates)s::bigint[], %(numbers)s::int[],
    %(probabilities)s::float8[]
) AS seen (pseudonym, position, debate_id, number, probability)
JOIN debates_debate AS debate ON debate.inquiry_id = seen.debate_id
LEFT JOIN debates_ballot AS ballot ON ballot.pseudonym = seen.pseudonym
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Shown:
    debate_id: int
    pseudonym: bytes
    dealt: Dealt


class Waiting:
    """Rows of one process that are not written yet."""

    def __init__(self) -> None:
        self.by_reader: dict[bytes, list[Shown]] = {}
        self.rows = 0
        self.flushed_at = 0.0
        self.timer: threading.Timer | None = None
        self.lock = threading.Lock()

    def of(self, pseudonym: bytes) -> list[Shown]:
        with self.lock:
            return list(self.by_reader.get(pseudonym, ()))

    def add(self, shown: Iterable[Shown]) -> bool:
        """Says whether it is time to write. If not, a timer will, in case nobody comes any more."""
        with self.lock:
            for each in shown:
                if self.rows < MOST_WAITING:
                    self.by_reader.setdefault(each.pseudonym, []).append(each)
                    self.rows += 1
            left = self.flushed_at + FLUSH_SECONDS - time.monotonic()
            if left > 0 and self.timer is None:
                self.timer = threading.Timer(left, flush_and_disconnect)
                self.timer.start()
            return left <= 0

    def forget(self, pseudonym: bytes) -> None:
        with self.lock:
            self.rows -= len(self.by_reader.pop(pseudonym, ()))

    def take(self) -> list[Shown]:
        with self.lock:
            taken = [each for rows in self.by_reader.values() for each in rows]
            self.by_reader, self.rows, self.flushed_at, self.timer = {}, 0, time.monotonic(), None
            return taken


waiting = Waiting()


def note_exposures(shown: list[Shown]) -> None:
    """Remember what a reader is shown; now and then this call also writes what was remembered."""
    if shown and waiting.add(shown):
        flush_exposures()


def shown_but_unwritten(pseudonym: bytes) -> dict[int, int]:
    """Numbers by position, as far as this process knows."""
    return {each.dealt.position: each.dealt.number for each in waiting.of(pseudonym)}


def flush_exposures() -> None:
    """Write what was collected so far; what cannot be written waits on."""
    taken = waiting.take()
    try:
        add_exposures(taken)
    except Exception:
        waiting.add(taken)
        raise


def flush_and_disconnect() -> None:
    """In a thread of its own, which has a connection of its own."""
    try:
        flush_exposures()
    except Exception:
        log.exception("what was shown could not be written yet")
    finally:
        connection.close()


def add_exposures(shown: list[Shown]) -> None:
    if not shown:
        return
    rows = sorted(shown, key=lambda each: (each.pseudonym, each.dealt.position))  # one order, so that none waits round
    with connection.cursor() as cursor:
        cursor.execute(
            ADD,
            {
                "policy": POLICY.version,
                "settings": json.dumps(asdict(POLICY)),
                "day": today(),
                "pseudonyms": [each.pseudonym for each in rows],
                "positions": [each.dealt.position for each in rows],
                "debates": [each.debate_id for each in rows],
                "numbers": [each.dealt.number for each in rows],
                "probabilities": [each.dealt.probability for each in rows],
            },
        )
