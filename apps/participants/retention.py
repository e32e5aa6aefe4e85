"""How long is kept what only serves to know a sender again."""

from datetime import timedelta

from apps.common.retention import rows
from apps.participants.erasures import RULE
from apps.participants.models import Bucket, SpentProof

# Five minutes less than the quarter of an hour that is promised, because the round comes every five.
RULES = (rows("spent proofs", timedelta(minutes=10), lambda limit: SpentProof.objects.filter(spent_at__lt=limit)),)

# An hour less than the day that the privacy page names, because the round comes once an hour.
LATER = (
    rows("limit buckets", timedelta(hours=23), lambda limit: Bucket.objects.filter(filled_at__lt=limit)),
    RULE,
)
"""What has no hurry: once an hour is enough."""
