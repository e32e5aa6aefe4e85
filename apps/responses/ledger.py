"""The two statements that every answer takes. Written by hand because each round trip counts; nothing else writes here.

READ tells in one go whether the inquiry takes answers, what this reader answered before, and whether the key was used.
CREATE and CHANGE are each one statement and therefore one transaction: first the latest row, then the log row, then the
key. The log row and the key come from what the first step returned, so none of the three can be there without the
others. Where a concurrent write came first, the first step touches nothing and the statement returns no row.
"""
# ruff: noqa: S608 - only constants of this file are joined into a statement

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.common.writing import prepared_cursor as _cursor
from apps.inquiries.queries import OPEN

READ = f"""
SELECT {OPEN}, answer.revision, answer.version_id, answer.answers, answer.finished, answer.screen, answer.visible_ms,
    answer.signals, participant.receipt_hash, participant.coins -> 'arm', used.body_sha256, used.reply
FROM inquiries_inquiry AS inquiry
LEFT JOIN responses_response AS answer ON answer.pseudonym = %(pseudonym)s
LEFT JOIN participants_participant AS participant ON participant.pseudonym = %(pseudonym)s
LEFT JOIN responses_idempotencykey AS used ON used.pseudonym = %(pseudonym)s AND used.key = %(key)s
WHERE inquiry.id = %(inquiry)s AND inquiry.slug = %(slug)s
"""

LOG_AND_KEY = """
log AS (
    INSERT INTO responses_responselog (pseudonym, inquiry_id, version_id, revision, answers, status, day)
    SELECT pseudonym, inquiry_id, version_id, revision, answers, status, changed_day FROM answer
), used AS (
    INSERT INTO responses_idempotencykey (pseudonym, key, body_sha256, reply, day)
    SELECT pseudonym, %(key)s, %(body)s, %(reply)s::jsonb, changed_day FROM answer
)
SELECT revision FROM answer
"""

CREATE = f"""
WITH answer AS (
    INSERT INTO responses_response (pseudonym, inquiry_id, version_id, revision, answers, codes, status, finished,
        screen, language, device, visible_ms, signals, started_day, changed_day, simulated)
    SELECT %(pseudonym)s, inquiry.id, %(version)s, 1, %(answers)s::jsonb, %(codes)s, %(status)s, %(finished)s,
        %(screen)s, %(language)s, %(device)s, %(visible)s::jsonb, %(signals)s, %(day)s, %(day)s, %(simulated)s
    FROM inquiries_inquiry AS inquiry WHERE inquiry.id = %(inquiry)s AND inquiry.slug = %(slug)s AND {OPEN}
    ON CONFLICT (pseudonym) DO NOTHING
    RETURNING *
), participant AS (
    INSERT INTO participants_participant (pseudonym, inquiry_id, receipt_hash, coins, consent_sha256, consent_day,
        simulated)
    SELECT pseudonym, inquiry_id, %(receipt)s, %(coins)s::jsonb, %(consent)s, changed_day, simulated FROM answer
    ON CONFLICT (pseudonym) DO UPDATE SET coins = excluded.coins, consent_sha256 = excluded.consent_sha256,
        consent_day = excluded.consent_day
), {LOG_AND_KEY}
"""

CHANGE = f"""
WITH answer AS (
    UPDATE responses_response AS stored
    SET version_id = %(version)s, revision = stored.revision + 1, answers = %(answers)s::jsonb, codes = %(codes)s,
        status = %(status)s, finished = %(finished)s, screen = %(screen)s, language = %(language)s,
        visible_ms = %(visible)s::jsonb, signals = %(signals)s, changed_day = %(day)s
    WHERE stored.pseudonym = %(pseudonym)s AND stored.revision = %(seen)s
        AND EXISTS (SELECT 1 FROM inquiries_inquiry AS inquiry WHERE inquiry.id = stored.inquiry_id AND {OPEN})
    RETURNING *
), {LOG_AND_KEY}
"""

LOCK = "SELECT 1 FROM responses_response WHERE pseudonym = %(pseudonym)s FOR UPDATE"


@dataclass(frozen=True, slots=True)
class Stored:
    """What READ found. Revision 0: this reader has not answered yet."""

    open: bool
    revision: int
    version_id: int
    answers: dict[str, Any]
    finished: bool
    screen: int
    visible_ms: dict[str, int]
    signals: int
    receipt_hash: bytes | None
    arm: int | None
    used_body: bytes | None
    used_reply: dict[str, Any]


NOTHING_YET = Stored(
    open=True,
    revision=0,
    version_id=0,
    answers={},
    finished=False,
    screen=1,
    visible_ms={},
    signals=0,
    receipt_hash=None,
    arm=None,
    used_body=None,
    used_reply={},
)


def read(*, inquiry_id: int, slug: str, pseudonym: bytes, key: UUID) -> Stored | None:
    """None where the inquiry is gone, or no longer the one of this address."""
    row = _one(READ, {"inquiry": inquiry_id, "slug": slug, "pseudonym": pseudonym, "key": key})
    if row is None:
        return None
    is_open, revision, version_id, answers, finished, screen, visible, signals, receipt, arm, body, reply = row
    return Stored(
        open=is_open,
        revision=revision or 0,
        version_id=version_id or 0,
        answers=json.loads(answers) if answers else {},
        finished=bool(finished),
        screen=screen or 1,
        visible_ms=json.loads(visible) if visible else {},
        signals=signals or 0,
        receipt_hash=receipt,
        arm=arm and int(arm),
        used_body=body,
        used_reply=json.loads(reply) if reply else {},
    )


def create(values: dict[str, Any]) -> bool:
    """Whether this was the reader's first answer and is now kept."""
    return _one(CREATE, values) is not None


def change(values: dict[str, Any]) -> bool:
    """Whether the row was still as it had been read and is now replaced."""
    return _one(CHANGE, values) is not None


def lock(pseudonym: bytes) -> None:
    """Holds the reader's row until the surrounding transaction ends."""
    _one(LOCK, {"pseudonym": pseudonym})


def _one(statement: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
    with _cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()
