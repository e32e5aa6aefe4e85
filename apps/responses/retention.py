"""What may be kept for how long; the rest goes every night."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.models import AuditEntry
from apps.participants.models import Bucket
from apps.responses.models import IdempotencyKey


@dataclass(frozen=True, slots=True)
class Retention:
    """One kind of row, how long it is kept, and those that are past it."""

    name: str
    days: int
    expired: Callable[[datetime], QuerySet[Any]]


RULES = (
    Retention("idempotency keys", 7, lambda limit: IdempotencyKey.objects.filter(day__lt=timezone.localdate(limit))),
    Retention("limit buckets", 1, lambda limit: Bucket.objects.filter(filled_at__lt=limit)),
    Retention("audit entries", 730, lambda limit: AuditEntry.objects.filter(at__lt=limit)),
)


def overdue(now: datetime) -> dict[str, int]:
    """The gauge: how many rows of each kind should be gone already."""
    return {rule.name: rule.expired(now - timedelta(days=rule.days)).count() for rule in RULES}


def purge_expired(now: datetime) -> dict[str, int]:
    """Delete what is overdue; says how much of each kind."""
    return {rule.name: rule.expired(now - timedelta(days=rule.days)).delete()[0] for rule in RULES}
