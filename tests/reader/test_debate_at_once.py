"""Double taps, tabs and a closing inquiry at the debate's pages, with real connections and real commits."""

from collections import Counter

import pytest
from django.test import Client

from apps.debates.models import Ballot, VoteKey, VoteLog
from apps.inquiries.actions import close_inquiry
from apps.participants.models import Participant
from tests.reader.voters import DEBATE, WORDS, Voter, votes
from tests.responses.hands import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def rows():
    return Ballot.objects.count(), VoteLog.objects.count(), VoteKey.objects.count(), Participant.objects.count()


def in_another_window(voter):
    """The same browser's cookies in a window of its own."""
    window = Voter(Client())
    window.client.cookies.update(voter.client.cookies)
    return window


def test_newcomers_double_taps_are_one_reader_with_one_vote(voter, inquiry):
    page = voter.open(DEBATE)
    number = voter.card(page)

    sent = at_once(lambda _: in_another_window(voter).press(page, vote=f"{number}-agree"), range(30))

    assert {(each.status_code, each.headers["Location"]) for each in sent} == {(303, sent[0].headers["Location"])}
    assert len({each.cookies["toikake"].value for each in sent}) == 1
    assert (rows(), votes()) == ((1, 1, 1, 1), [[1, 0, 0, 0]])


def test_other_buttons_of_one_page_at_the_same_moment_are_one_vote(voter, inquiry):
    page = voter.open(DEBATE)
    number = voter.card(page)

    sent = at_once(lambda n: in_another_window(voter).press(page, vote=f"{number}-{WORDS[n % 4]}"), range(16))

    assert Counter(each.status_code for each in sent) == {303: 4, 409: 12}
    assert rows() == (1, 1, 1, 1)


def test_tabs_of_one_reader_fill_one_ballot(voter, inquiry):
    voter.vote()
    pages = [voter.open(DEBATE) for _ in range(12)]

    def press(page):
        return in_another_window(voter).press(page, vote=f"{voter.card(page)}-{WORDS[pages.index(page) % 4]}")

    sent = at_once(press, pages)

    assert {each.status_code for each in sent} == {303}
    assert rows() == (1, 13, 13, 1)
    assert VoteLog.objects.order_by("-revision").first().revision == Ballot.objects.get().revision == 13


def test_closing_among_votes_counts_each_once_or_says_that_it_is_closed(inquiry):
    voters = [Voter(Client()) for _ in range(60)]
    pages = [each.open(DEBATE) for each in voters]

    def vote_or_close(n):
        if n == 30:
            close_inquiry(inquiry=inquiry)
            return 0
        return voters[n].press(pages[n], vote=f"{voters[n].card(pages[n])}-agree").status_code

    said = Counter(at_once(vote_or_close, range(60)))

    kept = said.pop(303)
    assert set(said) <= {0, 409}
    assert kept + said[409] == 59
    assert rows()[:3] == (kept, kept, kept)
