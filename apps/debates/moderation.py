"""What moderators decide about statements, and a reader about their own. Each review leaves a row in the audit log."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.actions import record_audit
from apps.accounts.models import User
from apps.debates.models import RejectionReason, Statement, StatementState
from apps.debates.rules import ReviewRefused, StatementUnknown, can_approve, can_merge, can_reject, can_withdraw


def approve_statement(*, statement: Statement, by: User) -> Statement:
    """Show it to readers; also after it had been rejected or merged."""
    return _review(statement, "statement.approved", by, can_approve, state=StatementState.APPROVED)


def reject_statement(*, statement: Statement, reason: RejectionReason, by: User) -> Statement:
    """Show it to nobody; its author reads the reason."""
    return _review(statement, "statement.rejected", by, can_reject, state=StatementState.REJECTED, reason=reason)


@transaction.atomic
def merge_statement(*, statement: Statement, into: Statement, by: User) -> Statement:
    """Let another one stand for it. Votes stay where they were cast; what had been merged into it goes along."""
    target = Statement.objects.select_for_update(of=("self",)).get(pk=into.pk)
    merged = _review(
        statement,
        "statement.merged",
        by,
        lambda found: can_merge(found, target),
        state=StatementState.MERGED,
        merged_into=target,
    )
    Statement.objects.filter(merged_into=merged).update(merged_into=target)
    return merged


@transaction.atomic
def withdraw_statement(*, inquiry_id: int, number: int, pseudonym: bytes) -> Statement:
    """Its author takes it back. No audit row: that would keep the minute at which a reader did something."""
    statement = (
        Statement.objects.select_for_update(of=("self",))
        .filter(debate_id=inquiry_id, number=number, author=pseudonym)
        .first()
    )
    if statement is None:
        raise StatementUnknown
    if can_withdraw(statement):
        statement.state, statement.reason, statement.merged_into = StatementState.WITHDRAWN, "", None
        statement.save(update_fields=["state", "reason", "merged_into"])
    return statement


@transaction.atomic
def _review(statement: Statement, action: str, by: User, may: Any, **values: Any) -> Statement:
    found = Statement.objects.select_for_update(of=("self",)).select_related("debate__inquiry__publication")
    reviewed = found.get(pk=statement.pk)
    if not may(reviewed):
        raise ReviewRefused(reviewed.state)
    detail = {"number": reviewed.number, "from": reviewed.state, **_said(values)}
    for name, value in {"reason": "", "merged_into": None, **values}.items():
        setattr(reviewed, name, value)
    reviewed.moderated_by, reviewed.moderated_at = by, timezone.now()
    reviewed.save(update_fields=["state", "reason", "merged_into", "moderated_by", "moderated_at"])
    inquiry = reviewed.debate.inquiry
    record_audit(action=action, by=by, publication=inquiry.publication, target=inquiry.slug, detail=detail)
    return reviewed


def _said(values: dict[str, Any]) -> dict[str, object]:
    into = values.get("merged_into")
    return {"to": str(values["state"]), "reason": str(values.get("reason", "")), "into": into.number if into else None}
