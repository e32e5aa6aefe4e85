"""The state of an inquiry as a person means it."""

from datetime import datetime

from apps.inquiries.models import Inquiry, State

PLANNED = "planned"  # open, but its hours have not begun


def standing(inquiry: Inquiry, now: datetime) -> str:
    """An open inquiry whose hours are over is closed, one before them is planned."""
    if inquiry.state != State.OPEN or inquiry.is_open(now):
        return inquiry.state
    return State.CLOSED if inquiry.is_closed(now) else PLANNED
