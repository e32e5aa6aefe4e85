"""Exports that staff asked for on the desk: asking, where the file lies, how long. The worker makes them."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.common.retention import Retention
from apps.inquiries.models import Inquiry
from apps.reports.models import Export, ExportState

KEPT = timedelta(minutes=15)
GIVEN_UP = timedelta(hours=12)
"""A run that has neither ended nor failed by then was killed."""
SHOWN = 20


class OneAtATime(Exception):
    """This person's last export of the inquiry is still being made."""


def ask_for_export(*, inquiry: Inquiry, by: User, kind: str, language: str, raw_text: bool, reason: str) -> Export:
    """The row and the job come together, or neither. Raises OneAtATime."""
    from apps.reports.tasks import make_export

    try:
        with transaction.atomic():
            export = Export.objects.create(
                inquiry=inquiry, by=by, kind=kind, language=language, raw_text=raw_text, reason=reason
            )
            make_export.defer(export_id=export.pk)
    except IntegrityError as error:
        raise OneAtATime(inquiry) from error
    return export


def exports_of(inquiry: Inquiry, by: User, *, now: datetime) -> list[Export]:
    """One's own, the newest first, as long as they can be fetched; failed ones for as long."""
    fresh = Q(state=ExportState.WAITING) | Q(asked_at__gt=now - KEPT) | Q(ready_at__gt=now - KEPT)
    return list(Export.objects.filter(fresh, inquiry=inquiry, by=by)[:SHOWN])


def fetchable(inquiry: Inquiry, by: User, number: int, *, now: datetime) -> Export | None:
    """One's own, ready, not yet past its time, and with its file."""
    found = Export.objects.filter(
        pk=number, inquiry=inquiry, by=by, state=ExportState.READY, ready_at__gt=now - KEPT
    ).first()
    return found if found and path_of(found).is_file() else None


def folder() -> Path:
    return settings.DATA_DIR / "exports"


def path_of(export: Export) -> Path:
    return folder() / export.file


def past(limit: datetime) -> QuerySet[Export]:
    """`limit`: the moment before which an export had to be ready in order to be gone now."""
    killed = Q(state=ExportState.WAITING, asked_at__lt=limit - GIVEN_UP)
    failed = Q(state=ExportState.FAILED, asked_at__lt=limit)
    return Export.objects.filter(killed | failed | Q(ready_at__lt=limit))


def leftovers(limit: datetime) -> list[Path]:
    """Files of no export: of a run that was killed, or of an inquiry that was deleted."""
    known = set(Export.objects.exclude(file="").values_list("file", flat=True))
    found = folder().iterdir() if folder().is_dir() else ()
    old = (limit - GIVEN_UP).timestamp()
    return [path for path in found if path.name not in known and path.is_file() and path.stat().st_mtime < old]


def count_past(limit: datetime) -> int:
    return past(limit).count() + len(leftovers(limit))


def remove_past(limit: datetime) -> int:
    """The file first: a row without a file says so, a file without a row would be forgotten."""
    gone = list(past(limit))
    for path in [*(path_of(export) for export in gone if export.file), *leftovers(limit)]:
        path.unlink(missing_ok=True)
    return Export.objects.filter(pk__in=[export.pk for export in gone]).delete()[0]


RULES = (Retention("exports", KEPT, count=count_past, purge=remove_past),)
