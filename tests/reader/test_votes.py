"""My votes: all of them, each to be changed or taken back, and what became of the statements since."""

import pytest

from apps.debates.choices import Choice
from apps.debates.models import Ballot, Origin, RejectionReason, Statement, VoteLog
from apps.debates.moderation import approve_statement, merge_statement, reject_statement
from apps.inquiries.actions import close_inquiry
from apps.participants.receipts import receipt_code
from tests.debates.factories import make_moderator
from tests.reader.voters import DEBATE, VOTES, WORDS, buttons, votes


@pytest.fixture
def voted(voter, inquiry) -> list[int]:
    """The numbers of three statements, in the order in which the reader agreed to them."""
    voter.vote_on(3)
    return list(VoteLog.objects.order_by("revision").values_list("number", flat=True))


def ballot():
    return Ballot.objects.get()


def test_list_shows_every_vote_the_newest_first(voter, voted):
    page = voter.open(VOTES)

    undone = [int(number) for number, word in buttons(page) if word == "none"]
    assert undone == voted[::-1]
    assert page.content.decode().count("<b>Agree</b>") == 3


def test_vote_is_changed_and_the_list_keeps_its_order(voter, voted):
    sent = voter.press(voter.open(VOTES), to=VOTES, vote=f"{voted[0]}-unsure")

    page = voter.follow(sent)
    assert (sent.status_code, sent.headers["Location"]) == (303, VOTES)
    assert [ballot().choice(number) for number in voted] == [Choice.UNSURE, Choice.AGREE, Choice.AGREE]
    assert [int(number) for number, word in buttons(page) if word == "none"] == voted[::-1]


def test_vote_is_taken_back(voter, voted):
    voter.press(voter.open(VOTES), to=VOTES, vote=f"{voted[1]}-none")

    page = voter.open(VOTES)
    assert votes() == [[2, 0, 0, 0]]
    assert [int(number) for number, word in buttons(page) if word == "none"] == [voted[2], voted[0]]


def test_second_press_of_the_same_page_changes_once(voter, voted):
    page = voter.open(VOTES)

    first = voter.press(page, to=VOTES, vote=f"{voted[0]}-disagree")
    second = voter.press(page, to=VOTES, vote=f"{voted[0]}-disagree")
    other = voter.press(page, to=VOTES, vote=f"{voted[1]}-disagree")

    assert [first.status_code, second.status_code, other.status_code] == [303, 303, 409]
    assert b"This page was sent once before" in other.content
    assert votes() == [[2, 1, 0, 0]]


def test_stranger_reads_that_there_is_nothing_and_where_to_go(voter, inquiry):
    page = voter.open(VOTES)

    text = page.content.decode()
    assert "No vote has been cast from this browser yet" in text
    assert f'href="{DEBATE}"' in text
    assert page.cookies == {}


def test_page_shows_the_receipt_code(voter, voted):
    page = voter.open(VOTES)

    assert receipt_code(bytes(ballot().pseudonym)) in page.content.decode()


def test_what_happened_to_statements_since_is_said(voter, voted):
    moderator = make_moderator()
    statements = {each.number: each for each in Statement.objects.all()}
    target = next(each for number, each in statements.items() if number not in voted)
    reject_statement(statement=statements[voted[0]], reason=RejectionReason.UNCLEAR, by=moderator)
    merge_statement(statement=statements[voted[1]], into=target, by=moderator)

    page = voter.open(VOTES)

    text = page.content.decode()
    assert "It is no longer published, so your vote on it is no longer counted." in text
    assert "It was merged with a statement that says the same:" in text
    assert target.texts["en"] in text
    asked = {(int(number), word) for number, word in buttons(page)}
    four = {(number, word) for number in (voted[2], target.number) for word in WORDS}
    assert asked == four | {(number, "none") for number in voted}


