"""A machine learns from its token what it is to ask, and the first answer keeps it."""

from collections import Counter

import pytest

from apps.inquiries.models import Inquiry
from apps.participants.models import Participant
from apps.participants.tokens import new_token
from apps.responses.models import Response
from tests.responses.factories import make_inquiry

WAY = "/inquiries/one-founder-ai/way"


@pytest.fixture
def compared(db) -> Inquiry:
    return make_inquiry(has_control_arms=True, expected_answers=400)


def token_of(api, arm: str) -> str:
    """A token whose holder goes this way."""
    while api.send("GET", WAY).json()["arm"] != arm:
        api.token = new_token()
    return api.token


def test_everybody_goes_the_same_way_where_nothing_is_compared(api, inquiry):
    way = api.send("GET", WAY).json()

    assert (way["arm"], way["again"], way["votes_before_again"]) == (None, ["P1"], 8)
    assert way["screens"][0] == ["Q1", "Q1L"]
    api.answer({"Q1": 4})
    assert "arm" not in Participant.objects.get().coins


def test_tokens_divide_by_the_shares(api, compared):
    arms: Counter[str] = Counter()
    for _token in range(300):
        api.token = new_token()
        arms[api.send("GET", WAY).json()["arm"]] += 1

    assert set(arms) == {"A", "B", "C"}
    assert 140 < arms["A"] < 220


@pytest.mark.parametrize(
    ("arm", "first", "last", "again"),
    [
        ("A", ["Q1", "Q1L"], ["B1", "B2", "B3"], ["P1"]),
        ("B", ["Q1", "Q1L"], ["P1"], []),
        ("C", ["Q2"], ["B1", "B2", "B3"], ["P1"]),
    ],
)
def test_each_way_says_what_it_asks(api, compared, arm, first, last, again):
    token_of(api, arm)

    way = api.send("GET", WAY).json()

    assert (way["screens"][0], way["screens"][-1], way["again"]) == (first, last, again)


def test_way_is_kept_with_the_first_answer_whatever_is_switched_later(api, compared):
    token_of(api, "C")
    api.answer({"Q1": 4, "Q2": {"a": 3}})
    Inquiry.objects.update(has_control_arms=False)

    api.answer({"Q1": 4, "P1": 2})

    assert Participant.objects.get().coins == {"arm": 2}
    assert Response.objects.get().answers == {"Q2": {"a": 3}, "P1": 2}
    assert api.send("GET", WAY).json()["arm"] == "C"


def test_way_needs_a_token_and_a_questionnaire(api, inquiry):
    assert api.send("GET", WAY, HTTP_X_TOIKAKE_TOKEN=None).status_code == 401
    assert api.send("GET", WAY, HTTP_X_TOIKAKE_TOKEN="x").status_code == 401
    assert api.send("GET", "/inquiries/nothing/way").status_code == 404
    assert api.send("POST", WAY, "{}").status_code == 405
