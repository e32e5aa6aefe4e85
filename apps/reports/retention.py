"""What may be kept for how long, over all that keep something; the rest goes every hour."""

from collections.abc import Iterable
from datetime import datetime

from apps.accounts.retention import RULES as OF_ACCOUNTS
from apps.common.retention import Retention
from apps.common.worker import RULES as OF_JOBS
from apps.debates.retention import RULES as OF_DEBATES
from apps.participants.retention import LATER as OF_PARTICIPANTS_LATER
from apps.participants.retention import RULES as OF_PARTICIPANTS
from apps.reports.calculations.asking import RULES as OF_CALCULATIONS
from apps.reports.documents.asked import RULES as OF_DOCUMENTS
from apps.reports.exports.asked import RULES as OF_EXPORTS
from apps.responses.retention import RULES as OF_RESPONSES

OF_READERS = (*OF_RESPONSES, *OF_DEBATES, *OF_PARTICIPANTS, *OF_PARTICIPANTS_LATER)
RULES = (*OF_READERS, *OF_EXPORTS, *OF_CALCULATIONS, *OF_DOCUMENTS, *OF_JOBS, *OF_ACCOUNTS)
SOON = (*OF_PARTICIPANTS, *OF_EXPORTS)  # what may be kept for minutes only


def overdue(now: datetime) -> dict[str, int]:
    """The gauge: how many of each kind should be gone already."""
    return {rule.name: rule.count(now - rule.kept) for rule in RULES}


def purge_expired(now: datetime, rules: Iterable[Retention] = RULES) -> dict[str, int]:
    """Delete what is overdue; says how much of each kind."""
    return {rule.name: rule.purge(now - rule.kept) for rule in rules}
