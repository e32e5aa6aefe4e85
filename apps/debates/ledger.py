"""The statement that every vote takes. Written by hand because each round trip counts; nothing else writes votes.

CAST is one statement and therefore one transaction, in one round trip: it looks whether the inquiry is open and the
statement is served, takes from the reader's bucket of votes, sets the byte of the ballot, marks the card as answered,
adds the log row and the key. All of these come from what the step before returned, so none can be there without the
others. Where something spoke against the vote no row comes back, nothing was taken, and READ tells what it was.
"""
# ruff: noqa: S608 - only constants of this file are joined into a statement

import json
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction

from apps.common.writing import prepared_cursor
from apps.inquiries.queries import OPEN

LEVEL = (
    "least(%(burst)s, bucket.level + %(rate)s * extract(epoch FROM statement_timestamp() - bucket.filled_at)::float8)"
)

CAST = f"""
WITH allowed AS (
    SELECT inquiry.id AS debate_id
    FROM inquiries_inquiry AS inquiry
    JOIN debates_statement AS statement ON statement.debate_id = inquiry.id AND statement.number = %(number)s
    WHERE inquiry.id = %(inquiry)s AND inquiry.slug = %(slug)s AND {OPEN}
        AND (statement.state = 'approved' OR %(choice)s = 0)
        AND NOT EXISTS (
            SELECT 1 FROM debates_votekey AS used WHERE used.pseudonym = %(pseudonym)s AND used.key = %(key)s
        )
), paced AS (
    INSERT INTO participants_bucket AS bucket (key, level, filled_at)
    SELECT %(bucket)s, %(burst)s - 1, statement_timestamp() FROM allowed
    ON CONFLICT (key) DO UPDATE SET level = {LEVEL} - 1, filled_at = excluded.filled_at WHERE {LEVEL} >= 1
    RETURNING key
), ballot AS (
    INSERT INTO debates_ballot AS stored (pseudonym, debate_id, votes, revision, replaced)
    SELECT %(pseudonym)s, debate_id, %(alone)s, 1, 0 FROM allowed, paced
    ON CONFLICT (pseudonym) DO UPDATE SET
        votes = set_byte(
            stored.votes || substring(excluded.votes FROM length(stored.votes) + 1), %(number)s - 1, %(choice)s
        ),
        revision = stored.revision + 1,
        replaced = CASE WHEN length(stored.votes) < %(number)s THEN 0 ELSE get_byte(stored.votes, %(number)s - 1) END
    RETURNING pseudonym, debate_id, revision, replaced
), shown AS (
    UPDATE debates_exposure AS card SET answered = TRUE FROM ballot
    WHERE card.pseudonym = ballot.pseudonym AND card.number = %(number)s AND NOT card.answered AND %(choice)s > 0
), log AS (
    INSERT INTO debates_votelog (pseudonym, debate_id, number, choice, revision, day)
    SELECT pseudonym, debate_id, %(number)s, %(choice)s, revision, %(day)s FROM ballot
), used AS (
    INSERT INTO debates_votekey (pseudonym, key, body_sha256, reply, day)
    SELECT pseudonym, %(key)s, %(body)s, jsonb_build_object('revision', revision, 'replaced', replaced), %(day)s
    FROM ballot
)
SELECT revision, replaced FROM ballot
"""

READ = f"""
SELECT {OPEN}, statement.state, used.body_sha256, used.reply, coalesce(ceil((1 - {LEVEL}) / %(rate)s), 0)
FROM inquiries_inquiry AS inquiry
LEFT JOIN debates_statement AS statement ON statement.debate_id = inquiry.id AND statement.number = %(number)s
LEFT JOIN debates_votekey AS used ON used.pseudonym = %(pseudonym)s AND used.key = %(key)s
LEFT JOIN participants_bucket AS bucket ON bucket.key = %(bucket)s
WHERE inquiry.id = %(inquiry)s AND inquiry.slug = %(slug)s
"""


@dataclass(frozen=True, slots=True)
class Written:
    """`replaced`: the choice that stood there before, 0 for none."""

    revision: int
    replaced: int


@dataclass(frozen=True, slots=True)
class Found:
    """Why nothing was written. `state` is empty where there is no such statement; `seconds`: until the next vote."""

    open: bool
    state: str
    used_body: bytes | None
    used_reply: dict[str, Any]
    seconds: int


def cast(values: dict[str, Any]) -> Written | None:
    """None where something spoke against it, or the same key was on its way at the same moment."""
    alone = bytes(values["number"] - 1) + bytes([values["choice"]])
    try:
        # Inside somebody's transaction a lost race must not end that; outside, one statement needs none.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            row = _one(CAST, {**values, "alone": alone})
    except IntegrityError:
        return None
    return Written(*row) if row else None


def read(values: dict[str, Any]) -> Found | None:
    """None where the inquiry is gone, or no longer the one of this address."""
    row = _one(READ, values)
    if row is None:
        return None
    is_open, state, body, reply, seconds = row
    return Found(bool(is_open), state or "", body, json.loads(reply) if reply else {}, max(0, int(seconds)))


def _one(statement: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
    with prepared_cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()
