"""The arm is a coin of the first answer: it stays, and what its way leaves out is not kept."""

import pytest

from apps.participants.models import Participant
from apps.responses.models import Response
from apps.responses.queries import own_response
from apps.responses.verification import code_faults
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db


def test_arm_is_kept_with_the_first_answer_and_stays():
    inquiry = make_inquiry()

    record(inquiry, {"Q2": {"a": 3}}, coins={"dir_main": 1, "arm": 2})
    record(inquiry, {"Q4": 2}, coins={"dir_main": 0, "arm": 1})

    assert Participant.objects.get(pk=make_identity(inquiry).pseudonym).coins == {"dir_main": 1, "arm": 2}


def test_arm_c_keeps_no_answer_to_the_first_question():
    inquiry = make_inquiry()

    record(inquiry, {"Q1": 3, "Q1L": 1, "Q2": {"a": 3}}, coins={"arm": 2})
    record(inquiry, {"Q1": 5}, coins={})
    record(inquiry, {"P1": 4}, coins={})

    own = own_response(make_identity(inquiry).pseudonym)
    assert own is not None
    assert own.answers == {"Q2": {"a": 3}, "P1": 4}
    assert list(code_faults(inquiry.pk)) == []


@pytest.mark.parametrize("coins", [{}, {"arm": 0}, {"arm": 1}])
def test_other_arms_keep_both_answers(coins):
    inquiry = make_inquiry()

    record(inquiry, {"Q1": 5}, coins=coins)
    record(inquiry, {"P1": 4}, coins={})

    own = own_response(make_identity(inquiry).pseudonym)
    assert own is not None
    assert own.answers == {"Q1": 5, "P1": 4}


def test_arm_c_is_complete_without_the_first_question():
    inquiry = make_inquiry()
    answers = {
        "Q2": {"a": 3, "b": 1},
        "Q4": 2,
        "Q5": 1,
        "Q6": 1,
        "Q7": 1,
        "Q8": 1,
    }

    record(inquiry, answers, coins={"arm": 2})

    assert Response.objects.get().status == "partial"

    record(inquiry, {"Q9": [1]}, coins={})

    assert Response.objects.get().status == "complete"
