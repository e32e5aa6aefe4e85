"""Rows of the job queue as the worker leaves them."""

import json
from datetime import datetime

from django.db import connection

EVENTS = {"todo": "deferred", "doing": "started", "failed": "failed", "succeeded": "succeeded"}


def beat(at: datetime) -> None:
    """A worker that was alive then."""
    run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", at)


def started(at: datetime) -> None:
    """A periodic job that was begun then."""
    run(
        "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, periodic_id) VALUES ('tick', %s, '')",
        int(at.timestamp()),
    )


def job(
    name: str,
    *,
    at: datetime,
    status: str = "todo",
    scheduled_at: datetime | None = None,
    lock: str | None = None,
    **arguments: object,
) -> None:
    """One job, with the events that brought it into this state, all at one moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, status, scheduled_at)"
            " VALUES ('default', %s, %s, %s, %s, %s) RETURNING id",
            [name, lock, json.dumps(arguments), status, scheduled_at],
        )
        (key,) = cursor.fetchone()
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [key])
        for kind in dict.fromkeys(["deferred", EVENTS[status]]):
            cursor.execute("INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, %s, %s)", [key, kind, at])


def run(statement: str, value: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
