"""Before staff read what readers wrote: who does it and why is kept in the audit log, what they read is not."""

from django.db import transaction

from apps.accounts.actions import record_audit
from apps.accounts.models import User
from apps.inquiries.models import Inquiry


@transaction.atomic
def note_reading(*, inquiry: Inquiry, reason: str, by: User) -> None:
    """Somebody begins to read texts. The log has its row before the first one is shown."""
    record_audit(
        action="texts.read", by=by, publication=inquiry.publication, target=inquiry.slug, detail={"reason": reason}
    )
