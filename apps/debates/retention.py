"""How long the debates keep what serves only for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from apps.common.retention import Retention, rows
from apps.debates.models import (
    Debate,
    Exposure,
    OpinionMap,
    Origin,
    RejectionReason,
    Statement,
    StatementState,
    VoteKey,
)

TWELVE_MONTHS = timedelta(days=366)  # whatever the year


def words(name: str, kept: timedelta, expired: Callable[[datetime], QuerySet[Statement]]) -> Retention:
    """The words go; that there was a statement, and what was decided about it, stays."""

    def wordy(limit: datetime) -> QuerySet[Statement]:
        return expired(limit).exclude(text="")

    return Retention(
        name,
        kept,
        count=lambda limit: wordy(limit).count(),
        purge=lambda limit: wordy(limit).update(text="", texts={}, folded=""),
    )


def not_published_for_personal_data(limit: datetime) -> QuerySet[Statement]:
    """Decided so long ago that nobody takes it back any more."""
    return Statement.objects.filter(
        state=StatementState.REJECTED, reason=RejectionReason.PERSONAL, moderated_at__lt=limit
    )


def never_published(limit: datetime) -> QuerySet[Statement]:
    """Of readers, where the inquiry closed so long ago. What is published stays, as a published page does."""
    closed = Statement.objects.filter(origin=Origin.READER, debate__inquiry__closes_at__lt=limit)
    return closed.exclude(state=StatementState.APPROVED)


def between_the_days(limit: datetime) -> QuerySet[OpinionMap]:
    """Maps after which another one told the same story on the same day."""
    dated = OpinionMap.objects.annotate(day=TruncDate("created_at"))
    later = dated.filter(
        debate=OuterRef("debate"), story=OuterRef("story"), day=OuterRef("day"), number__gt=OuterRef("number")
    )
    return dated.filter(Exists(later), created_at__lt=limit)


def shown(limit: datetime) -> QuerySet[Exposure]:
    """Who was shown what, where the inquiry closed so long ago. Maps that are stored keep what was worked out of it."""
    closed = Debate.objects.filter(inquiry__closes_at__lt=limit)
    return Exposure.objects.filter(debate_id__in=closed.values("pk"))


RULES = (
    rows(
        "keys of votes",
        timedelta(days=7),
        lambda limit: VoteKey.objects.filter(day__lte=timezone.localdate(limit)),
    ),
    words("personal data in statements", timedelta(days=7), not_published_for_personal_data),
    rows("maps between the days", timedelta(days=2), between_the_days),
    words("unpublished statements", TWELVE_MONTHS, never_published),
    rows("what was shown", TWELVE_MONTHS, shown),
)
