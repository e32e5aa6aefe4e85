"""What an author sets: each change leaves a row that says how it was before; what was never open can be forgotten."""

from datetime import UTC, date, datetime

import pytest

from apps.accounts.models import AuditEntry, User
from apps.inquiries.actions import (
    OpenedBefore,
    archive_inquiry,
    change_article,
    delete_inquiry,
    open_inquiry,
    restore_inquiry,
    set_allowed_origins,
    set_hours,
    set_privacy_profile,
    set_results_shown,
)
from apps.inquiries.models import Inquiry, PrivacyProfile, ResultsShown, State
from tests.surveys.factories import make_inquiry

pytestmark = pytest.mark.django_db

NOON, EVENING = datetime(2026, 12, 1, 3, tzinfo=UTC), datetime(2026, 12, 8, 9, tzinfo=UTC)
ARTICLE = {
    "title": {"ja": "記事", "en": "Article"},
    "url": "https://example.com/a",
    "author": "Hanako",
    "published_on": date(2026, 11, 1),
    "introduction": {"ja": "ある記事から", "en": "From an article"},
}


@pytest.fixture
def author() -> User:
    return User.objects.create_user("author@example.com")


def last() -> tuple[str, dict, User | None]:
    entry = AuditEntry.objects.order_by("-id")[0]
    return entry.action, entry.detail, entry.actor


def test_hours_are_kept_and_told(author):
    inquiry = set_hours(inquiry=make_inquiry(), opens_at=NOON, closes_at=EVENING, by=author)

    assert (inquiry.opens_at, inquiry.closes_at) == (NOON, EVENING)
    assert last() == (
        "inquiry.hours", {"opens": "2026-12-01T03:00+00:00", "closes": "2026-12-08T09:00+00:00"}, author,
    )  # fmt: skip


def test_opening_keeps_the_hours_it_is_given(author):
    inquiry = open_inquiry(inquiry=make_inquiry(state=State.DRAFT), opens_at=NOON, closes_at=EVENING, by=author)

    assert (inquiry.state, inquiry.opens_at, inquiry.closes_at) == (State.OPEN, NOON, EVENING)


def test_profile_results_and_origins_say_how_they_were_before(author):
    inquiry = make_inquiry(allowed_origins=["https://old.example"])

    set_privacy_profile(inquiry=inquiry, profile=PrivacyProfile.STRICT, by=author)
    profile = last()
    set_results_shown(inquiry=inquiry, shown=ResultsShown.AFTER_CLOSE, by=author)
    results = last()
    set_allowed_origins(inquiry=inquiry, origins=["https://new.example"], by=author)

    assert profile == ("inquiry.privacy", {"from": "standard", "to": "strict"}, author)
    assert results == ("inquiry.results", {"from": "always", "to": "after_close"}, author)
    assert last() == ("inquiry.origins", {"from": ["https://old.example"], "to": ["https://new.example"]}, author)
    kept = Inquiry.objects.get()
    assert (kept.privacy_profile, kept.results_shown, kept.allowed_origins) == (
        "strict", "after_close", ["https://new.example"],
    )  # fmt: skip


def test_article_is_changed_once_and_its_fields_are_named(author):
    inquiry = make_inquiry()

    for _ in range(2):
        article = change_article(inquiry=inquiry, by=author, **ARTICLE)

    article.refresh_from_db()
    assert {name: getattr(article, name) for name in ARTICLE} == ARTICLE
    assert AuditEntry.objects.count() == 1
    assert last() == (
        "article.changed", {"fields": ["title", "url", "author", "published_on", "introduction"]}, author,
    )  # fmt: skip


def test_what_was_taken_off_the_site_comes_back_closed(author):
    inquiry = archive_inquiry(inquiry=make_inquiry(), by=author)

    back = restore_inquiry(inquiry=inquiry, by=author)

    assert (back.state, last()) == (State.CLOSED, ("inquiry.restored", {}, author))


def test_inquiry_that_was_never_open_can_be_forgotten_even_twice(author):
    inquiry = make_inquiry(state=State.DRAFT)

    for _ in range(2):
        delete_inquiry(inquiry=inquiry, by=author)

    assert not Inquiry.objects.exists()
    assert [entry.action for entry in AuditEntry.objects.all()] == ["inquiry.deleted"]


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED, State.ARCHIVED])
def test_inquiry_that_had_readers_cannot_be_forgotten(state):
    inquiry = make_inquiry(state=state)

    with pytest.raises(OpenedBefore):
        delete_inquiry(inquiry=inquiry)

    assert Inquiry.objects.exists()
