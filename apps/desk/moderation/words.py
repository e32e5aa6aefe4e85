"""What the audit log says about a statement, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.models import AuditEntry
from apps.accounts.words import audited
from apps.common.punctuation import remark
from apps.debates.models import RejectionReason, StatementState
from apps.debates.personal import Kind


def held_for(kinds: list[str]) -> list[str]:
    return [str(Kind(kind).label) if kind in Kind.values else kind for kind in kinds]


def who(entry: AuditEntry) -> str:
    return str(entry.actor) if entry.actor else _("the system")


def what(entry: AuditEntry) -> str:
    """From which state to which, why, and into what."""
    detail: Mapping[str, Any] = entry.detail
    if "to" not in detail:
        return audited(entry.action)
    way = f"{state(detail.get('from'))} → {state(detail['to'])}"
    return way + (remark(because) if (because := reason(detail)) else "")


def reason(detail: Mapping[str, Any]) -> str:
    if detail.get("into"):
        return _("No. %(number)s") % {"number": detail["into"]}
    given = detail.get("reason")
    return str(RejectionReason(given).label) if given in RejectionReason.values else ""


def state(value: object) -> str:
    return str(StatementState(value).label) if value in StatementState.values else str(value)
