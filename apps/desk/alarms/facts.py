"""What alarms rest on, of all inquiries at once: the number of queries does not depend on how many they are."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Max, Sum

from apps.accounts.models import AuditEntry
from apps.desk.alarms.rules import DAY, HOUR, LOOKED_BACK, RETENTION_LATE, VIEWS_AT_ONCE
from apps.inquiries.models import Inquiry
from apps.reports.retention import overdue
from apps.responses.models import VisitCount
from apps.responses.queries import SENT_SCREENS
from apps.responses.visits import OTHER_SOURCE

GAUGE_SECONDS = 600.0
"""So long a process remembers how much is overdue: it reads tables whole, and changes slowly."""

# Of hosts that brought many in some hour of the last day, every hour; of all others nothing.
BUSY_SOURCES = """
SELECT inquiry_id, source, hour, visits FROM (
    SELECT inquiry_id, source, hour, sum(visits) AS visits,
        max(sum(visits)) FILTER (WHERE hour > %(lately)s) OVER (PARTITION BY inquiry_id, source) AS most
    FROM responses_visitcount
    WHERE inquiry_id = ANY(%(inquiries)s) AND screen = 'cover' AND hour > %(since)s AND source NOT IN ('', %(other)s)
    GROUP BY inquiry_id, source, hour
) AS hourly WHERE most >= %(views)s
"""

WRITTEN = """
SELECT counted.inquiry, (
    SELECT count(DISTINCT pseudonym) FROM responses_responselog AS log
    WHERE log.inquiry_id = counted.inquiry AND log.id > counted.watermark
) FROM unnest(%s::bigint[], %s::bigint[]) AS counted (inquiry, watermark)
"""

Hourly = dict[datetime, int]


@dataclass
class Hours:
    """Of one inquiry: answers sent and first pages opened by hour, and the latter by host where one brought many."""

    sent: Hourly = field(default_factory=dict)
    views: Hourly = field(default_factory=dict)
    by_source: dict[str, Hourly] = field(default_factory=dict)


def hours_of(inquiries: Iterable[Inquiry], *, now: datetime) -> dict[int, Hours]:
    found: dict[int, Hours] = defaultdict(Hours)
    keys, since = [inquiry.pk for inquiry in inquiries], now - LOOKED_BACK
    rows = VisitCount.objects.filter(inquiry__in=keys, hour__gt=since, screen__in=["cover", *SENT_SCREENS])
    for key, screen, hour, visits in rows.values_list("inquiry_id", "screen", "hour").annotate(n=Sum("visits")):
        hours = found[key].views if screen == "cover" else found[key].sent
        hours[hour] = hours.get(hour, 0) + visits
    with connection.cursor() as cursor:
        cursor.execute(
            BUSY_SOURCES,
            {
                "inquiries": keys,
                "since": since,
                "lately": now - DAY - HOUR,
                "other": OTHER_SOURCE,
                "views": VIEWS_AT_ONCE,
            },
        )
        for key, source, hour, visits in cursor.fetchall():
            found[key].by_source.setdefault(source, {})[hour] = visits
    return found


def written_since(watermarks: Mapping[int, int]) -> dict[int, int]:
    """By inquiry: how many readers wrote after this row of the log."""
    if not watermarks:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [list(watermarks), list(watermarks.values())])
        return dict(cursor.fetchall())


def opened_at(inquiries: Sequence[Inquiry]) -> dict[int, datetime]:
    """When each was opened last: as planned, by somebody's hand, or when it came into being."""
    opened = AuditEntry.objects.filter(action="inquiry.opened", target__in=[each.slug for each in inquiries])
    by_slug = dict(opened.order_by().values_list("target").annotate(last=Max("at")))
    return {
        each.pk: max(moment for moment in (each.created_at, each.opens_at, by_slug.get(each.slug)) if moment)
        for each in inquiries
    }


class Gauge:
    """How many rows are long past their time, as one process knows it."""

    def __init__(self) -> None:
        self.read_at = float("-inf")
        self.rows = 0

    def read(self, now: datetime) -> int:
        if time.monotonic() - self.read_at > GAUGE_SECONDS:
            self.rows = sum(overdue(now - RETENTION_LATE).values())
            self.read_at = time.monotonic()
        return self.rows


gauge = Gauge()
