"""What may be kept for how long; the rest goes every hour."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.models import AuditEntry
from apps.participants.models import Bucket
from apps.responses.models import IdempotencyKey
from apps.responses.words import count_words, forget_words


@dataclass(frozen=True, slots=True)
class Retention:
    """One kind of thing, how long it is kept, how many are older than a moment, and how those go."""

    name: str
    kept: timedelta
    count: Callable[[datetime], int]
    purge: Callable[[datetime], int]


def rows(name: str, kept: timedelta, expired: Callable[[datetime], QuerySet[Any]]) -> Retention:
    """Whole rows that go."""
    return Retention(
        name, kept, count=lambda limit: expired(limit).count(), purge=lambda limit: expired(limit).delete()[0]
    )


RULES = (
    rows(
        "idempotency keys",
        timedelta(days=7),
        lambda limit: IdempotencyKey.objects.filter(day__lte=timezone.localdate(limit)),
    ),
    # An hour less than the day that the privacy page names, because the round comes once an hour.
    rows("limit buckets", timedelta(hours=23), lambda limit: Bucket.objects.filter(filled_at__lt=limit)),
    # Twelve and twenty-four months, whatever the year: the database refuses to let go of anything younger.
    Retention("free text", timedelta(days=366), count=count_words, purge=forget_words),
    rows("audit entries", timedelta(days=731), lambda limit: AuditEntry.objects.filter(at__lt=limit)),
)


def overdue(now: datetime) -> dict[str, int]:
    """The gauge: how many of each kind should be gone already."""
    return {rule.name: rule.count(now - rule.kept) for rule in RULES}


def purge_expired(now: datetime) -> dict[str, int]:
    """Delete what is overdue; says how much of each kind."""
    return {rule.name: rule.purge(now - rule.kept) for rule in RULES}
