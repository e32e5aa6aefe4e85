"""How often each screen was opened: counted in memory, written at most every five seconds.

A counter row that every reader touches would make them wait for one another. What a process counted in its last
seconds is lost when it dies; these are page views, not answers.
"""

import threading
import time
from collections import Counter
from datetime import datetime

from django.db import connection
from django.utils import timezone

FLUSH_SECONDS = 5.0
MOST_KINDS = 200  # of one flush; beyond it the source is dropped, so that nobody fills the table with invented hosts
OTHER_SOURCE = "…"

# Visits to an inquiry that was deleted meanwhile are dropped by the join.
ADD = """
INSERT INTO responses_visitcount AS kept (inquiry_id, hour, screen, source, device, language, visits)
SELECT inquiry.id, hour, screen, source, device, language, visits
FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[], %s::int[])
    AS seen (inquiry_id, hour, screen, source, device, language, visits)
JOIN inquiries_inquiry AS inquiry ON inquiry.id = seen.inquiry_id
ON CONFLICT (inquiry_id, hour, screen, source, device, language) DO UPDATE SET visits = kept.visits + excluded.visits
"""

Kind = tuple[int, datetime, str, str, str, str]


class VisitCounter:
    """Counts of one process."""

    def __init__(self) -> None:
        self.counts: Counter[Kind] = Counter()
        self.flushed_at = time.monotonic()
        self.lock = threading.Lock()

    def note(self, kind: Kind) -> Counter[Kind]:
        """Count one visit; hands out everything counted so far when it is time to write."""
        with self.lock:
            if kind not in self.counts and len(self.counts) >= MOST_KINDS:
                kind = (*kind[:3], OTHER_SOURCE, *kind[4:])
            self.counts[kind] += 1
            return self._take() if time.monotonic() - self.flushed_at >= FLUSH_SECONDS else Counter()

    def take(self) -> Counter[Kind]:
        with self.lock:
            return self._take()

    def _take(self) -> Counter[Kind]:
        taken, self.counts, self.flushed_at = self.counts, Counter(), time.monotonic()
        return taken


counter = VisitCounter()


def note_visit(*, inquiry_id: int, screen: str, source: str, device: str, language: str) -> None:
    """Count that a screen was opened; now and then this call also writes what was counted."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    add_visits(counter.note((inquiry_id, hour, screen, source, device, language)))


def flush_visits() -> None:
    """Write what was counted so far."""
    add_visits(counter.take())


def add_visits(counts: Counter[Kind]) -> None:
    """Add counted visits to those that are kept."""
    if not counts:
        return
    kinds = sorted(counts)  # one order for all processes, so that two flushes cannot wait for each other
    columns = [list(column) for column in zip(*kinds, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(ADD, [*columns, [counts[kind] for kind in kinds]])
