"""Where I stand: when there is a map to see, when the page is sent again, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.debates.models import Ballot, Debate
from apps.inquiries.actions import close_inquiry
from apps.inquiries.models import PrivacyProfile, State
from tests.reader.stand.pages import STAND, pictures, section, text_of, voter
from tests.reports.maps import factories as maps

pytestmark = pytest.mark.django_db


def test_map_of_an_election_waits_for_the_close(debate):
    maps.store(debate, maps.spectrum())
    debate.inquiry.results_shown = "after_close"
    debate.inquiry.closes_at = timezone.now() + timedelta(days=2)
    debate.inquiry.save()
    reader = voter(debate)

    before = reader.get(STAND)
    debate.inquiry.closes_at = timezone.now() - timedelta(minutes=1)
    debate.inquiry.save()
    after = reader.get(STAND)

    assert pictures(before) == (0, 0)
    assert "The opinion map is shown after the close" in text_of(before)
    assert "%" not in text_of(before)
    assert "bar-of-100" not in before.content.decode()
    assert section(before, "votes").count('<p class="yours">') == 10
    assert pictures(after) == (1, 1)


def test_strict_profile_waits_for_fifty(debate, stranger):
    debate.inquiry.privacy_profile = PrivacyProfile.STRICT
    debate.inquiry.save()
    maps.store(debate, maps.spectrum(readers=45))
    waiting = stranger.get(STAND)
    maps.store(debate, maps.spectrum(readers=50, votes=605))
    shown = stranger.get(STAND)

    assert (pictures(waiting), pictures(shown)) == ((0, 0), (1, 0))
    assert "It appears here once 50 people or more have voted." in text_of(waiting)
    assert "about 50 people who voted here, about 605 votes" in text_of(shown)


def test_closed_inquiry_keeps_its_map_and_asks_for_no_votes(debate, stranger):
    maps.store(debate, maps.spectrum())
    close_inquiry(inquiry=debate.inquiry)

    own, others = voter(debate).get(STAND), stranger.get(STAND)

    assert (pictures(own), pictures(others)) == ((1, 1), (1, 0))
    assert 'class="go"' not in own.content.decode() + others.content.decode()
    assert "/q/debate/debate/votes/" in own.content.decode()


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_hidden_inquiry_has_no_such_page(debate, stranger, state):
    maps.store(debate, maps.spectrum())
    debate.inquiry.state = state
    debate.inquiry.save()

    assert stranger.get(STAND).status_code == 404


def test_page_is_sent_again_only_when_something_changed(debate, stranger):
    maps.store(debate, maps.spectrum())
    first = stranger.get(STAND)
    same = stranger.get(STAND, headers={"if-none-match": first["ETag"]})
    maps.store(debate, maps.groups(300, 110))
    newer = stranger.get(STAND, headers={"if-none-match": first["ETag"]})

    assert (same.status_code, same.content, newer.status_code) == (304, b"", 200)
    assert first["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(stranger, debate, method):
    answer = getattr(stranger, method)(STAND)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("crowd", [1, 300])
def test_queries_do_not_grow_with_votes_or_statements(debate, stranger, crowd):
    maps.store(debate, maps.spectrum())
    reader = voter(debate)
    for client in (stranger, reader):
        client.get(STAND)
    Ballot.objects.bulk_create(
        Ballot(pseudonym=number.to_bytes(16), debate=debate, votes=b"\1\2") for number in range(crowd)
    )

    found = []
    for client in (stranger, reader):
        with CaptureQueriesContext(connection) as queries:
            client.get(STAND)
        found.append(len(queries))

    assert found == [2, 4]


def test_an_own_page_that_may_ask_once_more_costs_five_queries(inquiry):
    debate, _made = Debate.objects.get_or_create(inquiry=inquiry)
    maps.store(debate, maps.spectrum())
    reader = voter(debate)
    address = f"/q/{inquiry.slug}/stand/"
    reader.get(address)

    with CaptureQueriesContext(connection) as queries:
        page = reader.get(address)

    assert (len(queries), pictures(page)) == (5, (1, 1))
