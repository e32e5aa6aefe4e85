from uuid import uuid4

import pytest

from apps.common.writing import KeyReused
from apps.debates import actions
from apps.debates.actions import Proposed, erase_ballot
from apps.debates.models import Origin, Statement, StatementState
from apps.debates.moderation import reject_statement, withdraw_statement
from apps.debates.queries import outside_ids, own_statements
from apps.debates.rules import DebateFull, SaidAlready, StatementNotServed, StatementUnknown, TooFewVotes
from apps.inquiries.models import Inquiry, State
from apps.inquiries.rules import InquiryClosed
from apps.surveys.texts import TextRefused
from tests.debates.factories import make_debate, make_moderator, make_reader, propose, undo, vote, vote_on_all

pytestmark = pytest.mark.django_db

TEXT = "計算資源の持ち主を公開すべきだ。"


@pytest.fixture
def debate():
    return make_debate()


@pytest.fixture
def reader(debate):
    voter = make_reader(debate)
    vote_on_all(debate, voter, "+-0?+")
    return voter


def test_statement_of_a_reader_waits_under_the_next_number(debate, reader):
    proposed = propose(debate, reader, f" {TEXT}\n")

    statement = Statement.objects.get(number=7)
    assert proposed == Proposed(7, "waiting", replayed=False)
    assert (statement.text, statement.language, statement.origin) == (TEXT, "ja", Origin.READER)
    assert [each.number for each in own_statements(reader.pseudonym)] == [7]
    with pytest.raises(StatementNotServed):
        vote(debate, reader, 7)


@pytest.mark.parametrize("undone", [1, 5])
def test_writing_needs_five_standing_votes(debate, reader, undone):
    for number in range(1, undone + 1):
        undo(debate, reader, number)

    with pytest.raises(TooFewVotes) as refused:
        propose(debate, reader, TEXT)

    assert (refused.value.cast, refused.value.needed) == (5 - undone, 5)
    vote_on_all(debate, reader, "+++++")
    assert propose(debate, reader, TEXT).number == 7


def test_who_never_voted_may_not_write(debate):
    with pytest.raises(TooFewVotes):
        propose(debate, make_reader(debate), TEXT)


def test_replay_brings_the_first_reply(debate, reader):
    key = uuid4()
    propose(debate, reader, TEXT, key=key)

    assert propose(debate, reader, TEXT, key=key) == Proposed(7, "waiting", replayed=True)
    assert Statement.objects.count() == 7


def test_key_of_another_write_is_refused(debate, reader):
    key, body = uuid4(), b"the same body".ljust(32)
    propose(debate, reader, TEXT, key=key, body_sha256=body)

    with pytest.raises(KeyReused):
        propose(debate, reader, "別の文だ。", key=key)
    with pytest.raises(KeyReused):
        vote(debate, reader, 1, key=key, body_sha256=body)


@pytest.mark.parametrize("text", [TEXT, "計算資源ノ持チ主ヲ公開スベキダ！", "計算資源 の 持ち主 を 公開すべきだ"])
def test_same_statement_is_named_instead_of_taken(debate, reader, text):
    propose(debate, reader, TEXT)

    with pytest.raises(SaidAlready) as refused:
        propose(debate, reader, text)
    assert refused.value.number == 7


def test_statement_of_the_editors_is_not_written_again(debate, reader):
    with pytest.raises(SaidAlready) as refused:
        propose(debate, reader, Statement.objects.get(number=2).text)
    assert refused.value.number == 2


def test_statement_of_the_editors_is_not_written_again_in_another_of_their_languages(debate, reader):
    Statement.objects.filter(number=2).update(texts={"ja": "一つ目。", "en": "Owners of chips must be named."})

    with pytest.raises(SaidAlready) as refused:
        propose(debate, reader, "owners of chips must be named", language="en")

    assert refused.value.number == 2


def test_rejected_statement_stays_said_and_a_withdrawn_one_does_not(debate, reader):
    propose(debate, reader, TEXT)
    reject_statement(statement=Statement.objects.get(number=7), reason="unclear", by=make_moderator())
    with pytest.raises(SaidAlready):
        propose(debate, reader, TEXT)

    withdraw_statement(inquiry_id=debate.pk, number=7, pseudonym=reader.pseudonym)

    assert propose(debate, reader, TEXT).number == 8


@pytest.mark.parametrize("text", ["", "あ" * 61, "\ud800", 4, None])
def test_what_is_no_statement_is_refused_and_leaves_nothing(debate, reader, text):
    with pytest.raises(TextRefused):
        propose(debate, reader, text)
    assert Statement.objects.count() == 6


def test_closed_inquiry_takes_no_statement(debate, reader):
    Inquiry.objects.update(state=State.CLOSED)

    with pytest.raises(InquiryClosed):
        propose(debate, reader, TEXT)


def test_full_debate_takes_no_more(debate, reader, monkeypatch):
    monkeypatch.setattr(actions, "MOST_STATEMENTS", 6)

    with pytest.raises(DebateFull):
        propose(debate, reader, TEXT)


def test_only_the_author_withdraws(debate, reader):
    propose(debate, reader, TEXT)

    for number, who in ((7, make_reader(debate)), (1, reader), (99, reader)):
        with pytest.raises(StatementUnknown):
            withdraw_statement(inquiry_id=debate.pk, number=number, pseudonym=who.pseudonym)
    withdrawn = withdraw_statement(inquiry_id=debate.pk, number=7, pseudonym=reader.pseudonym)
    again = withdraw_statement(inquiry_id=debate.pk, number=7, pseudonym=reader.pseudonym)

    assert (withdrawn.state, again.state) == (StatementState.WITHDRAWN, StatementState.WITHDRAWN)


def test_erased_reader_leaves_a_number_without_words(debate, reader):
    propose(debate, reader, TEXT)

    erase_ballot(pseudonym=reader.pseudonym)

    left = Statement.objects.get(number=7)
    assert (left.state, left.text, left.folded, left.author) == (StatementState.WITHDRAWN, "", "", None)


def test_files_know_statements_by_their_numbers(debate):
    assert outside_ids(debate) == {number: number for number in range(1, 7)}
