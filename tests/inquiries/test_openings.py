"""When answers were taken, read from the audit log as editors filled it."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.accounts.models import AuditEntry
from apps.inquiries.actions import close_inquiry, open_inquiry, set_hours
from apps.inquiries.openings import pauses, spans
from tests.surveys.factories import make_inquiry


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, number, hour, tzinfo=UTC)


def hours(opens: datetime | None, closes: datetime | None) -> dict[str, str | None]:
    return {"opens": opens and opens.isoformat(), "closes": closes and closes.isoformat()}


OPENED, CLOSED = "inquiry.opened", "inquiry.closed"


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([(day(2), OPENED, {}), (day(4), CLOSED, {}), (day(9), OPENED, {})], [(2, 4), (9, 30)]),
        ([(day(2), "inquiry.hours", hours(day(3), day(5))), (day(2, 1), OPENED, {})], [(3, 5)]),
        (
            [(day(2), OPENED, {}), (day(3), "inquiry.hours", hours(None, day(6))), (day(8), OPENED, {})],
            [(2, 3), (3, 6), (8, 30)],
        ),
        ([(day(2), OPENED, {}), (day(3), "inquiry.archived", {}), (day(4), "inquiry.restored", {})], [(2, 3)]),
        ([(day(2), "inquiry.hours", hours(None, day(6)))], []),
    ],
)  # fmt: skip
def test_answers_are_taken_from_each_opening_until_somebody_or_the_clock_closes(events, found):
    assert list(spans(events, day(30))) == [(day(begun), day(ended)) for begun, ended in found]


@pytest.mark.django_db
def test_a_pause_goes_from_a_closing_to_the_next_opening_and_the_last_closing_is_none():
    inquiry = make_inquiry()
    open_inquiry(inquiry=inquiry)
    close_inquiry(inquiry=inquiry)
    set_hours(inquiry=inquiry, opens_at=None, closes_at=None)
    open_inquiry(inquiry=inquiry)
    close_inquiry(inquiry=inquiry)
    _opened, closed, _hours, opened, last = AuditEntry.objects.order_by("id").values_list("at", flat=True)

    assert pauses(inquiry, last + timedelta(days=9)) == [(closed, opened)]
