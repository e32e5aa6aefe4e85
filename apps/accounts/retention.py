"""How long is kept what staff did, and whom they invited."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from apps.accounts.models import Invitation
from apps.accounts.queries import audit_older_than
from apps.common.retention import rows


def invitations_long_over(limit: datetime) -> QuerySet[Invitation]:
    """Accepted, taken back or run out: the address has no more use, and what became of it stands in the audit log."""
    return Invitation.objects.filter(sent_at__lt=limit)


RULES = (
    # Twenty-four months, whatever the year: the database refuses to let go of anything younger.
    rows("audit entries", timedelta(days=731), audit_older_than),
    # Four times as long as a link is good for.
    rows("invitations", timedelta(days=28), invitations_long_over),
)
