"""What moderators decide about statements, and a reader about their own. Each review leaves a row in the audit log."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.actions import record_audit
from apps.accounts.models import User
from apps.debates.models import Debate, RejectionReason, Statement, StatementState
from apps.debates.rules import (
    Overtaken,
    ReviewRefused,
    ReviewsRefused,
    StatementUnknown,
    StillHeld,
    can_approve,
    can_merge,
    can_reject,
    can_reopen,
    can_withdraw,
)

# Where a review names the state in which its page showed the statement (`seen`), another one since then refuses it.


def approve_statement(*, statement: Statement, by: User, seen: str = "", cleared: bool = False) -> Statement:
    """Show it to readers; also after it had been rejected or merged. `cleared`: it holds no personal data after all.

    Raises ReviewRefused, Overtaken or StillHeld.
    """
    return _review(
        statement, "statement.approved", by, can_approve, seen=seen, cleared=cleared, state=StatementState.APPROVED
    )


def reject_statement(*, statement: Statement, reason: RejectionReason, by: User, seen: str = "") -> Statement:
    """Show it to nobody; its author reads the reason. What it stood for waits again.

    Raises ReviewRefused or Overtaken.
    """
    return _review(
        statement, "statement.rejected", by, can_reject, seen=seen, state=StatementState.REJECTED, reason=reason
    )


def reopen_statement(*, statement: Statement, by: User, seen: str = "") -> Statement:
    """Take the last decision back: it waits again, and so does what it stood for. Raises ReviewRefused or Overtaken."""
    return _review(statement, "statement.reopened", by, can_reopen, seen=seen, state=StatementState.WAITING)


@transaction.atomic
def merge_statement(*, statement: Statement, into: Statement, by: User, seen: str = "") -> Statement:
    """Let another one stand for it. Votes stay where they were cast; what had been merged into it goes along.

    Raises ReviewRefused or Overtaken.
    """
    one_at_a_time(statement.debate_id)
    pair = Statement.objects.select_for_update(of=("self",)).filter(pk__in=[statement.pk, into.pk])
    target = {each.pk: each for each in pair.order_by("pk")}[into.pk]
    merged = _review(
        statement,
        "statement.merged",
        by,
        lambda found: can_merge(found, target),
        seen=seen,
        state=StatementState.MERGED,
        merged_into=target,
    )
    Statement.objects.filter(merged_into=merged).update(merged_into=target)
    return merged


@transaction.atomic
def review_together(*, statements: Sequence[Statement], review: Callable[[Statement], Statement]) -> list[Statement]:
    """The same review for several: of all or, where it is refused for some, of none.

    Raises ReviewsRefused.
    """
    done, refusals = [], []
    for statement in sorted(statements, key=lambda each: each.pk):
        try:
            done.append(review(statement))
        except ReviewRefused as refusal:
            refusals.append(refusal)
    if refusals:
        raise ReviewsRefused(refusals)
    return done


@transaction.atomic
def show_held_words(*, statement: Statement, by: User) -> None:
    """Somebody looks at words that seem to hold personal data. The log says so without the words."""
    inquiry = statement.debate.inquiry
    detail = {"number": statement.number, "held": statement.held}
    record_audit(action="statement.seen", by=by, publication=inquiry.publication, target=inquiry.slug, detail=detail)


@transaction.atomic
def withdraw_statement(*, inquiry_id: int, number: int, pseudonym: bytes) -> Statement:
    """Its author takes it back. No audit row: that would keep the minute at which a reader did something."""
    one_at_a_time(inquiry_id)
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
        Statement.objects.filter(merged_into=statement).update(state=StatementState.WAITING, merged_into=None)
    return statement


def one_at_a_time(debate_id: int) -> None:
    """A review can touch what was merged before; two of them at once would wait for each other for ever."""
    Debate.objects.select_for_update(of=("self",), no_key=True).filter(pk=debate_id).first()


@transaction.atomic
def _review(
    statement: Statement,
    action: str,
    by: User,
    may: Callable[[Statement], bool],
    *,
    seen: str,
    cleared: bool = False,
    **values: Any,
) -> Statement:
    one_at_a_time(statement.debate_id)
    found = Statement.objects.select_for_update(of=("self",)).select_related(
        "debate__inquiry__publication", "moderated_by", "merged_into"
    )
    reviewed = found.get(pk=statement.pk)
    if seen and seen != reviewed.state:
        raise Overtaken(reviewed)
    if not may(reviewed):
        raise ReviewRefused(reviewed)
    if reviewed.held and values["state"] == StatementState.APPROVED and not cleared:
        raise StillHeld(reviewed)
    detail = {"number": reviewed.number, "from": reviewed.state, **_said(reviewed, values)}
    for name, value in {"reason": "", "merged_into": None, **values}.items():
        setattr(reviewed, name, value)
    reviewed.moderated_by, reviewed.moderated_at = by, timezone.now()
    reviewed.save(update_fields=["state", "reason", "merged_into", "moderated_by", "moderated_at"])
    inquiry = reviewed.debate.inquiry
    record_audit(action=action, by=by, publication=inquiry.publication, target=inquiry.slug, detail=detail)
    if values["state"] in {StatementState.REJECTED, StatementState.WAITING}:
        for merged in Statement.objects.filter(merged_into=reviewed).order_by("pk"):
            _review(merged, "statement.reopened", by, lambda _found: True, seen="", state=StatementState.WAITING)
    return reviewed


def _said(reviewed: Statement, values: dict[str, Any]) -> dict[str, object]:
    """What the log keeps of a decision: never the words."""
    into = values.get("merged_into")
    said: dict[str, object] = {
        "to": str(values["state"]),
        "reason": str(values.get("reason", "")),
        "into": into.number if into else None,
    }
    return said | ({"held": reviewed.held} if reviewed.held else {})
