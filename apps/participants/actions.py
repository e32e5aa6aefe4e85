"""What is written about participants beside their answers: limits, work that was done, and forgetting them."""

from typing import Any

from django.db import connection

from apps.common.writing import today
from apps.inquiries.queries import OPEN
from apps.participants.erasures import note_erasure
from apps.participants.models import Participant
from apps.participants.proof import solved_nonce
from apps.participants.queries import Identity
from apps.participants.receipts import receipt_hash

# One statement: fills the bucket by the time that passed, takes from it if there is enough, says whether it did.
TAKE = """
INSERT INTO participants_bucket AS bucket (key, level, filled_at)
VALUES (%(key)s, %(burst)s - %(cost)s, statement_timestamp())
ON CONFLICT (key) DO UPDATE SET
    level = least(%(burst)s, bucket.level + %(rate)s * extract(epoch FROM excluded.filled_at - bucket.filled_at))
        - %(cost)s,
    filled_at = excluded.filled_at
WHERE bucket.level + %(rate)s * extract(epoch FROM excluded.filled_at - bucket.filled_at) >= %(cost)s
RETURNING level
"""

# Only while the inquiry takes answers: of a closed one nobody becomes a participant by looking at it.
ADMIT = f"""
INSERT INTO participants_participant
    (pseudonym, inquiry_id, receipt_hash, coins, consent_sha256, consent_day, simulated)
SELECT %(pseudonym)s, inquiry.id, %(receipt)s, '{{}}'::jsonb, %(consent)s, %(day)s, FALSE
FROM inquiries_inquiry AS inquiry WHERE inquiry.id = %(inquiry)s AND {OPEN}
ON CONFLICT DO NOTHING
"""  # noqa: S608 - only constants are joined


def admit_participant(*, identity: Identity, consent: str) -> None:
    """Keep that a reader agreed and which receipt is theirs, before the first thing they do that is not an answer.

    Whoever is known already stays as they are. A first answer does the same in its own statement.
    """
    values: dict[str, Any] = {
        "pseudonym": identity.pseudonym,
        "inquiry": identity.inquiry_id,
        "receipt": receipt_hash(identity.pseudonym),
        "consent": consent,
        "day": today(),
    }
    with connection.cursor() as cursor:
        cursor.execute(ADMIT, values)


SPEND = """
INSERT INTO participants_spentproof (nonce, spent_at) VALUES (%s, statement_timestamp()) ON CONFLICT DO NOTHING
RETURNING nonce
"""


def take_from_bucket(key: bytes, rate: float, burst: float, cost: float = 1) -> bool:
    """Whether the call may go on: `burst` at once, refilled by `rate` per second. A refused call takes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"key": key, "rate": float(rate), "burst": float(burst), "cost": float(cost)})
        return cursor.fetchone() is not None


def spend_proof(*, proof: str, identity: Identity) -> bool:
    """Whether this reader has solved a challenge of ours, and sends the solution for the first time."""
    nonce = solved_nonce(proof, identity) if proof else None
    if nonce is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(SPEND, [nonce])
        return cursor.fetchone() is not None


def forget_participant(*, pseudonym: bytes) -> bool:
    """Removes token hash, consent, coins and receipt. The answers go first: `responses.actions.erase_response`.

    In the transaction of that one; the list of the erased has its row in it, too.
    """
    deleted, _ = Participant.objects.filter(pk=pseudonym).delete()
    if deleted:
        note_erasure(pseudonym)
    return deleted > 0
