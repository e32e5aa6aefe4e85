"""Which cross-tables the editors chose for the report, always without filters; those that would tell what others
withhold are left out when it is counted (`together`)."""

from django.db import transaction

from apps.accounts.actions import record_audit
from apps.accounts.models import User
from apps.inquiries.models import Inquiry
from apps.reports.crosstables.asked import Asked
from apps.reports.models import ReportTable

MOST = 20


class TooMany(Exception):
    """A report with more tables than anybody reads."""


class Filtered(Exception):
    """Tables of a part of the readers stay on the desk: who has several of them could work out small cells."""


@transaction.atomic
def add_table(*, inquiry: Inquiry, wanted: Asked, by: User) -> ReportTable:
    """Pressed twice, it stands there once."""
    if wanted.filters:
        raise Filtered
    Inquiry.objects.select_for_update(no_key=True).get(pk=inquiry.pk)
    tables = ReportTable.objects.filter(inquiry=inquiry)
    if tables.count() >= MOST and not tables.filter(rows=wanted.rows, columns=wanted.columns).exists():
        raise TooMany
    found, made = ReportTable.objects.get_or_create(
        inquiry=inquiry, rows=wanted.rows, columns=wanted.columns, defaults={"added_by": by}
    )
    if made:
        note(inquiry, by, "report.table_added", found)
    return found


@transaction.atomic
def remove_table(*, inquiry: Inquiry, number: int, by: User) -> None:
    """Pressed twice, it is gone once."""
    found = ReportTable.objects.select_for_update().filter(inquiry=inquiry, pk=number).first()
    if found is not None:
        note(inquiry, by, "report.table_removed", found)
        found.delete()


def note(inquiry: Inquiry, by: User, action: str, table: ReportTable) -> None:
    detail: dict[str, object] = {"rows": table.rows, "columns": table.columns}
    record_audit(action=action, by=by, publication=inquiry.publication, target=inquiry.slug, detail=detail)


def report_tables(inquiry_id: int) -> list[ReportTable]:
    return list(ReportTable.objects.filter(inquiry_id=inquiry_id).order_by("id"))
