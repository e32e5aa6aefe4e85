"""How the job worker is doing, read from the queue in the database: alive, behind, or with jobs that came to grief."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from apps.common.retention import Retention

FAILED_LATELY = timedelta(days=1)
FAILURES_KEPT = timedelta(days=7)

# Workers that end properly take their row with them; then the last periodic job says until when one was there. A job
# that waits for its lock is behind another of the same kind, not behind its time.
STATE = """
SELECT (SELECT max(last_heartbeat) FROM procrastinate_workers),
    (SELECT to_timestamp(max(defer_timestamp)) FROM procrastinate_periodic_defers),
    (SELECT min(due) FROM (
        SELECT coalesce(job.scheduled_at, (SELECT min(at) FROM procrastinate_events WHERE job_id = job.id)) AS due
        FROM procrastinate_jobs AS job
        WHERE job.status = 'todo' AND NOT EXISTS (
            SELECT FROM procrastinate_jobs AS running WHERE running.lock = job.lock AND running.status = 'doing'
        )
    ) AS waiting WHERE due <= %(now)s)
"""
FAILURES = """
SELECT job.task_name, job.args, max(event.at)
FROM procrastinate_jobs AS job
JOIN procrastinate_events AS event ON event.job_id = job.id AND event.type = 'failed'
WHERE job.status = 'failed' AND event.at > %(since)s
GROUP BY job.task_name, job.args
"""


OLD_FAILURES = """
FROM procrastinate_jobs AS job WHERE job.status = 'failed' AND NOT EXISTS (
    SELECT FROM procrastinate_events AS event WHERE event.job_id = job.id AND event.at >= %(limit)s
)
"""


@dataclass(frozen=True, slots=True)
class WorkerState:
    """`seen_at`: the last sign of life; None where there was never one. `oldest_due`: since when the job waits that
    should have begun longest ago."""

    seen_at: datetime | None
    oldest_due: datetime | None


@dataclass(frozen=True, slots=True)
class Failure:
    task: str
    arguments: dict[str, object]
    at: datetime


def worker_state(now: datetime) -> WorkerState:
    with connection.cursor() as cursor:
        cursor.execute(STATE, {"now": now})
        beat, started, oldest = cursor.fetchone()
    return WorkerState(max(filter(None, (beat, started)), default=None), oldest)


def failures(now: datetime) -> list[Failure]:
    """Jobs of the last day that failed and were not tried again, the newest of each kind. Those that went well are
    gone, so a later success does not show here."""
    with connection.cursor() as cursor:
        cursor.execute(FAILURES, {"since": now - FAILED_LATELY})
        rows = cursor.fetchall()
    return [Failure(task, json.loads(args) if isinstance(args, str) else args, at) for task, args, at in rows]


def count_old_failures(limit: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {OLD_FAILURES}", {"limit": limit})
        return int(cursor.fetchone()[0])


def forget_old_failures(limit: datetime) -> int:
    """Jobs that went well are deleted at once; of others it is known for a week that they failed."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE {OLD_FAILURES}", {"limit": limit})
        return cursor.rowcount


RULES = (Retention("failed jobs", FAILURES_KEPT, count=count_old_failures, purge=forget_old_failures),)
