"""Two tabs, double taps and a closing inquiry, through the whole API, with real connections and real commits."""

import json
from collections import Counter
from uuid import uuid4

import pytest

from apps.debates.actions import open_debate
from apps.debates.choices import Choice
from apps.debates.models import Ballot, Exposure, Statement, VoteKey, VoteLog
from apps.debates.queries import own_votes
from apps.inquiries.actions import close_inquiry
from tests.api.conftest import ApiClient
from tests.responses.hands import at_once

pytestmark = pytest.mark.django_db(transaction=True)

STATEMENTS = "/inquiries/one-founder-ai/statements"
WORDS = ["agree", "disagree", "neither", "unsure"]


@pytest.fixture
def debate(inquiry):
    return open_debate(inquiry=inquiry)


def cast(api, number, choice="agree", **headers):
    return api.send("PUT", f"{STATEMENTS}/{number}/vote", json.dumps({"choice": choice}), **headers)


def rows():
    return Ballot.objects.count(), VoteLog.objects.count(), VoteKey.objects.count()


def test_double_taps_of_one_key_are_one_vote_and_one_reply(api, debate):
    key = str(uuid4())

    replies = at_once(lambda _: cast(api, 3, HTTP_IDEMPOTENCY_KEY=key), range(50))

    assert Counter(reply.status_code for reply in replies) == {201: 1, 200: 49}
    assert len({reply.content for reply in replies}) == 1
    assert rows() == (1, 1, 1)


def test_two_tabs_make_one_ballot(api, debate):
    replies = at_once(lambda n: cast(api, n // 4 + 1, WORDS[n % 4]), range(48))

    assert Counter(reply.status_code for reply in replies) == {201: 12, 200: 36}
    assert sorted(reply.json()["revision"] for reply in replies) == list(range(1, 49))
    assert rows() == (1, 48, 48)
    votes = own_votes(bytes(Ballot.objects.get().pk)).votes
    last = dict(VoteLog.objects.order_by("revision").values_list("number", "choice"))
    assert votes == {number: Choice(choice) for number, choice in last.items()}


def test_closing_among_two_hundred_votes_counts_each_once_or_refuses_it(inquiry, debate):
    readers = [ApiClient() for _ in range(200)]

    def vote_or_close(n):
        if n == 100:
            close_inquiry(inquiry=inquiry)
            return 0, ""
        reply = cast(readers[n], n % 24 + 1)
        return reply.status_code, reply.json().get("error", {}).get("code", "")

    said = Counter(at_once(vote_or_close, range(200)))

    kept = said.pop((201, ""))
    assert set(said) <= {(0, ""), (409, "closed")}
    assert kept + said[409, "closed"] == 199
    assert rows() == (kept, kept, kept)
    assert cast(readers[100], 1).status_code == 409


def test_looks_at_the_same_moment_show_the_same_cards_once(api, debate):
    replies = at_once(lambda _: api.send("GET", f"{STATEMENTS}/next"), range(30))

    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.content for reply in replies}) == 1
    shown = list(Exposure.objects.order_by("position").values_list("position", "number"))
    assert shown == list(enumerate(card["id"] for card in replies[0].json()["cards"]))


def test_first_looks_at_a_new_debate_open_it_once(inquiry):
    readers = [ApiClient() for _ in range(16)]

    replies = at_once(lambda n: readers[n].send("GET", f"{STATEMENTS}/next"), range(16))

    assert {reply.status_code for reply in replies} == {200}
    assert (Statement.objects.count(), Exposure.objects.count()) == (24, 80)


def test_statement_sent_many_times_is_one_and_costs_one_of_the_limit(api, debate):
    for number in range(1, 6):
        cast(api, number)
    key, body = str(uuid4()), json.dumps({"text": "一つの意見。", "language": "ja"})

    replies = at_once(lambda _: api.send("POST", STATEMENTS, body, HTTP_IDEMPOTENCY_KEY=key), range(30))

    assert Counter(reply.status_code for reply in replies) == {201: 1, 200: 29}
    assert {reply.content for reply in replies} == {b'{"id": 25, "state": "waiting"}'}
    assert Statement.objects.count() == 25
