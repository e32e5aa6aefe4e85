"""What the worker does for the debates. Web processes import this, too: nothing reaches for numpy before it runs."""

import asyncio
import logging
import sys
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from apps.debates.actions import open_debate
from apps.debates.models import OpinionMap
from apps.debates.queries import inquiries_to_debate
from apps.debates.rules import debates_with_a_map_due

log = logging.getLogger(__name__)

MOST_SECONDS = 3600.0
PAUSE_AFTER_FAILURE = timedelta(minutes=10)
tried: dict[str, datetime] = {}
"""By address, when this worker last had a map drawn: one that fails again and again leaves room for others."""


class MapNotDrawn(Exception):
    """The job counts as failed, which the desk tells."""


@app.periodic(cron="* * * * * */15")
@app.task(queueing_lock="count_debates", pass_context=False)
def count_debates(timestamp: int) -> None:
    """Plants the editors' newest statements and counts the votes, so that what is shown next fits how they stand."""
    from apps.debates.counting import refresh_standing

    for inquiry in inquiries_to_debate(timezone.now()):
        try:
            refresh_standing(debate=open_debate(inquiry=inquiry))
        except Exception:
            log.exception("the votes on %s were not counted", inquiry)


@app.periodic(cron="* * * * * */30")
@app.task(queueing_lock="look_for_due_maps", pass_context=False)
def look_for_due_maps(timestamp: int) -> None:
    """Looks into the logs; whoever votes touches nothing for this. A run that was killed is due again."""
    now = timezone.now()
    for debate, last in debates_with_a_map_due(now):
        slug = debate.inquiry.slug
        if not failed_lately(slug, last, now):
            tried[slug] = now
            enqueue_map(slug)


def failed_lately(slug: str, last: OpinionMap | None, now: datetime) -> bool:
    """Whether it was tried a short while ago and no map has come of it."""
    at = tried.get(slug)
    return at is not None and now - at < PAUSE_AFTER_FAILURE and (last is None or last.created_at < at)


def enqueue_map(slug: str) -> None:
    """Once, however often it is asked for before it begins."""
    try:
        draw_map_of.configure(queueing_lock=f"map of {slug}", lock="maps").defer(slug=slug)
    except AlreadyEnqueued:
        log.debug("the map of %s waits to be drawn", slug)


@app.task(pass_context=False)
async def draw_map_of(slug: str) -> None:
    """One map at a time, in a process of its own: the worker goes on counting meanwhile, the memory is given back, and
    a run that comes to grief takes nobody with it."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "draw_maps", "--give-way", slug]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
    try:
        ended = await asyncio.wait_for(process.wait(), MOST_SECONDS)
    finally:
        if process.returncode is None:
            process.kill()
    if ended:
        raise MapNotDrawn(slug)
    tried.pop(slug, None)
