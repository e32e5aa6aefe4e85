import pytest

from apps.participants.models import Participant
from apps.participants.queries import find_by_receipt
from apps.responses.actions import erase_response, today
from apps.responses.models import IdempotencyKey, Response, ResponseLog
from apps.responses.queries import answer_columns, own_response
from apps.responses.spread import spread
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Participant, Response, ResponseLog, IdempotencyKey))


def test_everything_of_one_reader_goes_and_nothing_of_another():
    inquiry = make_inquiry()
    mine, other = make_identity(inquiry, b"mine"), make_identity(inquiry, b"other")
    record(inquiry, {"Q1": 4, "Q3": "私の考え"}, identity=mine)
    record(inquiry, {"Q1": 5}, identity=mine)
    record(inquiry, {"Q1": 2}, identity=other)

    assert erase_response(pseudonym=mine.pseudonym)

    assert counts() == (1, 1, 1, 1)
    assert own_response(mine.pseudonym) is None
    assert own_response(other.pseudonym).answers == {"Q1": 2}


def test_erasing_twice_or_nobody_is_harmless():
    inquiry = make_inquiry()
    mine = make_identity(inquiry)
    record(inquiry, {"Q1": 4})

    assert [erase_response(pseudonym=mine.pseudonym) for _ in range(2)] == [True, False]
    assert not erase_response(pseudonym=b"nobody's pseudon")
    assert counts() == (0, 0, 0, 0)


def test_erased_receipt_leads_nowhere():
    recorded = record(make_inquiry(), {"Q1": 4})
    identity = find_by_receipt(recorded.receipt)

    erase_response(pseudonym=identity.pseudonym)

    assert find_by_receipt(recorded.receipt) is None


def test_erased_answers_are_counted_no_more():
    inquiry = make_inquiry()
    for token in (b"a", b"b", b"c"):
        record(inquiry, {"Q1": 4}, identity=make_identity(inquiry, token))

    erase_response(pseudonym=make_identity(inquiry, b"b").pseudonym)

    assert [column.readers for column in answer_columns(inquiry.pk)] == [2]
    assert spread(inquiry.pk, today=today()).counts.readers == 2


def test_erased_reader_begins_anew_with_a_key_used_before():
    inquiry = make_inquiry()
    first = record(inquiry, {"Q1": 4})
    key = IdempotencyKey.objects.get().key
    erase_response(pseudonym=make_identity(inquiry).pseudonym)

    again = record(inquiry, {"Q1": 4}, key=key)

    assert (again.created, again.replayed, again.receipt) == (True, False, first.receipt)
