"""A reader's hand: what lies in it, and for how long."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.common import recent
from apps.debates.counting import refresh_standing
from apps.debates.dealing import next_cards
from apps.debates.models import Exposure, RejectionReason, RoutingPolicy, Statement, StatementState
from apps.debates.moderation import merge_statement, reject_statement
from apps.debates.routing import POLICY
from apps.inquiries.actions import close_inquiry
from apps.inquiries.rules import InquiryClosed
from tests.debates.factories import (
    DISAGREE,
    make_debate,
    make_moderator,
    make_reader,
    make_statement,
    undo,
    vote,
    vote_on_all,
)
from tests.debates.hands import hand, logged
from tests.responses.factories import built_in_document, make_inquiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def debate():
    return make_debate(statements=12)


def test_hand_is_the_same_until_the_reader_votes(debate):
    reader = make_reader(debate)

    first, again, fewer = hand(debate, reader), hand(debate, reader), hand(debate, reader, want=2)

    assert (again, fewer) == (first, first[:2])
    assert len(set(first)) == 5
    assert logged(reader) == [(place, number, False) for place, number in enumerate(first)]


def test_card_that_was_voted_on_makes_room_for_a_new_one(debate):
    reader = make_reader(debate)
    first = hand(debate, reader)

    vote(debate, reader, first[1])
    second = hand(debate, reader)

    assert second[:4] == [first[0], *first[2:]]
    assert second[4] not in first
    assert [answered for _place, _number, answered in logged(reader)] == [False, True, False, False, False, False]


def test_vote_taken_back_brings_its_card_back(debate):
    reader = make_reader(debate)
    first = hand(debate, reader)
    vote(debate, reader, first[0])
    undo(debate, reader, first[0])

    assert hand(debate, reader) == first


def test_reader_who_votes_on_all_has_seen_each_once_and_nothing_is_left(debate):
    reader, seen = make_reader(debate), []
    while cards := hand(debate, reader):
        seen += cards
        for number in cards:
            vote(debate, reader, number)

    after = next_cards(inquiry=debate.inquiry, identity=reader)
    assert sorted(seen) == list(range(1, 13))
    assert (after.cards, after.votes, after.more) == ([], 12, False)
    assert len(logged(reader)) == 12


def test_more_is_told_as_long_as_something_lies_behind_the_hand(debate):
    reader = make_reader(debate)
    for number in range(1, 7):
        vote(debate, reader, number, DISAGREE)

    assert [next_cards(inquiry=debate.inquiry, identity=reader, want=want).more for want in (4, 5)] == [True, True]
    vote(debate, reader, 7)
    last = next_cards(inquiry=debate.inquiry, identity=reader)
    assert (len(last.cards), last.votes, last.more) == (5, 7, False)


def test_statements_that_are_not_published_are_never_in_a_hand(debate):
    waiting_one = make_statement(debate, 13, state=StatementState.WAITING)
    make_statement(debate, 14, state=StatementState.WITHDRAWN)
    reader, staff = make_reader(debate), make_moderator()
    first = hand(debate, reader)
    gone = [Statement.objects.get(debate=debate, number=number) for number in first[:2]]
    reject_statement(statement=gone[0], reason=RejectionReason.UNCLEAR, by=staff)
    into = Statement.objects.get(debate=debate, number=first[2])
    merge_statement(statement=gone[1], into=into, by=staff)

    seen = set(first[2:])
    assert hand(debate, reader)[:3] == first[2:]
    while cards := hand(debate, reader):
        seen |= set(cards)
        for number in cards:
            vote(debate, reader, number)
    assert seen == set(range(1, 13)) - set(first[:2])
    assert waiting_one.number not in seen


def test_nobody_is_asked_about_their_own_statement(debate):
    author, other = make_reader(debate), make_reader(debate)
    vote_on_all(debate, author, "+" * 12)
    vote_on_all(debate, other, "+" * 12)
    make_statement(debate, 13, origin="reader", author=author.pseudonym)

    assert (hand(debate, author), hand(debate, other)) == ([], [13])


def test_exposure_says_by_which_policy_and_how_likely(debate):
    reader = make_reader(debate)
    hand(debate, reader, want=1)

    exposure = Exposure.objects.get(pseudonym=reader.pseudonym)
    assert (exposure.debate_id, exposure.policy) == (debate.pk, POLICY.version)
    assert exposure.probability == pytest.approx(1 / 12)
    assert list(RoutingPolicy.objects.values_list("version", "settings__floor", "settings__blocks")) == [
        (POLICY.version, POLICY.floor, POLICY.blocks)
    ]


def test_readers_are_shown_different_cards(debate):
    assert len({tuple(hand(debate, make_reader(debate))) for _ in range(8)}) > 4


def test_nothing_is_dealt_outside_the_opening_hours(debate):
    reader = make_reader(debate)
    closed = close_inquiry(inquiry=debate.inquiry)
    later = make_debate("later", opens_at=timezone.now() + timedelta(hours=1)).inquiry

    for inquiry in (closed, later):
        with pytest.raises(InquiryClosed):
            next_cards(inquiry=inquiry, identity=reader)
    assert not Exposure.objects.exists()


def test_first_who_asks_opens_the_debate_with_the_editors_statements():
    inquiry = make_inquiry()
    stances = {entry["id"]: entry["stance"] for entry in built_in_document()["statements"]}

    cards = next_cards(inquiry=inquiry, identity=make_reader(inquiry)).cards

    assert Statement.objects.count() == 24
    assert sorted(stances[card.seed] for card in cards[:3]) == ["bridge", "con", "pro"]


def test_hand_takes_the_same_number_of_queries_however_many_voted(debate):
    def taken():
        reader = make_reader(debate)
        with CaptureQueriesContext(connection) as queries:
            hand(debate, reader)
        return len(queries)

    before = taken()
    for _ in range(30):
        vote_on_all(debate, make_reader(debate), "+-0?+-0?+-0?")
    refresh_standing(debate=debate)

    assert (before, taken()) == (5, 5)  # debate, statements, counts; the reader's own; what was shown


def test_many_readers_at_one_moment_share_what_lies_ready(debate, monkeypatch):
    monkeypatch.setattr(recent, "SECONDS", 60.0)
    hand(debate, make_reader(debate))

    reader = make_reader(debate)
    with CaptureQueriesContext(connection) as queries:
        hand(debate, reader)
    monkeypatch.setattr(recent, "SECONDS", 0.0)

    assert len(queries) == 2
