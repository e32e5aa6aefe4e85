"""Who may see an inquiry, and when it takes answers."""

from django.http import Http404

from apps.inquiries.models import Inquiry, State
from apps.inquiries.queries import recent_inquiry

HIDDEN = {State.DRAFT, State.ARCHIVED}


class InquiryClosed(Exception):
    """The inquiry does not take answers now."""

    def __init__(self, inquiry: Inquiry) -> None:
        super().__init__(inquiry.slug)
        self.inquiry = inquiry


def visible_inquiry(slug: str) -> Inquiry:
    """The inquiry, open or closed; drafts and archived ones are as if they did not exist."""
    inquiry = recent_inquiry(slug)
    if inquiry is None or inquiry.state in HIDDEN:
        raise Http404
    return inquiry
