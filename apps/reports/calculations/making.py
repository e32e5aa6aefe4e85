"""The worker's side: work it out, keep it, say what went wrong."""

import logging
from dataclasses import asdict
from time import monotonic

from django.db import transaction
from django.utils import timezone

from apps.common.snapshots import see_one_moment
from apps.reports.calculations.asking import watermark
from apps.reports.calculations.kinds import CannotBeCalculated, calculate
from apps.reports.models import Calculation, CalculationState
from apps.reports.queries import this_moment

log = logging.getLogger(__name__)

PUBLISHED = ("edition",)
"""Kinds that may be published: of these it is kept which answers they rest on."""


def work_out(*, calculation_id: int) -> None:
    """What failed is not tried again before something has changed; a refusal is an answer, and kept as one."""
    found = Calculation.objects.select_related("inquiry__publication").filter(pk=calculation_id).first()
    if found is None or found.state != CalculationState.WAITING:
        return
    begun = monotonic()
    try:
        with transaction.atomic():
            see_one_moment()
            found.wanted_watermark = watermark(found.inquiry_id)
            found.inquiry.refresh_from_db(fields=["privacy_profile"])  # as it is at the moment that the mark stands for
            found.seen = asdict(this_moment(found.inquiry_id)) if found.kind in PUBLISHED else {}
            found.content = dict(calculate(found.kind)(found.inquiry, found.parameters))
        found.state, found.refusal = CalculationState.READY, {}
    except CannotBeCalculated as refused:
        found.state, found.content = CalculationState.READY, None
        found.refusal = {"code": refused.code, **refused.detail}
    except Exception:
        log.exception("%s of %s was not calculated", found.kind, found.inquiry)
        found.state, found.content = CalculationState.FAILED, None
    found.ready_at, found.took_ms = timezone.now(), int(1000 * (monotonic() - begun))
    found.save(update_fields=["state", "content", "refusal", "wanted_watermark", "seen", "ready_at", "took_ms"])
