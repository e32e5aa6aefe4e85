"""Many hands at once on one ballot, with real connections and real commits."""

from collections import Counter
from uuid import uuid4

import pytest

from apps.debates.choices import Choice
from apps.debates.models import Ballot, Statement, VoteKey, VoteLog
from apps.debates.queries import own_votes
from apps.debates.rules import SaidAlready
from apps.inquiries.actions import close_inquiry
from apps.inquiries.rules import InquiryClosed
from tests.debates.factories import make_debate, make_reader, propose, vote, vote_on_all
from tests.responses.hands import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_hundred_sends_of_one_key_are_one_vote():
    debate = make_debate()
    reader, key = make_reader(debate), uuid4()

    done = at_once(lambda _: vote(debate, reader, 2, key=key), range(200))

    assert Counter(each.replayed for each in done) == {False: 1, True: 199}
    assert {(each.created, each.revision) for each in done} == {(True, 1)}
    assert (Ballot.objects.count(), VoteLog.objects.count(), VoteKey.objects.count()) == (1, 1, 1)


def test_taps_on_many_cards_at_once_are_all_kept():
    debate = make_debate(statements=30)
    reader = make_reader(debate)

    done = at_once(lambda number: vote(debate, reader, number, Choice(number % 4 + 1)), range(1, 31))

    assert own_votes(reader.pseudonym).votes == {number: Choice(number % 4 + 1) for number in range(1, 31)}
    assert sorted(each.revision for each in done) == list(range(1, 31))
    assert all(each.created for each in done)


def test_two_hundred_changes_of_one_vote_are_one_vote_and_the_last_in_the_log():
    debate = make_debate()
    reader = make_reader(debate)

    done = at_once(lambda n: vote(debate, reader, 1, Choice(n % 4 + 1)), range(200))

    last = VoteLog.objects.order_by("-id").first()
    assert sum(each.created for each in done) == 1
    assert last
    assert (last.revision, VoteLog.objects.count()) == (200, 200)
    assert own_votes(reader.pseudonym).votes == {1: Choice(last.choice)}


def test_closing_among_votes_counts_each_once_or_refuses_it():
    debate = make_debate()
    readers = [make_reader(debate) for _ in range(200)]

    def vote_or_close(n):
        if n == 100:
            close_inquiry(inquiry=debate.inquiry)
            return "closed"
        try:
            return vote(debate, readers[n], 1).created
        except InquiryClosed:
            return "refused"

    said = Counter(at_once(vote_or_close, range(200)))

    assert said[True] + said["refused"] == 199
    assert (Ballot.objects.count(), VoteLog.objects.count()) == (said[True], said[True])
    with pytest.raises(InquiryClosed):
        vote(debate, readers[100], 1)


def test_one_statement_sent_by_many_is_taken_once_and_numbers_have_no_gap():
    debate = make_debate()
    readers = [make_reader(debate) for _ in range(16)]
    for reader in readers:
        vote_on_all(debate, reader, "+++++")

    def write(n):
        try:
            return propose(debate, readers[n], "同じ意見を書く。" if n % 2 else f"意見その{n}").number
        except SaidAlready as said:
            return -said.number

    written = at_once(write, range(16))

    numbers = [number for number in written if number > 0]
    same = [-number for number in written if number < 0]
    assert sorted(numbers) == list(range(7, 16))
    assert (len(same), len(set(same))) == (7, 1)
    assert Statement.objects.count() == 15
