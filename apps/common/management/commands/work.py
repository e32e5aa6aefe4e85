"""`work`: takes jobs from the queue in the database, and starts the periodic ones."""

import asyncio
import os

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

JOBS_AT_ONCE = 2
GRACE_SECONDS = 15.0


class Command(BaseCommand):
    help = "Runs the worker: queued and periodic jobs, until SIGTERM."

    def handle(self, *args: object, **options: object) -> None:
        # Numerical libraries read these when they are first imported; more threads than cores only wait for each other.
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ[name] = "1"
        asyncio.run(work())


async def work() -> None:
    """Until a signal comes; running jobs may finish. The connector of the worker is asynchronous and listens."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        async with app.open_async():
            await app.run_worker_async(
                concurrency=JOBS_AT_ONCE,
                delete_jobs="successful",
                shutdown_graceful_timeout=GRACE_SECONDS,
            )
