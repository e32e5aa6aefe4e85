"""A browser that keeps no cookies at the debate's pages: told so, and let go on, the token travelling along."""

import pytest
from django.test import Client

from apps.debates.models import Ballot, Statement
from tests.reader.test_without_cookies import Forgetful
from tests.reader.voters import DEBATE, VOTES, WRITE, Voter, votes


class ForgetfulVoter(Forgetful, Voter):
    """The same reader at the debate's pages."""


@pytest.fixture
def forgetful():
    return ForgetfulVoter(Client())


def carry(forgetful):
    """By the button of the page that explains."""
    lost = forgetful.vote()
    return lost, forgetful.press(lost, intent="carry")


def test_card_after_the_first_explains_and_offers_to_go_on(forgetful, inquiry):
    lost, first = carry(forgetful)

    assert b"We do not recognise this browser" in lost.content
    assert b'name="carried"' in first.content
    assert b"1 / 5" in first.content


def test_votes_then_come_into_one_ballot(forgetful, inquiry):
    _, page = carry(forgetful)

    for _ in range(3):
        page = forgetful.vote(page=page)

    assert b"4 / 5" in page.content
    assert votes() == [[1, 0, 0, 0], [3, 0, 0, 0]]  # the one before the explanation stays alone


def test_browser_that_says_so_is_not_asked_twice(forgetful, inquiry):
    page = forgetful.open(DEBATE)
    second = forgetful.press(page, vote=f"{forgetful.card(page)}-agree", cookies="none")

    third = forgetful.vote(page=second)

    assert b"3 / 5" in third.content
    assert votes() == [[2, 0, 0, 0]]


def test_every_page_is_reached_with_the_token_along(forgetful, inquiry):
    page = forgetful.open(DEBATE)
    page = forgetful.press(page, vote=f"{forgetful.card(page)}-agree", cookies="none")
    for _ in range(4):
        page = forgetful.vote(page=page)

    listed = forgetful.press(page, to=VOTES, intent="show")
    changed = forgetful.press(listed, to=VOTES, vote=f"{forgetful.card(listed)}-unsure")
    form = forgetful.press(changed, to=WRITE, intent="show")
    sent = forgetful.press(form, to=WRITE, intent="send", text="Every large decision should come with a review.")
    more = forgetful.press(sent, intent="show")

    assert b"Vote on 5 more" in page.content
    assert b"5 votes" in listed.content
    assert votes() == [[4, 0, 0, 1]]
    assert b"Thank you. Your statement was sent." in sent.content
    assert bytes(Statement.objects.get(origin="reader").author) == bytes(Ballot.objects.get().pseudonym)
    assert b"1 / 5" in more.content


def test_thanks_for_answers_lead_on_with_the_token(forgetful, inquiry):
    page = forgetful.send(forgetful.open(), 1, Q1="4", cookies="none")
    for step in range(2, 10):
        sent = forgetful.send(page, step)
        page = forgetful.send(sent, step) if b'name="prompted"' in sent.content else sent
    thanks = forgetful.client.post("/q/one-founder-ai/review/", {**forgetful.hidden(page), "intent": "send"})

    card = forgetful.press(thanks, intent="show")
    forgetful.vote(page=card)

    assert bytes(Ballot.objects.get().pseudonym) == bytes(inquiry.responses.get().pk)


def test_forged_token_in_the_form_counts_for_nothing(forgetful, inquiry):
    page = forgetful.open(DEBATE)

    forgetful.press(page, vote=f"{forgetful.card(page)}-agree", carried="A" * 48)

    assert votes() == [[1, 0, 0, 0]]
