"""How long is kept what only serves to know a sender again."""

from datetime import timedelta

from apps.common.retention import rows
from apps.participants.erasures import RULE
from apps.participants.models import SpentProof

# Five minutes less than the quarter of an hour that is promised, because the round comes every five.
RULES = (rows("spent proofs", timedelta(minutes=10), lambda limit: SpentProof.objects.filter(spent_at__lt=limit)),)

LATER = (RULE,)
"""What has no hurry: once an hour is enough."""
