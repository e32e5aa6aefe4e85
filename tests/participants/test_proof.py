import json
from base64 import b64decode, b64encode

import pytest
from altcha import Challenge, Payload, Solution, solve_challenge
from hypothesis import given
from hypothesis import strategies as st

from apps.participants import proof
from apps.participants.actions import spend_proof
from apps.participants.models import SpentProof
from apps.participants.proof import challenge_for, solved_nonce
from apps.participants.queries import Identity
from tests.responses.hands import at_once

READER, ANOTHER = Identity(1, b"r" * 16), Identity(1, b"a" * 16)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(proof, "ROUNDS", 1)


def solve(challenge):
    given = Challenge.from_dict(challenge)
    return Payload(given, solve_challenge(given)).to_base64()


def altered(text, **parameters):
    content = json.loads(b64decode(text))
    content["challenge"]["parameters"] |= parameters
    return b64encode(json.dumps(content).encode()).decode()


def test_solution_is_known_by_the_nonce_of_its_challenge():
    challenge = challenge_for(READER)

    nonce = solved_nonce(solve(challenge), READER)

    assert nonce.hex() == challenge["parameters"]["nonce"]


def test_challenge_says_what_it_is_for_and_until_when():
    parameters = challenge_for(READER)["parameters"]

    assert parameters["data"]["purpose"] == "vote"
    assert {"expiresAt", "keyPrefix", "cost", "algorithm", "salt"} <= set(parameters)
    assert len(json.dumps(challenge_for(READER))) < 1024


def test_solution_serves_only_the_reader_who_was_asked():
    assert solved_nonce(solve(challenge_for(READER)), ANOTHER) is None


def test_solution_that_comes_late_is_none(monkeypatch):
    monkeypatch.setattr(proof, "LIFETIME_SECONDS", -1)

    assert solved_nonce(solve(challenge_for(READER)), READER) is None


@pytest.mark.parametrize(
    "change",
    [{"cost": 2}, {"keyPrefix": ""}, {"nonce": "00" * 16}, {"expiresAt": 9_999_999_999}, {"salt": "00" * 16}],
    ids=lambda change: next(iter(change)),
)
def test_altered_challenge_is_not_ours(change):
    assert solved_nonce(altered(solve(challenge_for(READER)), **change), READER) is None


def test_unsolved_challenge_proves_nothing():
    challenge = Challenge.from_dict(challenge_for(READER))

    assert solved_nonce(Payload(challenge, Solution(0, "00" * 32)).to_base64(), READER) is None


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: b64encode(raw).decode()))
def test_any_text_is_read_without_trouble(text):
    assert solved_nonce(text, READER) is None


@pytest.mark.parametrize(
    "content",
    ["[]", "null", '"x"', "{}", '{"challenge": [], "solution": 1}', '{"challenge": {"parameters": 5}, "solution": {}}'],
)
def test_other_json_is_no_proof(content):
    assert solved_nonce(b64encode(content.encode()).decode(), READER) is None


def test_text_over_its_limit_is_not_looked_at():
    text = altered(solve(challenge_for(READER)))

    assert solved_nonce(text + "=" * 2048, READER) is None


@pytest.mark.django_db
def test_proof_is_spent_once_however_its_bytes_are_altered():
    text = solve(challenge_for(READER))
    content = json.loads(b64decode(text))
    content["solution"]["time"] = 12345
    same = b64encode(json.dumps(content, indent=1).encode()).decode()

    spent = [spend_proof(proof=each, identity=READER) for each in (text, same, text)]

    assert spent == [True, False, False]
    assert SpentProof.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_proof_sent_by_many_hands_is_spent_once():
    text = solve(challenge_for(READER))

    spent = at_once(lambda _: spend_proof(proof=text, identity=READER), range(20))

    assert sum(spent) == 1
