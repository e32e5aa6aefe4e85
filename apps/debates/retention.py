"""How long the debates keep what serves only for a while."""

from datetime import timedelta

from django.utils import timezone

from apps.common.retention import rows
from apps.debates.models import VoteKey

RULES = (
    rows(
        "keys of votes",
        timedelta(days=7),
        lambda limit: VoteKey.objects.filter(day__lte=timezone.localdate(limit)),
    ),
)
