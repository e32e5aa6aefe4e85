"""Whoever votes before answering is a participant from then on, with a receipt that their first answer keeps."""

import pytest

from apps.inquiries.actions import close_inquiry
from apps.participants.actions import admit_participant
from apps.participants.models import Participant
from apps.participants.queries import find_by_receipt, own_receipt
from apps.participants.receipts import receipt_code
from apps.responses.actions import erase_response
from apps.responses.queries import own_response
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    return make_inquiry()


def test_admitted_reader_has_a_receipt(inquiry):
    reader = make_identity(inquiry)

    before = own_receipt(reader.pseudonym)
    admit_participant(identity=reader, consent="c" * 64)

    assert (before, own_receipt(reader.pseudonym)) == ("", receipt_code(reader.pseudonym))
    assert find_by_receipt(own_receipt(reader.pseudonym)) == reader


def test_admitted_twice_is_admitted_once(inquiry):
    reader = make_identity(inquiry)

    admit_participant(identity=reader, consent="c" * 64)
    admit_participant(identity=reader, consent="d" * 64)

    assert [each.consent_sha256 for each in Participant.objects.all()] == ["c" * 64]


def test_nobody_is_admitted_to_a_closed_inquiry(inquiry):
    close_inquiry(inquiry=inquiry)

    admit_participant(identity=make_identity(inquiry), consent="c" * 64)

    assert Participant.objects.count() == 0


@pytest.mark.parametrize("newcomer", [True, False])
def test_first_answer_of_one_who_was_admitted_keeps_the_receipt_and_brings_the_coins(inquiry, newcomer):
    reader = make_identity(inquiry)
    admit_participant(identity=reader, consent="c" * 64)
    code = own_receipt(reader.pseudonym)

    recorded = record(inquiry, {"Q1": 4}, identity=reader, coins={"dir_main": 1}, newcomer=newcomer)

    own = own_response(reader.pseudonym)
    assert (recorded.created, recorded.receipt, own_receipt(reader.pseudonym)) == (True, code, code)
    assert (own.answers, own.coins) == ({"Q1": 4}, {"dir_main": 1})


def test_erasing_forgets_one_who_never_answered(inquiry):
    reader = make_identity(inquiry)
    admit_participant(identity=reader, consent="c" * 64)

    erased = erase_response(pseudonym=reader.pseudonym)

    assert (erased, Participant.objects.count()) == (True, 0)
