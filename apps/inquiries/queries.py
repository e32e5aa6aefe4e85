import re
from datetime import datetime

from django.db.models import Q

from apps.common.recent import recent
from apps.inquiries.models import Inquiry, State

# The same for statements written by hand, which must look at the moment at which they write.
OPEN = (
    "inquiry.state = 'open'"
    " AND (inquiry.opens_at IS NULL OR inquiry.opens_at <= statement_timestamp())"
    " AND (inquiry.closes_at IS NULL OR inquiry.closes_at > statement_timestamp())"
)


ADDRESS = re.compile(r"[-\w]{1,80}", re.ASCII)


def inquiry_by_slug(slug: str) -> Inquiry | None:
    """What can be no address is not looked for: the database refuses half characters, which a terminal may send."""
    if not ADDRESS.fullmatch(slug):
        return None
    return Inquiry.objects.select_related("publication", "article").filter(slug=slug).first()


@recent
def recent_inquiry(slug: str) -> Inquiry | None:
    """For pages: at most a moment old. Shared between requests, so nobody writes to it."""
    return inquiry_by_slug(slug)


def inquiry_by_id(inquiry_id: int) -> Inquiry | None:
    return Inquiry.objects.select_related("publication", "article").filter(pk=inquiry_id).first()


def open_inquiries(now: datetime) -> list[Inquiry]:
    """Inquiries that take answers at this moment, the newest first."""
    begun = Q(opens_at__isnull=True) | Q(opens_at__lte=now)
    not_ended = Q(closes_at__isnull=True) | Q(closes_at__gt=now)
    return list(Inquiry.objects.select_related("publication", "article").filter(begun, not_ended, state=State.OPEN))
