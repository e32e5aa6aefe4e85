"""What changes an inquiry; each leaves a row in the audit log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.actions import record_audit
from apps.accounts.models import Publication, User
from apps.inquiries.models import FEWEST_FOR_ARMS, Article, Inquiry, State


@transaction.atomic
def create_inquiry(
    *,
    publication: Publication,
    slug: str,
    title: Mapping[str, str],
    introduction: Mapping[str, str],
    by: User | None = None,
    **article: Any,
) -> Inquiry:
    """A draft with its article; it opens by `open_inquiry`."""
    inquiry = Inquiry.objects.create(publication=publication, slug=slug, title=dict(title))
    Article.objects.create(inquiry=inquiry, introduction=dict(introduction), **article)
    record_audit(action="inquiry.created", by=by, publication=publication, target=slug)
    return inquiry


def open_inquiry(*, inquiry: Inquiry, by: User | None = None, closes_at: datetime | None = None) -> Inquiry:
    """Take answers from now on."""
    return _change(inquiry, "inquiry.opened", by, state=State.OPEN, opens_at=None, closes_at=closes_at)


def close_inquiry(*, inquiry: Inquiry, by: User | None = None) -> Inquiry:
    """Take no more answers; what was given stays."""
    return _change(inquiry, "inquiry.closed", by, state=State.CLOSED, **_closed_now(inquiry))


def archive_inquiry(*, inquiry: Inquiry, by: User | None = None) -> Inquiry:
    """Take the inquiry off the site."""
    return _change(inquiry, "inquiry.archived", by, state=State.ARCHIVED, **_closed_now(inquiry))


def _closed_now(inquiry: Inquiry) -> dict[str, datetime]:
    """The moment of closing, from which the time runs that words are kept; an earlier one stands."""
    now = timezone.now()
    later = inquiry.closes_at is None or inquiry.closes_at > now
    begun = inquiry.opens_at is None or inquiry.opens_at < now
    return {"closes_at": now} if later and begun else {}


def mark_simulated(*, inquiry: Inquiry, by: User | None = None) -> Inquiry:
    """From now on every page of the inquiry says that its answers are simulated."""
    return _change(inquiry, "inquiry.simulated", by, simulated=True)


class TooFewExpected(Exception):
    """So few answers would tell nothing of the difference between the arms."""


def compare_arms(*, inquiry: Inquiry, expected: int, by: User | None = None) -> Inquiry:
    """From now on newcomers are drawn an arm. Whoever asks for it has seen to it that nobody has answered yet."""
    if expected < FEWEST_FOR_ARMS:
        raise TooFewExpected
    return _change(inquiry, "inquiry.compares", by, has_control_arms=True, expected_answers=expected)


def stop_comparing(*, inquiry: Inquiry, by: User | None = None) -> Inquiry:
    """From now on everybody goes the same way; who was drawn an arm stays on it."""
    return _change(inquiry, "inquiry.compares_no_more", by, has_control_arms=False)


@transaction.atomic
def _change(inquiry: Inquiry, action: str, by: User | None, **values: Any) -> Inquiry:
    changed = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    for name, value in values.items():
        setattr(changed, name, value)
    changed.save(update_fields=list(values))
    record_audit(action=action, by=by, publication=changed.publication, target=changed.slug)
    return changed
