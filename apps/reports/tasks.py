"""Work that nobody waits for. Imported by web processes too, so nothing here reaches for numpy before it runs."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.reports.actions import publish_epoch
from apps.reports.queries import inquiries_to_count
from apps.reports.retention import SOON, purge_expired

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * * */30")
@app.task(queueing_lock="publish_due_epochs")
def publish_due_epochs(timestamp: int) -> None:
    """Looks at every inquiry that may have new answers. One that fails does not keep the others from being counted."""
    for inquiry in inquiries_to_count():
        try:
            publish_epoch(inquiry=inquiry, now=timezone.now())
        except Exception:
            log.exception("no epoch of %s", inquiry)


@app.periodic(cron="* * * * * */30")
@app.task(queueing_lock="draw_share_cards")
def draw_share_cards(timestamp: int) -> None:
    """Cards of inquiries whose title, state or results have changed."""
    from apps.reports.cards.keeping import draw_due

    draw_due(timezone.now())


@app.periodic(cron="* * * * * */30")
@app.task(queueing_lock="make_edition_files")
def make_edition_files(timestamp: int) -> None:
    """PDF and pictures of reports that were published since."""
    from apps.reports.documents.editions import make_due

    make_due()


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="purge", pass_context=False)
def purge(timestamp: int) -> None:
    """Every hour: delete what may not be kept any longer."""
    log.info("purged: %s", purge_expired(timezone.now()))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="purge_soon", pass_context=False)
def purge_soon(timestamp: int) -> None:
    """Every five minutes: delete what may be kept for minutes only, in memory as well."""
    from apps.reports.crosstables.memory import forget_old

    purge_expired(timezone.now(), SOON)
    forget_old()


@app.task(name="make_export")
def make_export(export_id: int) -> None:
    """What somebody asked for on the desk. It is made once: a run that was killed is asked for again."""
    from apps.reports.exports.desk_copy import make_copy

    make_copy(export_id=export_id)


@app.task(name="make_calculation")
def make_calculation(calculation_id: int) -> None:
    """What a page of the desk waits for."""
    from apps.reports.calculations.making import work_out

    work_out(calculation_id=calculation_id)
