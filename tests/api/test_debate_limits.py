"""What the API says to whoever votes faster than people do, or from where very many votes come."""

import json
from uuid import uuid4

import pytest
from altcha import Challenge, Payload, solve_challenge

from apps.debates import actions
from apps.debates.actions import open_debate
from apps.debates.models import VoteLog
from apps.participants import crowds, proof
from apps.participants.buckets import Measure, shared
from tests.api.conftest import ApiClient

pytestmark = pytest.mark.django_db

CAFE = "203.0.113.9"


@pytest.fixture(autouse=True)
def few(monkeypatch, inquiry):
    shared.begin()
    open_debate(inquiry=inquiry)
    monkeypatch.setitem(actions.VOTING_PACE, "burst", 2.0)
    monkeypatch.setattr(proof, "ROUNDS", 1)
    monkeypatch.setattr(crowds, "FREE", Measure(rate=0.1, burst=3, first=3))


def vote(api, number=1, *, method="PUT", language="en", **headers):
    body = json.dumps({"choice": "agree"}) if method == "PUT" else None
    path = f"/inquiries/one-founder-ai/statements/{number}/vote?lang={language}"
    return api.send(method, path, body, **headers)


def crowd():
    for _ in range(3):
        vote(ApiClient(), REMOTE_ADDR=CAFE)


def solved(refused):
    challenge = Challenge.from_dict(refused.json()["error"]["challenge"])
    return Payload(challenge, solve_challenge(challenge)).to_base64()


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_hasty_reader_is_asked_to_wait(api, method):
    for number in (1, 2):
        vote(api, number)

    refused = vote(api, 1, method=method)

    assert (refused.status_code, refused["Retry-After"]) == (429, "1")
    assert refused.json() == {
        "error": {"code": "too_many", "message": "Too many tries in a short time. Please wait a little."}
    }


def test_reader_in_a_crowd_gets_a_challenge_and_votes_with_its_solution(api):
    crowd()
    key = str(uuid4())

    refused = vote(api, REMOTE_ADDR=CAFE, HTTP_IDEMPOTENCY_KEY=key)
    done = vote(api, REMOTE_ADDR=CAFE, HTTP_IDEMPOTENCY_KEY=key, HTTP_X_TOIKAKE_PROOF=solved(refused))

    assert (refused.status_code, refused["Retry-After"]) == (429, "10")
    error = refused.json()["error"]
    assert (error["code"], set(error)) == ("proof_of_work", {"code", "message", "challenge"})
    assert set(error["challenge"]) == {"parameters", "signature"}
    assert len(refused.content) <= 2048
    assert done.status_code == 201
    assert VoteLog.objects.count() == 4


def test_reader_in_a_crowd_is_told_in_japanese(api):
    crowd()

    refused = vote(api, language="ja", REMOTE_ADDR=CAFE)

    assert "ネットワーク" in refused.json()["error"]["message"]
    assert len(refused.content) <= 2048


@pytest.mark.parametrize("work", ["", "nonsense", "e30=", "ｗ", "bnVsbA=="])
def test_what_is_no_solution_brings_another_challenge(api, work):
    crowd()

    refused = vote(api, REMOTE_ADDR=CAFE, HTTP_X_TOIKAKE_PROOF=work)

    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "proof_of_work")


def test_work_longer_than_any_solution_is_refused_at_once(api):
    refused = vote(api, HTTP_X_TOIKAKE_PROOF="A" * 2049)

    assert (refused.status_code, refused.json()["error"]["field"]) == (400, "X-Toikake-Proof")
    assert VoteLog.objects.count() == 0


def test_header_of_a_proxy_is_believed_only_from_this_machine(api):
    crowd()

    assert vote(api, REMOTE_ADDR=CAFE, HTTP_X_FORWARDED_FOR="198.51.100.1").status_code == 429
    assert vote(api, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=CAFE).status_code == 429
    assert vote(api, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1").status_code == 201


def test_sent_again_under_its_key_a_vote_comes_back_word_for_word_from_a_crowd(api):
    key = str(uuid4())
    first = vote(api, REMOTE_ADDR=CAFE, HTTP_IDEMPOTENCY_KEY=key)
    crowd()

    again = vote(api, REMOTE_ADDR=CAFE, HTTP_IDEMPOTENCY_KEY=key)

    assert (first.status_code, again.status_code, again.content) == (201, 200, first.content)


@pytest.mark.django_db(transaction=True)
def test_vote_in_a_crowd_still_asks_one_statement(api, django_assert_num_queries):
    vote(api, REMOTE_ADDR=CAFE)

    with django_assert_num_queries(1):
        vote(api, 2, REMOTE_ADDR=CAFE)
