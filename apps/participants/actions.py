"""What is written about participants beside their answers: limits, and forgetting them."""

from django.db import connection

from apps.participants.models import Participant

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


def take_from_bucket(key: bytes, rate: float, burst: float, cost: float = 1) -> bool:
    """Whether the call may go on: `burst` at once, refilled by `rate` per second. A refused call takes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"key": key, "rate": float(rate), "burst": float(burst), "cost": float(cost)})
        return cursor.fetchone() is not None


def forget_participant(*, pseudonym: bytes) -> bool:
    """Removes token hash, consent, coins and receipt. The answers go first: `responses.actions.erase_response`."""
    deleted, _ = Participant.objects.filter(pk=pseudonym).delete()
    return deleted > 0
