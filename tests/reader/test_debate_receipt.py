"""Votes and statements under a receipt code, also of somebody who never answered the questions."""

import pytest

from apps.debates.models import Ballot, Exposure, Statement, VoteKey, VoteLog
from apps.participants.models import Participant
from tests.reader.test_receipt import RECEIPT, enter
from tests.reader.test_votes import propose
from tests.reader.voters import DEBATE, VOTES, buttons, votes


@pytest.fixture
def code(another_voter, inquiry) -> str:
    """The receipt of somebody who only voted, on another device."""
    another_voter.vote_on(5)
    return another_voter.open(VOTES).content.decode().split("<output data-code>")[1].split("<")[0]


def test_code_of_one_who_only_voted_opens_their_votes(voter, code):
    entered = enter(voter, code)
    page = voter.open(RECEIPT).content.decode()

    assert entered.headers["Location"] == RECEIPT
    assert "You have cast 5 votes on statements." in page
    assert f'href="{VOTES}"' in page
    assert code not in page


def test_votes_are_changed_under_the_code(voter, code):
    enter(voter, code)
    page = voter.open(VOTES)
    number = buttons(page)[0][0]

    voter.press(page, to=VOTES, vote=f"{number}-disagree")

    assert votes() == [[4, 1, 0, 0]]
    assert b"You are here with a receipt code" in page.content
    assert code not in page.content.decode()


def test_cards_go_on_under_the_code(voter, code):
    enter(voter, code)

    voter.vote("neither")

    assert votes() == [[5, 0, 1, 0]]


def test_statement_is_followed_and_withdrawn_under_the_code(voter, code):
    propose(voter)
    enter(voter, code)
    page = voter.open(RECEIPT)

    sent = voter.press(page, to=VOTES, withdraw="25")

    assert b"A moderator reads it before other readers see it." in page.content
    assert (sent.status_code, Statement.objects.get(number=25).state) == (303, "withdrawn")


def test_deleting_leaves_nothing_of_one_who_only_voted(voter, code):
    propose(voter)
    enter(voter, code)
    asked = voter.follow(voter.press(voter.open(RECEIPT), to=RECEIPT, intent="delete"))

    erased = voter.press(asked, to=RECEIPT, intent="erase")

    kept = [model.objects.count() for model in (Ballot, VoteLog, VoteKey, Exposure, Participant)]
    assert (erased.status_code, kept) == (200, [0, 0, 0, 0, 0])
    assert Statement.objects.get(number=25).text == ""
    assert enter(voter, code).status_code == 422


def test_code_does_not_open_another_readers_votes(voter, another_voter, code):
    voter.vote("unsure")
    enter(voter, code)

    voter.press(voter.open(DEBATE), vote=f"{voter.card(voter.open(DEBATE))}-neither")

    assert votes() == [[0, 0, 0, 1], [5, 0, 1, 0]]