def test_vote_on_a_statement_that_is_gone_can_only_be_taken_back(voter, voted):
    statement = Statement.objects.get(number=voted[0])
    reject_statement(statement=statement, reason=RejectionReason.UNCLEAR, by=make_moderator())

    changed = voter.press(voter.open(VOTES), to=VOTES, vote=f"{voted[0]}-disagree")
    taken = voter.press(voter.open(VOTES), to=VOTES, vote=f"{voted[0]}-none")

    assert (changed.status_code, taken.status_code) == (409, 303)
    assert votes() == [[2, 0, 0, 0]]


def test_words_that_were_deleted_are_not_missed(voter, voted):
    Statement.objects.filter(number=voted[0]).update(text="", texts={}, state="withdrawn")

    text = voter.open(VOTES).content.decode()

    assert "(Its words were deleted.)" in text
    assert "Its author has withdrawn it" in text


def test_closed_inquiry_shows_votes_that_cannot_be_changed(voter, voted, inquiry):
    page = voter.open(VOTES)
    close_inquiry(inquiry=inquiry)

    sent = voter.press(page, to=VOTES, vote=f"{voted[0]}-disagree")

    assert (sent.status_code, votes()) == (409, [[3, 0, 0, 0]])
    assert buttons(voter.open(VOTES)) == []


@pytest.mark.parametrize("value", ["", "x", "1-x", "-1-agree", "１-agree", "9" * 5000])
def test_bad_vote_is_said_and_keeps_nothing(voter, voted, value):
    sent = voter.press(voter.open(VOTES), to=VOTES, vote=value)

    assert (sent.status_code, votes()) == (422, [[3, 0, 0, 0]])


def propose(voter, text="A statement of my own."):
    Statement.objects.create(
        debate_id=Ballot.objects.get().debate_id,
        number=25,
        origin=Origin.READER,
        language="en",
        text=text,
        folded=text,
        author=bytes(ballot().pseudonym),
        day="2026-11-25",
    )
    return Statement.objects.get(number=25)


def test_author_reads_what_became_of_a_statement(voter, voted):
    own, moderator = propose(voter), make_moderator()
    waiting = voter.open(VOTES).content.decode()
    approve_statement(statement=own, by=moderator)
    published = voter.open(VOTES).content.decode()
    reject_statement(statement=own, reason=RejectionReason.SEVERAL_IDEAS, by=moderator)
    rejected = voter.open(VOTES).content.decode()
    merge_statement(statement=own, into=Statement.objects.get(number=voted[0]), by=moderator)
    merged = voter.open(VOTES).content.decode()

    assert "A moderator reads it before other readers see it." in waiting
    assert "Other readers see it among their cards." in published
    assert "How others voted on it is shown here from 10 votes on." in published
    assert "It holds more than one idea" in rejected
    assert "It was merged with a statement that says the same:" in merged


def test_author_withdraws_a_statement(voter, voted):
    propose(voter)

    sent = voter.press(voter.open(VOTES), to=VOTES, withdraw="25")

    assert sent.status_code == 303
    assert Statement.objects.get(number=25).state == "withdrawn"
    assert b"You have withdrawn it." in voter.open(VOTES).content


def test_author_withdraws_after_the_close_too(voter, voted, inquiry):
    propose(voter)
    close_inquiry(inquiry=inquiry)

    voter.press(voter.open(VOTES), to=VOTES, withdraw="25")

    assert Statement.objects.get(number=25).state == "withdrawn"


@pytest.mark.parametrize(("number", "status"), [("1", 404), ("99", 404), ("x", 400), ("", 400), ("9" * 30, 400)])
def test_nobody_withdraws_what_is_not_theirs(voter, voted, number, status):
    sent = voter.press(voter.open(VOTES), to=VOTES, withdraw=number)

    assert sent.status_code == status
    assert not Statement.objects.filter(state="withdrawn").exists()


def test_another_reader_does_not_withdraw_it(voter, another_voter, voted):
    propose(voter)
    another_voter.vote()

    sent = another_voter.press(another_voter.open(VOTES), to=VOTES, withdraw="25")

    assert (sent.status_code, Statement.objects.get(number=25).state) == (404, "waiting")
