"""`work`: takes jobs from the queue in the database, and starts the periodic ones."""

import asyncio
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from apps.common.health import all_migrated, refuse_newer_tables
from apps.common.supervisor import say
from apps.common.threads import count_in_one_thread

JOBS_AT_ONCE = 2
TABLES_PAUSE = 1.0  # seconds between two looks whether the tables are there
GRACE_SECONDS = 15.0


class Command(BaseCommand):
    help = "Runs the worker: queued and periodic jobs, until SIGTERM."

    def handle(self, *args: object, **options: object) -> None:
        count_in_one_thread()
        refuse_newer_tables()
        wait_for_tables()
        try:
            asyncio.run(work())
        except ConnectorException as error:  # jobs are in the database: whoever starts us again finds them there
            raise CommandError(f"the worker has lost its database: {reason_of(error)}") from error


def reason_of(error: BaseException) -> str:
    """The first line of what the database said; its own exception repeats whole statements."""
    said = str(error.__cause__ or error).strip()
    return said.partition("\n")[0] or type(error).__name__


def wait_for_tables() -> None:
    """On a machine of its own a worker may be up before the first `serve` has made what it needs."""
    if not all_migrated():
        say("the worker waits for the tables that `serve` makes")
    while not all_migrated():
        time.sleep(TABLES_PAUSE)
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # the worker has connections of its own


async def work() -> None:
    """Until a signal comes; running jobs may finish. The connector of the worker is asynchronous and listens."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        async with app.open_async():
            await app.run_worker_async(
                concurrency=JOBS_AT_ONCE,
                delete_jobs="successful",
                shutdown_graceful_timeout=GRACE_SECONDS,
            )
