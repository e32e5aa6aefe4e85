"""How fast one reader may vote, and how much a network may before each reader there has to work for their votes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from altcha import Challenge, Payload, solve_challenge

from apps.debates import actions
from apps.debates.actions import cast_vote, open_debate, undo_vote
from apps.debates.choices import Choice
from apps.debates.models import VoteLog
from apps.debates.rules import StatementUnknown
from apps.inquiries.actions import close_inquiry
from apps.inquiries.rules import InquiryClosed
from apps.participants import crowds, proof
from apps.participants.buckets import Measure, shared
from apps.participants.crowds import ProofNeeded, TooManyVotes
from apps.participants.limits import Sender
from apps.participants.models import Bucket, SpentProof
from tests.responses.factories import make_identity, make_inquiry
from tests.responses.hands import at_once

pytestmark = pytest.mark.django_db

CAFE = "203.0.113.0/24"


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Of one reader three votes at once, of a network four freely and twelve in all; two for a proof."""
    shared.begin()
    monkeypatch.setitem(actions.VOTING_PACE, "burst", 3.0)
    monkeypatch.setattr(proof, "ROUNDS", 1)
    for name, burst, first in (("FREE", 4, 4), ("MOST", 12, 12), ("PAID", 2, 0)):
        monkeypatch.setattr(crowds, name, Measure(rate=0.0001 if first else 0, burst=burst, first=first))


@pytest.fixture
def inquiry():
    inquiry = make_inquiry()
    open_debate(inquiry=inquiry)
    return inquiry


def vote(inquiry, reader=b"r", number=1, key=None, choice=Choice.AGREE, network="", work=""):
    return cast_vote(
        inquiry=inquiry,
        identity=make_identity(inquiry, reader),
        number=number,
        choice=choice,
        key=key or uuid4(),
        body_sha256=bytes([number, choice]),
        sender=Sender(network, work),
    )


def crowd(inquiry, votes):
    """So many votes from the café, each by another reader."""
    for number in range(votes):
        vote(inquiry, b"guest %d" % number, network=CAFE)


def solved(refused):
    challenge = Challenge.from_dict(refused.value.challenge)
    return Payload(challenge, solve_challenge(challenge)).to_base64()


def test_reader_who_votes_faster_than_people_do_waits_a_second(inquiry):
    for number in (1, 2, 3):
        vote(inquiry, number=number)

    with pytest.raises(TooManyVotes) as refused:
        vote(inquiry, number=4)

    assert refused.value.seconds == 1
    assert VoteLog.objects.count() == 3


def test_taking_back_counts_like_a_vote(inquiry):
    vote(inquiry)
    vote(inquiry, number=2)
    undo_vote(inquiry=inquiry, identity=make_identity(inquiry, b"r"), number=1, key=uuid4(), body_sha256=b"")

    with pytest.raises(TooManyVotes):
        undo_vote(inquiry=inquiry, identity=make_identity(inquiry, b"r"), number=2, key=uuid4(), body_sha256=b"")


def test_other_readers_go_on(inquiry):
    for number in (1, 2, 3):
        vote(inquiry, number=number)

    assert vote(inquiry, b"another").created


def test_a_second_later_the_next_vote_is_possible(inquiry):
    for number in (1, 2, 3):
        vote(inquiry, number=number)
    bucket = Bucket.objects.get()
    Bucket.objects.update(filled_at=bucket.filled_at - timedelta(seconds=1))

    assert vote(inquiry, number=4).created
    with pytest.raises(TooManyVotes):
        vote(inquiry, number=5)


def test_sent_again_under_its_key_a_vote_costs_nothing_and_is_never_refused(inquiry):
    key = uuid4()
    first = vote(inquiry, key=key)
    again = [vote(inquiry, key=key) for _ in range(10)]
    for number in (2, 3):
        vote(inquiry, number=number)
    late = vote(inquiry, key=key)

    assert {each.revision for each in (first, *again, late)} == {1}
    assert [each.replayed for each in (first, *again, late)] == [False] + [True] * 11


def test_refused_for_another_reason_costs_nothing(inquiry):
    for _ in range(5):
        with pytest.raises(StatementUnknown):
            vote(inquiry, number=99)

    assert Bucket.objects.count() == 0


def test_closed_inquiry_says_so_first(inquiry):
    for number in (1, 2, 3):
        vote(inquiry, number=number)
    close_inquiry(inquiry=inquiry)

    with pytest.raises(InquiryClosed):
        vote(inquiry, number=4)


@pytest.mark.django_db(transaction=True)
def test_many_hands_of_one_reader_cast_no_more_than_one_could(inquiry):
    def hand(number):
        try:
            return vote(inquiry, number=number).created
        except TooManyVotes:
            return False

    cast = at_once(hand, range(1, 21))

    assert 3 <= sum(cast) <= 5  # some seconds may pass on a busy machine
    assert VoteLog.objects.count() == sum(cast)


def test_network_with_many_votes_is_asked_to_work(inquiry):
    crowd(inquiry, 4)

    with pytest.raises(ProofNeeded) as refused:
        vote(inquiry, network=CAFE)

    assert refused.value.challenge["parameters"]["data"]["purpose"] == "vote"
    assert refused.value.seconds > 0
    assert VoteLog.objects.count() == 4


def test_other_networks_and_other_inquiries_are_not_asked(inquiry):
    crowd(inquiry, 4)
    elsewhere = make_inquiry("elsewhere")
    open_debate(inquiry=elsewhere)

    assert vote(inquiry, network="198.51.100.0/24").created
    assert vote(elsewhere, network=CAFE).created
    assert vote(inquiry, b"not known from where").created


def test_work_is_good_for_some_votes_of_the_reader_who_did_it(inquiry):
    crowd(inquiry, 4)
    with pytest.raises(ProofNeeded) as refused:
        vote(inquiry, network=CAFE)

    paid = [
        vote(inquiry, network=CAFE, work=solved(refused)).created,
        vote(inquiry, number=2, network=CAFE).created,
    ]

    assert paid == [True, True]
    with pytest.raises(ProofNeeded):
        vote(inquiry, number=3, network=CAFE)
    with pytest.raises(ProofNeeded):
        vote(inquiry, b"a neighbour", network=CAFE)
    assert SpentProof.objects.count() == 1


def test_work_is_accepted_once(inquiry):
    crowd(inquiry, 4)
    with pytest.raises(ProofNeeded) as refused:
        vote(inquiry, network=CAFE)
    work = solved(refused)
    for number in (1, 2):
        vote(inquiry, number=number, network=CAFE, work=work)

    with pytest.raises(ProofNeeded):
        vote(inquiry, number=3, network=CAFE, work=work)


def test_work_that_nobody_asked_for_is_not_spent(inquiry):
    crowd(inquiry, 3)

    assert vote(inquiry, network=CAFE, work="whatever").created
    assert SpentProof.objects.count() == 0


def test_crowd_does_not_refuse_what_is_sent_again(inquiry):
    key = uuid4()
    vote(inquiry, key=key, network=CAFE)
    crowd(inquiry, 3)

    assert vote(inquiry, key=key, network=CAFE).replayed


def test_beyond_the_most_of_a_network_no_work_helps_but_waiting_does(inquiry, monkeypatch):
    monkeypatch.setattr(crowds, "MOST", Measure(rate=0.1, burst=3, first=3))
    crowd(inquiry, 3)

    with pytest.raises(TooManyVotes) as refused:
        vote(inquiry, network=CAFE)

    assert not isinstance(refused.value, ProofNeeded)
    assert 9 <= refused.value.seconds <= 10
