"""On which days between the first and the last answer an inquiry was closed."""

from datetime import date

from django.utils import timezone

from apps.inquiries.models import Inquiry
from apps.inquiries.openings import pauses


def pauses_within(inquiry: Inquiry, first: date | None, last: date | None) -> list[dict[str, str]]:
    """From the day of a closing to that of the next opening. A few hours are no pause where time is told in days."""
    if first is None or last is None:
        return []
    found = [tuple(map(timezone.localdate, pause)) for pause in pauses(inquiry, timezone.now())]
    return [
        {"first": closed.isoformat(), "last": opened.isoformat()}
        for closed, opened in found
        if first <= closed < opened <= last
    ]
