"""An export that was asked for on the desk, made by the worker."""

import logging
import secrets

from django.db import connection
from django.utils import timezone

from apps.reports.exports.asked import folder, path_of
from apps.reports.exports.exporting import export_responses, steps_of
from apps.reports.exports.formats import FORMATS
from apps.reports.models import Export, ExportState

log = logging.getLogger(__name__)


def make_copy(*, export_id: int) -> None:
    """Made once; where it fails the page says so, and the log says why."""
    export = Export.objects.select_related("inquiry__publication", "by").filter(pk=export_id).first()
    if export is None or export.state != ExportState.WAITING or export.file:
        return
    export.steps = steps_of(export.inquiry, export.kind)
    export.file = f"{export.pk}-{secrets.token_hex(8)}{FORMATS[export.kind].suffix}"
    export.save(update_fields=["steps", "file"])
    try:
        export.responses = write(export)
        export.state, export.ready_at = ExportState.READY, timezone.now()
    except Exception:
        log.exception("an export of %s was not made", export.inquiry)
        export.state = ExportState.FAILED
    export.save(update_fields=["state", "responses", "ready_at"])


def write(export: Export) -> int:
    folder().mkdir(mode=0o700, exist_ok=True)
    return export_responses(
        inquiry=export.inquiry,
        path=path_of(export),
        kind=export.kind,
        language=export.language,
        raw_text=export.raw_text,
        reason=export.reason,
        by=export.by,
        seen=Counting(export),
    )


class Counting:
    """How far it is, kept where the page finds it; while the answers are read nobody outside would see it."""

    def __init__(self, export: Export) -> None:
        self.export = export

    def __call__(self, rows: int) -> None:
        self.export.done += rows
        if not connection.in_atomic_block:
            self.export.save(update_fields=["done"])
