"""Cards, votes and statements by the API: what comes back, and what is kept."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.debates.actions import open_debate
from apps.debates.choices import Choice
from apps.debates.counting import refresh_standing
from apps.debates.models import Ballot, Exposure, Statement, StatementState, VoteKey, VoteLog
from apps.debates.queries import own_votes
from apps.inquiries.actions import close_inquiry
from tests.api.conftest import ApiClient
from tests.responses.factories import built_in_document, make_identity

pytestmark = pytest.mark.django_db

STATEMENTS = "/inquiries/one-founder-ai/statements"
NEXT = f"{STATEMENTS}/next"
TEXT = "計算資源の持ち主を公開すべきだ。"


@pytest.fixture
def debate(inquiry):
    return open_debate(inquiry=inquiry)


def cast(api, number, choice="agree", **headers):
    return api.send("PUT", f"{STATEMENTS}/{number}/vote", json.dumps({"choice": choice}), **headers)


def write(api, text=TEXT, language="ja", **headers):
    return api.send("POST", STATEMENTS, json.dumps({"text": text, "language": language}), **headers)


def undo(api, number, **headers):
    return api.send("DELETE", f"{STATEMENTS}/{number}/vote", **headers)


def five_votes(api):
    for number in range(1, 6):
        assert cast(api, number).status_code == 201


def code(response):
    return response.status_code, response.json()["error"]["code"]


def test_cards_come_five_at_a_time_with_all_that_a_reader_needs(api, inquiry):
    response = api.send("GET", NEXT)

    content = response.json()
    entries = {entry["ja"]: entry for entry in built_in_document()["statements"]}
    assert (response.status_code, len(content["cards"]), content["votes"], content["more"]) == (200, 5, 0, True)
    for card in content["cards"]:
        entry = entries[card["text"]["ja"]]
        assert card == {
            "id": card["id"],
            "origin": "seed",
            "text": {"ja": entry["ja"], "en": entry["en"]},
            "anchor": entry["article_ref"],
        }
    assert response.headers["Cache-Control"] == "private, no-store"
    assert Exposure.objects.count() == 5


def test_fewer_cards_come_where_fewer_are_asked_for(api, inquiry):
    five = api.send("GET", f"{NEXT}?n=5&lang=en").json()["cards"]

    assert api.send("GET", f"{NEXT}?n=2").json()["cards"] == five[:2]
    assert Exposure.objects.count() == 5


def test_statement_of_a_reader_comes_in_its_own_language_without_its_author(api, debate):
    Statement.objects.exclude(number=1).delete()
    Statement.objects.filter(number=1).update(
        origin="reader", texts={}, text="One idea.", language="en", author=b"a" * 16, seed="", stance="", anchor=""
    )

    assert api.send("GET", NEXT).json() == {
        "cards": [{"id": 1, "origin": "reader", "text": {"en": "One idea."}, "anchor": ""}],
        "votes": 0,
        "more": False,
    }


@pytest.mark.parametrize("choice", ["agree", "disagree", "neither", "unsure"])
def test_vote_is_kept_as_it_was_cast(api, debate, choice):
    response = cast(api, 3, choice)

    assert (response.status_code, response.json()) == (201, {"id": 3, "choice": choice, "revision": 1})
    ballot = Ballot.objects.get()
    assert own_votes(bytes(ballot.pk)).votes == {3: Choice[choice.upper()]}


def test_vote_is_changed_and_taken_back_as_often_as_one_likes(api, debate):
    statuses = [
        cast(api, 3).status_code,
        cast(api, 3, "unsure").status_code,
        undo(api, 3).status_code,
        undo(api, 3).status_code,
        cast(api, 3, "neither").status_code,
    ]

    assert statuses == [201, 200, 204, 204, 201]
    assert list(VoteLog.objects.order_by("id").values_list("choice", flat=True)) == [1, 4, 0, 0, 3]


def test_retry_of_a_vote_brings_the_same_reply_and_keeps_nothing_more(api, debate):
    key = str(uuid4())

    first = cast(api, 3, HTTP_IDEMPOTENCY_KEY=key)
    cast(api, 4)
    again = cast(api, 3, HTTP_IDEMPOTENCY_KEY=key)

    assert (first.status_code, again.status_code, again.content) == (201, 200, first.content)
    assert VoteLog.objects.count() == 2


def test_key_stands_for_one_call_only(api, debate):
    key = str(uuid4())
    cast(api, 3, HTTP_IDEMPOTENCY_KEY=key)

    others = [
        cast(api, 3, "disagree", HTTP_IDEMPOTENCY_KEY=key),
        cast(api, 4, HTTP_IDEMPOTENCY_KEY=key),
        undo(api, 3, HTTP_IDEMPOTENCY_KEY=key),
        write(api, HTTP_IDEMPOTENCY_KEY=key),
    ]

    assert [code(other) for other in others] == [(422, "key_reused")] * 4
    assert (VoteLog.objects.count(), Statement.objects.count()) == (1, 24)


def test_votes_by_two_tokens_are_two_ballots(api, debate):
    assert (cast(api, 3).status_code, cast(ApiClient(), 3).status_code) == (201, 201)
    assert Ballot.objects.count() == 2


def test_statement_waits_for_its_review(api, debate):
    five_votes(api)

    response = write(api)

    statement = Statement.objects.get(debate=debate, number=25)
    assert (response.status_code, response.json()) == (201, {"id": 25, "state": "waiting"})
    assert (statement.text, statement.language, statement.state) == (TEXT, "ja", StatementState.WAITING)
    assert 25 not in [card["id"] for card in ApiClient().send("GET", NEXT).json()["cards"]]
    assert code(cast(ApiClient(), 25)) == (409, "not_served")


def test_retry_of_a_statement_brings_the_same_reply(api, debate):
    five_votes(api)
    key = str(uuid4())

    first, again = write(api, HTTP_IDEMPOTENCY_KEY=key), write(api, HTTP_IDEMPOTENCY_KEY=key)

    assert (first.status_code, again.status_code, again.content) == (201, 200, first.content)
    assert Statement.objects.count() == 25


@pytest.mark.parametrize("text", [f"  {TEXT}", "計算資源の 持ち主を公開すべきだ", "計算資源ノ持チ主ヲ公開スベキダ｡"])
def test_statement_that_is_there_already_is_409_with_its_number(api, debate, text):
    five_votes(api)
    write(api)

    again = write(api, text)

    assert code(again) == (409, "said_already")
    assert (again.json()["error"]["id"], again.json()["error"]["field"]) == (25, "text")


def test_writing_comes_after_five_votes(api, debate):
    for number in range(1, 5):
        cast(api, number)

    assert code(write(api)) == (409, "too_few_votes")
    cast(api, 5, "unsure")
    assert write(api).status_code == 201


def test_who_writes_in_a_debate_that_nobody_opened_has_too_few_votes(api, inquiry):
    assert code(write(api)) == (409, "too_few_votes")


def test_fourth_statement_of_an_hour_has_to_wait_and_refused_ones_do_not_count(api, debate):
    five_votes(api)
    for number in range(3):
        assert write(api, f"意見その{number}").status_code == 201
        assert write(api, f"意見その{number}").status_code == 409
        assert write(api, " ").status_code == 422

    fourth = write(api, "四つめの意見")

    assert code(fourth) == (429, "too_many")
    assert fourth.headers["Retry-After"] == "1200"
    assert Statement.objects.count() == 27


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST"])
def test_closed_debate_is_409_whatever_is_asked(api, inquiry, debate, method):
    cast(api, 3)
    close_inquiry(inquiry=inquiry)
    calls = {
        "GET": lambda: api.send("GET", NEXT),
        "PUT": lambda: cast(api, 4),
        "DELETE": lambda: undo(api, 3),
        "POST": lambda: write(api),
    }

    assert code(calls[method]()) == (409, "closed")
    assert VoteLog.objects.count() == 1


def test_retry_of_a_vote_that_was_kept_is_told_after_closing_as_well(api, inquiry, debate):
    key = str(uuid4())
    first = cast(api, 3, HTTP_IDEMPOTENCY_KEY=key)
    close_inquiry(inquiry=inquiry)

    again = cast(api, 3, HTTP_IDEMPOTENCY_KEY=key)

    assert (again.status_code, again.content) == (200, first.content)


def test_who_only_votes_agrees_with_the_first_vote_and_can_delete_everything(api, inquiry, debate):
    key, sent = str(uuid4()), json.dumps({"choice": "agree", "consent": "2026-1"})
    first, again = (api.send("PUT", f"{STATEMENTS}/1/vote", sent, HTTP_IDEMPOTENCY_KEY=key) for _once in range(2))
    refused = api.send("PUT", f"{STATEMENTS}/2/vote", json.dumps({"choice": "agree", "consent": "2025-9"}))
    deleted = api.send("DELETE", "/receipt", HTTP_X_TOIKAKE_RECEIPT=first.json()["receipt"])

    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "consent")
    assert (deleted.status_code, Ballot.objects.count(), VoteLog.objects.count()) == (204, 0, 0)


def test_deleting_by_receipt_takes_votes_statements_and_what_was_shown(api, inquiry, debate):
    receipt = api.answer({"Q1": 4}).json()["receipt"]
    five_votes(api)
    write(api)
    api.send("GET", NEXT)

    deleted = api.send("DELETE", "/receipt", HTTP_X_TOIKAKE_RECEIPT=receipt)

    assert deleted.status_code == 204
    pseudonym = make_identity(inquiry).pseudonym
    assert [rows.objects.count() for rows in (Ballot, VoteLog, VoteKey, Exposure)] == [0, 0, 0, 0]
    assert Statement.objects.filter(number=25).values_list("state", "text", "author").get() == ("withdrawn", "", None)
    assert own_votes(pseudonym).votes == {}


def test_queries_of_each_call_do_not_grow_with_the_votes(debate):
    def taken():
        api, found = ApiClient(), {}
        for name, work in {
            "cards": lambda: api.send("GET", NEXT),
            "first vote": lambda: cast(api, 1),
            "changed vote": lambda: cast(api, 1, "disagree"),
            "vote taken back": lambda: undo(api, 1),
        }.items():
            with CaptureQueriesContext(connection) as queries:
                work()
            found[name] = len(queries) - outside_of_a_request(queries)
        return found

    taken()  # what a process fetches once in its life: the inquiry and its pepper
    before = taken()
    for _ in range(20):
        five_votes(ApiClient())
    refresh_standing(debate=debate)

    assert before == {"cards": 6, "first vote": 1, "changed vote": 1, "vote taken back": 1}
    assert taken() == before


def outside_of_a_request(queries) -> int:
    """A test's own transaction needs savepoints around a statement that is one by itself elsewhere."""
    return sum("SAVEPOINT" in (query["sql"] or "") for query in queries)
