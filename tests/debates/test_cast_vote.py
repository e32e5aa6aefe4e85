from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from apps.common.writing import Busy, KeyReused, today
from apps.debates import ledger
from apps.debates.actions import Voted, erase_ballot
from apps.debates.choices import Choice
from apps.debates.models import Ballot, Exposure, Statement, StatementState, VoteKey, VoteLog
from apps.debates.queries import own_votes
from apps.debates.rules import StatementNotServed, StatementUnknown
from apps.inquiries.models import Inquiry, State
from apps.inquiries.rules import InquiryClosed
from apps.participants.queries import Identity
from tests.debates.factories import AGREE, DISAGREE, NEITHER, UNSURE, make_debate, make_reader, undo, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def debate():
    return make_debate()


@pytest.fixture
def reader(debate):
    return make_reader(debate)


def log_of(reader: Identity) -> list[tuple[int, int, int]]:
    rows = VoteLog.objects.filter(pseudonym=reader.pseudonym).order_by("id")
    return list(rows.values_list("number", "choice", "revision"))


def test_vote_is_a_byte_of_the_ballot_a_log_row_and_a_key(debate, reader):
    voted = vote(debate, reader, 3, DISAGREE)

    ballot = Ballot.objects.get()
    assert voted == Voted(3, DISAGREE, created=True, revision=1, replayed=False)
    assert (bytes(ballot.pk), ballot.debate_id, bytes(ballot.votes)) == (reader.pseudonym, debate.pk, b"\0\0\2")
    assert log_of(reader) == [(3, 2, 1)]
    assert VoteLog.objects.get().day == today()
    assert VoteKey.objects.count() == 1


def test_votes_of_one_reader_share_one_ballot(debate, reader):
    for number, choice in ((5, AGREE), (1, UNSURE), (2, NEITHER)):
        vote(debate, reader, number, choice)

    assert own_votes(reader.pseudonym).votes == {1: UNSURE, 2: NEITHER, 5: AGREE}
    assert Ballot.objects.get().cast == 3


def test_changed_vote_replaces_the_first_and_is_not_created_anew(debate, reader):
    first, second = vote(debate, reader, 2, AGREE), vote(debate, reader, 2, DISAGREE)

    assert (first.created, second.created) == (True, False)
    assert own_votes(reader.pseudonym).votes == {2: DISAGREE}
    assert log_of(reader) == [(2, 1, 1), (2, 2, 2)]


def test_undone_vote_is_gone_and_may_be_cast_anew(debate, reader):
    vote(debate, reader, 2, AGREE)
    undone = undo(debate, reader, 2)
    again = vote(debate, reader, 2, NEITHER)

    assert (undone.choice, undone.created, again.created) == (Choice.NONE, False, True)
    assert own_votes(reader.pseudonym).votes == {2: NEITHER}
    assert log_of(reader) == [(2, 1, 1), (2, 0, 2), (2, 3, 3)]


def test_undo_of_nothing_changes_no_vote(debate, reader):
    vote(debate, reader, 1, AGREE)
    undo(debate, reader, 6)

    assert own_votes(reader.pseudonym).votes == {1: AGREE}


def test_replay_brings_the_first_reply_and_writes_nothing(debate, reader):
    key = uuid4()
    first = vote(debate, reader, 2, AGREE, key=key)
    vote(debate, reader, 2, DISAGREE)

    again = vote(debate, reader, 2, AGREE, key=key)

    assert again == Voted(2, AGREE, first.created, first.revision, replayed=True)
    assert own_votes(reader.pseudonym).votes == {2: DISAGREE}
    assert VoteLog.objects.count() == 2


def test_replay_is_answered_after_the_close(debate, reader):
    key = uuid4()
    first = vote(debate, reader, 2, key=key)
    Inquiry.objects.update(state=State.CLOSED)

    assert vote(debate, reader, 2, key=key).revision == first.revision


def test_key_with_another_body_is_refused(debate, reader):
    key = uuid4()
    vote(debate, reader, 2, AGREE, key=key)

    with pytest.raises(KeyReused):
        vote(debate, reader, 2, DISAGREE, key=key)
    assert own_votes(reader.pseudonym).votes == {2: AGREE}


def test_same_key_of_two_readers_is_two_votes(debate, reader):
    key, other = uuid4(), make_reader(debate)

    assert [vote(debate, who, 1, key=key).created for who in (reader, other)] == [True, True]


@pytest.mark.parametrize("number", [-1, 0, 7, 2**31 - 1, 2**31, 2**63])
def test_vote_on_a_number_that_is_no_statement_is_refused(debate, reader, number):
    with pytest.raises(StatementUnknown):
        vote(debate, reader, number)
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("state", "more"),
    [
        (StatementState.WAITING, {}),
        (StatementState.REJECTED, {"reason": "insult"}),
        (StatementState.WITHDRAWN, {}),
    ],
)
def test_statement_that_is_not_served_takes_no_vote_but_gives_one_back(debate, reader, state, more):
    vote(debate, reader, 4)
    Statement.objects.filter(number=4).update(state=state, **more)

    with pytest.raises(StatementNotServed) as refused:
        vote(debate, reader, 4, DISAGREE)
    undo(debate, reader, 4)

    assert refused.value.state == state
    assert own_votes(reader.pseudonym).votes == {}


@pytest.mark.parametrize(
    "change",
    [
        {"state": State.CLOSED},
        {"state": State.DRAFT},
        {"closes_at": timezone.now() - timedelta(seconds=1)},
        {"opens_at": timezone.now() + timedelta(hours=1)},
        {"slug": "renamed"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_inquiry_that_is_not_open_takes_no_vote(debate, reader, change):
    Inquiry.objects.update(**change)

    for write in (vote, undo):
        with pytest.raises(InquiryClosed):
            write(debate, reader, 1)
    assert not Ballot.objects.exists()


def test_vote_marks_its_cards_as_answered(debate, reader):
    for position, number in enumerate((2, 3, 2), start=1):
        Exposure.objects.create(
            pseudonym=reader.pseudonym,
            position=position,
            debate=debate,
            number=number,
            policy="1",
            probability=0.5,
            day=today(),
        )

    vote(debate, reader, 2)
    undo(debate, reader, 3)

    assert list(Exposure.objects.order_by("position").values_list("number", "answered")) == [
        (2, True),
        (3, False),
        (2, True),
    ]


def test_vote_takes_one_query(debate, reader, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(3):  # the test's own transaction needs two for a savepoint
        vote(debate, reader, 1)


def test_database_that_is_away_is_said_so(debate, reader, monkeypatch):
    def fail(_values):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(ledger, "cast", fail)

    with pytest.raises(Busy):
        vote(debate, reader, 1)


def test_vote_under_a_warning_is_not_acknowledged(debate, reader):
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE WARNING 'canceling wait for synchronous replication'; RETURN NULL; END $$;
            CREATE TRIGGER warns AFTER INSERT ON debates_votelog FOR EACH ROW EXECUTE FUNCTION warn();
        """)

    with pytest.raises(Busy):
        vote(debate, reader, 1)


def test_erased_reader_leaves_nothing(debate, reader):
    other = make_reader(debate)
    for who in (reader, other):
        vote(debate, who, 1)

    assert (erase_ballot(pseudonym=reader.pseudonym), erase_ballot(pseudonym=reader.pseudonym)) == (True, False)
    kept = [model.objects.values_list("pseudonym", flat=True) for model in (Ballot, VoteLog, VoteKey)]
    assert [[bytes(who) for who in rows] for rows in kept] == [[other.pseudonym]] * 3
