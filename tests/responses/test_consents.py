from uuid import uuid4

import pytest

from apps.common.writing import KeyReused
from apps.inquiries.actions import close_inquiry
from apps.responses.consents import take_back_consent, take_back_under_key
from apps.responses.models import ResponseLog
from apps.responses.queries import own_response
from apps.responses.verification import code_faults, ledger_faults
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db

AGREED = {"Q1": 4, "Q3": "私の考え", "Q3c": True}


def test_consent_is_taken_back_after_the_close_and_the_words_stay():
    inquiry = make_inquiry()
    record(inquiry, AGREED)
    close_inquiry(inquiry=inquiry)

    assert take_back_consent(pseudonym=make_identity(inquiry).pseudonym, consent="Q3c")

    assert own_response(make_identity(inquiry).pseudonym).answers == AGREED | {"Q3c": False}
    assert list(ResponseLog.objects.order_by("revision").values_list("revision", "answers__Q3c")) == [
        (1, True), (2, False),
    ]  # fmt: skip
    assert list(ledger_faults(inquiry.pk)) == list(code_faults(inquiry.pk)) == []


def test_taken_back_twice_or_by_nobody_it_is_written_once():
    inquiry = make_inquiry()
    record(inquiry, AGREED)
    who = make_identity(inquiry).pseudonym

    taken = [take_back_consent(pseudonym=who, consent=name) for name in ("Q3c", "Q3c", "Q3", "Q1")]

    assert taken == [True, False, False, False]
    assert not take_back_consent(pseudonym=b"nobody's pseudon", consent="Q3c")
    assert ResponseLog.objects.count() == 2


def test_the_next_answer_goes_on_from_there():
    inquiry = make_inquiry()
    record(inquiry, AGREED)
    take_back_consent(pseudonym=make_identity(inquiry).pseudonym, consent="Q3c")

    assert record(inquiry, {"Q1": 5}).revision == 3
    assert own_response(make_identity(inquiry).pseudonym).answers == AGREED | {"Q1": 5, "Q3c": False}


def test_under_a_key_it_is_written_once_and_the_key_is_good_for_nothing_else():
    inquiry = make_inquiry()
    record(inquiry, AGREED)
    close_inquiry(inquiry=inquiry)
    call = {"pseudonym": make_identity(inquiry).pseudonym, "consents": ["Q3c"], "key": uuid4()}

    replies = [take_back_under_key(**call, body_sha256=b"a" * 32) for _once in range(2)]
    with pytest.raises(KeyReused):
        take_back_under_key(**call, body_sha256=b"b" * 32)

    assert replies == [{"status": "break_off", "revision": 2, "epoch": None}] * 2
    assert ResponseLog.objects.count() == 2
    assert list(ledger_faults(inquiry.pk)) == []
    nobody = {**call, "pseudonym": b"nobody's pseudon"}
    assert take_back_under_key(**nobody, body_sha256=b"a" * 32) is None
