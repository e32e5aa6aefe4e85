"""When something is worth an alarm. Bounds are stated here and printed where an alarm is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

LOOKED_BACK = timedelta(days=14)
USUAL_HOURS = 24
"""What is usual is the median of so many hours before in which anything came."""
FEWEST_HOURS = 6
"""Fewer say nothing about what is usual: on the first morning everything is sudden."""
TIMES_USUAL = 5
SENT_AT_ONCE = 30
VIEWS_AT_ONCE = 50
PART_OF_VIEWS = 0.5

WORKER_SILENT = timedelta(minutes=2)
JOB_LATE = timedelta(minutes=10)
COUNT_LATE = timedelta(minutes=15)
RETENTION_LATE = timedelta(hours=2)
"""The round comes once an hour: what is past its time for longer was left lying."""
QUEUE_DAYS = 2
"""A statement keeps its day, not its hour: written the day before yesterday, it has waited for more than 24 hours."""
SILENT_AFTER_OPENING = DAY

Hours = Mapping[datetime, int]


@dataclass(frozen=True, slots=True)
class Sudden:
    """So many in one hour, where `usual` was usual."""

    hour: datetime
    count: int
    usual: float


def sudden(
    counts: Hours, *, now: datetime, at_least: int, busy: Hours | None = None, of_all: float = 0.0
) -> Sudden | None:
    """The newest hour of the last day that stands out: at least so many, and at least five times what is usual.

    `busy`: by hours in which anything came, where that is more than what is counted; then `of_all` is the part of it
    that the hour must hold.
    """
    every = counts if busy is None else busy
    for hour in sorted((hour for hour in counts if hour > now - DAY - HOUR), reverse=True):
        before = sorted(earlier for earlier, count in counts.items() if earlier < hour and count)
        usual = float(median([counts[earlier] for earlier in before[-USUAL_HOURS:]] or [0]))
        enough = sum(earlier < hour and count > 0 for earlier, count in every.items()) >= FEWEST_HOURS
        stands_out = counts[hour] >= at_least and counts[hour] >= TIMES_USUAL * usual
        if enough and stands_out and counts[hour] >= of_all * every.get(hour, 0):
            return Sudden(hour, counts[hour], usual)
    return None


def burst(sent: Hours, *, now: datetime) -> Sudden | None:
    """Many more answers in an hour than usual."""
    return sudden(sent, now=now, at_least=SENT_AT_ONCE)


def jump(views: Hours, all_views: Hours, *, now: datetime) -> Sudden | None:
    """One site brought many more readers in an hour than it usually does, and half of all who came then."""
    return sudden(views, now=now, at_least=VIEWS_AT_ONCE, busy=all_views, of_all=PART_OF_VIEWS)


def silent(seen_at: datetime | None, *, now: datetime) -> bool:
    """No sign of life from any worker."""
    return seen_at is None or now - seen_at > WORKER_SILENT


def late(due: datetime | None, *, now: datetime) -> bool:
    return due is not None and now - due > JOB_LATE


def uncounted_since(sent: Hours, *, counted_at: datetime | None, needed: int, now: datetime) -> datetime | None:
    """Since when enough answers for new results have lain uncounted, as far as whole hours tell it; None: all is well.

    An hour counts when it began after the last count and has been over for a quarter of one.
    """
    found = 0
    for hour, count in sorted(sent.items()):
        if (counted_at is None or hour >= counted_at) and hour + HOUR + COUNT_LATE <= now:
            found += count
            if found >= needed:
                return hour + HOUR
    return None


def waits_long(days: int | None) -> bool:
    return days is not None and days >= QUEUE_DAYS


def nothing_came(*, opened_at: datetime, answers: int, now: datetime) -> bool:
    return not answers and now - opened_at >= SILENT_AFTER_OPENING
