"""What the worker does for the debates. Web processes import this, too: nothing reaches for numpy before it runs."""

import logging

from procrastinate.contrib.django import app

from apps.debates.actions import open_debate
from apps.debates.queries import debates_that_take_votes

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * * */15")
@app.task(queueing_lock="count_debates", pass_context=False)
def count_debates(timestamp: int) -> None:
    """Plants statements of a newer version and counts the votes, so that what is shown next fits how they stand."""
    from apps.debates.counting import refresh_standing

    for debate in debates_that_take_votes():
        try:
            open_debate(inquiry=debate.inquiry)
            refresh_standing(debate=debate)
        except Exception:
            log.exception("the votes on %s were not counted", debate)
