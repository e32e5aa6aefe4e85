"""When an inquiry took answers: the audit log has every opening and closing, and the hours that were set."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from apps.accounts.models import AuditEntry
from apps.inquiries.models import Inquiry

TOLD = ("inquiry.opened", "inquiry.closed", "inquiry.archived", "inquiry.restored", "inquiry.hours")
Event = tuple[datetime, str, dict[str, Any]]
Span = tuple[datetime, datetime]


def pauses(inquiry: Inquiry, until: datetime) -> list[Span]:
    """From each closing to the next opening. A closing that lasts is none."""
    entries = AuditEntry.objects.filter(
        publication=inquiry.publication_id, target=inquiry.slug, action__in=TOLD, at__gte=inquiry.created_at
    )
    open_spans = spans(list(entries.order_by("id").values_list("at", "action", "detail")), until)
    return [(closed, opened) for (_begun, closed), (opened, _ended) in pairwise(open_spans) if closed < opened]


def spans(events: Sequence[Event], until: datetime) -> Iterator[Span]:
    """In which answers were taken. Hours that are over when somebody opens by hand hold no more."""
    opens: datetime | None = None
    closes: datetime | None = None
    is_open = False
    for (at, action, detail), end in zip(events, ends(events, until), strict=True):
        if action == "inquiry.hours":
            opens, closes = read(detail.get("opens")), read(detail.get("closes"))
        else:
            is_open = action == "inquiry.opened"
            opens, closes = ahead(opens, at), ahead(closes, at)
        begun, ended = max(at, opens or at), min(end, closes or end)
        if is_open and begun < ended:
            yield begun, ended


def ends(events: Iterable[Event], until: datetime) -> list[datetime]:
    """Each event holds until the next one."""
    return [*(at for at, _action, _detail in events), until][1:]


def read(moment: Any) -> datetime | None:
    return datetime.fromisoformat(moment) if moment else None


def ahead(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment and moment > at else None
