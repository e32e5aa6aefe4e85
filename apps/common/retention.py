"""What may be kept for how long, said by each app for what it keeps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet


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
