"""What changes an inquiry, and the row that each change leaves in the audit log."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import AuditEntry, Publication, User
from apps.inquiries.actions import archive_inquiry, close_inquiry, create_inquiry, mark_simulated, open_inquiry
from apps.inquiries.models import Inquiry, State
from tests.surveys.factories import make_inquiry

pytestmark = pytest.mark.django_db

TEXT = {"ja": "問い", "en": "A question"}
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("owner@example.com", password="a long sentence to remember")


def audited() -> list[tuple[str, User | None, str]]:
    return [(entry.action, entry.actor, entry.target) for entry in AuditEntry.objects.order_by("id")]


def test_inquiry_begins_as_a_draft_with_its_article(owner):
    publication = Publication.objects.create(slug="paper", name="Paper")

    inquiry = create_inquiry(
        publication=publication, slug="first", title=TEXT, introduction=TEXT, by=owner, url="https://example.com/a"
    )

    assert (inquiry.state, inquiry.title, inquiry.publication) == (State.DRAFT, TEXT, publication)
    assert (inquiry.article.introduction, inquiry.article.url) == (TEXT, "https://example.com/a")
    assert audited() == [("inquiry.created", owner, "first")]


def test_inquiry_and_article_are_made_together_or_not_at_all():
    publication = Publication.objects.create(slug="paper", name="Paper")
    create_inquiry(publication=publication, slug="first", title=TEXT, introduction=TEXT)

    with pytest.raises(IntegrityError), transaction.atomic():
        create_inquiry(publication=publication, slug="first", title=TEXT, introduction=TEXT)

    assert Inquiry.objects.count() == AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("action", "before", "state", "said"),
    [
        (open_inquiry, State.DRAFT, State.OPEN, "inquiry.opened"),
        (open_inquiry, State.CLOSED, State.OPEN, "inquiry.opened"),
        (close_inquiry, State.OPEN, State.CLOSED, "inquiry.closed"),
        (archive_inquiry, State.CLOSED, State.ARCHIVED, "inquiry.archived"),
    ],
)
def test_change_of_state_is_kept_and_audited(owner, action, before, state, said):
    inquiry = make_inquiry(state=before)

    changed = action(inquiry=inquiry, by=owner)

    inquiry.refresh_from_db()
    assert (changed.state, inquiry.state) == (state, state)
    assert audited() == [(said, owner, "small")]


def test_opening_again_forgets_the_old_hours():
    """An inquiry that was closed by the clock would otherwise be opened and closed in one."""
    inquiry = make_inquiry(opens_at=NOON - timedelta(days=2), closes_at=NOON - timedelta(days=1))

    assert open_inquiry(inquiry=inquiry).is_open(NOON)
    assert not open_inquiry(inquiry=inquiry, closes_at=NOON).is_open(NOON)


def test_simulated_inquiry_is_marked_for_good():
    inquiry = make_inquiry()

    assert mark_simulated(inquiry=inquiry).simulated
    assert close_inquiry(inquiry=inquiry).simulated
    assert audited() == [("inquiry.simulated", None, "small"), ("inquiry.closed", None, "small")]


def test_change_keeps_what_others_changed_meanwhile():
    stale = make_inquiry()
    Inquiry.objects.filter(pk=stale.pk).update(title=TEXT)

    close_inquiry(inquiry=stale)

    assert Inquiry.objects.get().title == TEXT
