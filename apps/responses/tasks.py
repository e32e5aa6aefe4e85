"""What the worker does for the answers."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.responses.retention import purge_expired

log = logging.getLogger(__name__)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="purge", pass_context=False)
def purge(timestamp: int) -> None:
    """Every hour: delete what may not be kept any longer."""
    log.info("purged: %s", purge_expired(timezone.now()))
