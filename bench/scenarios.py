"""What is compared with what. Each scenario is one complete visit; the bare side is what any Django site would do."""

import json
import random
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from urllib.parse import urlencode

from bench.load import Scenario, expect, request

SLUG = "one-founder-ai"
JSON_TYPE = {"Content-Type": "application/json"}
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
HIDDEN = re.compile(rb'name="(pass|version|consent)" value="([^"]*)"')
ANSWERS = {
    "Q1": 4,
    "Q2": {"a": 3, "b": 4},
    "Q4": 5,
    "Q5": 2,
    "Q6": 3,
    "Q7": 1,
    "Q8": 2,
    "Q9": [1, 4, 6],
    "B1": 3,
    "B3": 5,
}
BARE_FORM = urlencode(
    {**{f"q{n}": "3" for n in range(1, 6)}, **{f"q{n}": "some words" for n in (6, 7, 8, 10)}, "q9": "7"}
).encode()


READERS, STATEMENTS = 3000, 24
VOTE = b'{"choice": "agree"}'
BARE_READERS = [uuid.uuid4() for _ in range(READERS)]


@dataclass(frozen=True)
class Pair:
    name: str
    what: str
    ours: Callable[[int], Scenario]
    bare: Callable[[int], Scenario]
    floor: float


def answer_cycle(port: int) -> Scenario:
    """A new reader opens the page and sends the first answer."""
    page = expect((yield request("GET", f"/q/{SLUG}/", port)), 200)
    fields = {name.decode(): value.decode() for name, value in HIDDEN.findall(page)}
    body = urlencode({**fields, "intent": "next", "Q1": "4"}).encode()
    headers = {**FORM_TYPE, "Origin": f"http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"}
    expect((yield request("POST", f"/q/{SLUG}/answer/?step=1", port, headers, body)), 303)


def bare_cycle(port: int) -> Scenario:
    expect((yield request("GET", "/form/", port)), 200)
    expect((yield request("POST", "/form/", port, FORM_TYPE, BARE_FORM)), 302)


@cache
def consent(port: int) -> str:
    import urllib.request

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/inquiries/{SLUG}") as response:
        return str(json.load(response)["consent"]["sha256"])


def api_submit(port: int) -> Scenario:
    """A new reader's whole answer: token, strict check, row, log and key."""
    from apps.participants.tokens import new_token

    headers = {**JSON_TYPE, "X-Toikake-Token": new_token(), "Idempotency-Key": str(uuid.uuid4())}
    body = {"version": 1, "language": "ja", "complete": True, "consent": consent(port), "answers": ANSWERS}
    expect((yield request("PUT", f"/api/v1/inquiries/{SLUG}/response", port, headers, json.dumps(body).encode())), 201)


def bare_insert(port: int) -> Scenario:
    expect((yield request("POST", "/api/", port, JSON_TYPE, json.dumps(ANSWERS).encode())), 201)


def results_page(port: int) -> Scenario:
    expect((yield request("GET", f"/q/{SLUG}/results/", port)), 200)


def api_vote(port: int) -> Scenario:
    """A reader's vote on one statement: token, strict check, ballot, log row and key."""
    headers = {**JSON_TYPE, **next(readers(port)), "Idempotency-Key": str(uuid.uuid4())}
    number = random.randint(1, STATEMENTS)
    path = f"/api/v1/inquiries/{SLUG}/statements/{number}/vote"
    expect((yield request("PUT", path, port, headers, VOTE)), 200, 201)


def bare_vote(port: int) -> Scenario:
    path = f"/vote/{random.choice(BARE_READERS)}/{random.randint(1, STATEMENTS)}/"
    expect((yield request("POST", path, port, JSON_TYPE, VOTE)), 200)


def next_cards(port: int) -> Scenario:
    """A reader asks for five cards."""
    expect((yield request("GET", f"/api/v1/inquiries/{SLUG}/statements/next", port, next(readers(port)))), 200)


@cache
def readers(port: int) -> Iterator[dict[str, str]]:
    """A few thousand readers, who come back again and again, each from a network of their own, as told by a proxy on
    this machine; so all limits are looked at, and none is reached. The first reader opens the debate."""
    import urllib.request

    from apps.participants.tokens import new_token

    headers = [
        {"X-Toikake-Token": new_token(), "X-Forwarded-For": f"2001:db8:{number:x}::1"} for number in range(READERS)
    ]
    address = f"http://127.0.0.1:{port}/api/v1/inquiries/{SLUG}/statements/next"
    urllib.request.urlopen(urllib.request.Request(address, headers=headers[0])).close()
    return cycle(headers)


def hello(port: int) -> Scenario:
    expect((yield request("GET", "/hello/", port)), 200)


PAIRS = [
    Pair(
        "answer_cycle", "page and submit, against a bare ten-field form and one insert", answer_cycle, bare_cycle, 1.25
    ),
    Pair("api_submit", "PUT of a response, against a bare insert of one JSONB row", api_submit, bare_insert, 0.55),
    Pair("api_vote", "PUT of a vote, against a bare upsert of one row", api_vote, bare_vote, 0.5),
    Pair("next_cards", "the next five cards, against a bare hello", next_cards, hello, 0.3),
    Pair("results_page", "results of 10,000 answers, against a bare hello", results_page, hello, 0.4),
]
