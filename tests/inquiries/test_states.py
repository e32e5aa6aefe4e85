"""When an inquiry takes answers, who sees it, and what its rows promise."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from apps.inquiries.models import Inquiry, State
from apps.inquiries.queries import inquiry_by_id, inquiry_by_slug, open_inquiries
from apps.inquiries.rules import visible_inquiry
from tests.surveys.factories import make_inquiry

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
BEFORE, AFTER = NOON - timedelta(microseconds=1), NOON + timedelta(microseconds=1)

# State, opens, closes, asked at: whether it is open, whether it is closed.
HOURS = [
    (State.OPEN, None, None, NOON, True, False),
    (State.OPEN, NOON, None, BEFORE, False, False),
    (State.OPEN, NOON, None, NOON, True, False),
    (State.OPEN, None, NOON, BEFORE, True, False),
    (State.OPEN, None, NOON, NOON, False, True),
    (State.OPEN, None, NOON, AFTER, False, True),
    (State.OPEN, BEFORE, AFTER, NOON, True, False),
    (State.CLOSED, None, None, NOON, False, True),
    (State.CLOSED, None, AFTER, NOON, False, True),
    (State.DRAFT, None, None, NOON, False, False),
    (State.DRAFT, None, BEFORE, NOON, False, False),
    (State.ARCHIVED, None, None, NOON, False, False),
]


@pytest.mark.parametrize(("state", "opens_at", "closes_at", "now", "is_open", "is_closed"), HOURS)
def test_inquiry_is_open_from_its_opening_until_its_closing(state, opens_at, closes_at, now, is_open, is_closed):
    inquiry = Inquiry(state=state, opens_at=opens_at, closes_at=closes_at)

    assert (inquiry.is_open(now), inquiry.is_closed(now)) == (is_open, is_closed)


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "opens_at", "closes_at", "now", "is_open", "is_closed"), HOURS)
def test_list_says_the_same_as_the_inquiry(state, opens_at, closes_at, now, is_open, is_closed):
    inquiry = make_inquiry(state=state, opens_at=opens_at, closes_at=closes_at)

    assert open_inquiries(now) == ([inquiry] if is_open else [])


@pytest.mark.django_db
@pytest.mark.parametrize("state", State.values)
def test_drafts_and_archived_inquiries_are_as_if_they_did_not_exist(state):
    inquiry = make_inquiry(state=state)

    if state in {State.DRAFT, State.ARCHIVED}:
        with pytest.raises(Http404):
            visible_inquiry("small")
    else:
        assert visible_inquiry("small") == inquiry


@pytest.mark.django_db
def test_unknown_address_is_not_found():
    make_inquiry()

    assert inquiry_by_slug("other") is None
    assert inquiry_by_id(10**9) is None
    with pytest.raises(Http404):
        visible_inquiry("other")


@pytest.mark.django_db
def test_open_inquiries_stand_newest_first():
    older = make_inquiry("older", created_at=BEFORE)
    newer = make_inquiry("newer", created_at=NOON)
    make_inquiry("draft", state=State.DRAFT)

    assert open_inquiries(NOON) == [newer, older]


@pytest.mark.django_db
@pytest.mark.parametrize("inquiries", [1, 3])
def test_list_takes_one_query_with_all_that_a_page_shows(inquiries, django_assert_num_queries):
    for number in range(inquiries):
        make_inquiry(f"small-{number}")

    with django_assert_num_queries(1):
        assert [each.publication.name for each in open_inquiries(NOON)] == ["Toikake"] * inquiries


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "promise"),
    [
        ({"state": "ajar"}, "inquiry_state_is_known"),
        ({"privacy_profile": "none"}, "inquiry_profile_is_known"),
        ({"results_shown": "never"}, "inquiry_results_shown_is_known"),
        ({"opens_at": NOON, "closes_at": NOON}, "inquiry_closes_after_it_opens"),
        ({"opens_at": NOON, "closes_at": BEFORE}, "inquiry_closes_after_it_opens"),
    ],
)
def test_database_refuses_what_cannot_be(fields, promise):
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        make_inquiry(**fields)


@pytest.mark.django_db
def test_address_is_given_once():
    make_inquiry("small")

    with pytest.raises(IntegrityError, match="slug"), transaction.atomic():
        make_inquiry("small")
