import json
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from apps.api import doors
from apps.inquiries.models import Inquiry, State
from apps.participants.tokens import new_token
from apps.responses.models import Response
from tests.responses.factories import make_inquiry

LIMIT = 5


@pytest.fixture
def receipt(api, inquiry) -> str:
    return api.answer({"Q1": 4, "Q3": "私の考え"}, complete=True).json()["receipt"]


def by_receipt(api, method, receipt, body=None, **headers):
    content = None if body is None else json.dumps(body)
    return api.send(method, "/receipt", content, HTTP_X_TOIKAKE_RECEIPT=receipt, HTTP_X_TOIKAKE_TOKEN=None, **headers)


def test_receipt_shows_what_was_answered(api, receipt):
    seen = by_receipt(api, "GET", receipt.lower().replace("-", " "))

    assert seen.status_code == 200
    assert seen.json() == {
        "inquiry": "one-founder-ai",
        "version": 1,
        "language": "ja",
        "status": "break_off",
        "complete": True,
        "revision": 1,
        "answers": {"Q1": 4, "Q3": "私の考え"},
    }


def test_receipt_changes_answers_once_for_each_key(api, receipt):
    key = str(uuid4())
    first = by_receipt(api, "PATCH", receipt, {"answers": {"Q1": 2}}, HTTP_IDEMPOTENCY_KEY=key)
    again = by_receipt(api, "PATCH", receipt, {"answers": {"Q1": 2}}, HTTP_IDEMPOTENCY_KEY=key)

    assert (first.status_code, again.status_code, first.content) == (200, 200, again.content)
    row = Response.objects.get()
    assert (row.answers, row.revision, row.finished) == ({"Q1": 2, "Q3": "私の考え"}, 2, True)


def test_change_is_checked_like_an_answer(api, receipt):
    wrong = by_receipt(api, "PATCH", receipt, {"answers": {"Q1": 77}})
    extra = by_receipt(api, "PATCH", receipt, {"answers": {}, "weight": 2})

    assert (wrong.status_code, wrong.json()["error"]["field"]) == (422, "Q1")
    assert (extra.status_code, extra.json()["error"]["field"]) == (422, "weight")


def test_closed_inquiry_lets_see_and_delete_but_not_change(api, receipt):
    Inquiry.objects.update(state=State.CLOSED)

    assert by_receipt(api, "GET", receipt).status_code == 200
    assert by_receipt(api, "PATCH", receipt, {"answers": {"Q1": 2}}).status_code == 409
    assert by_receipt(api, "DELETE", receipt).status_code == 204


@pytest.fixture
def quotable(api, inquiry) -> str:
    return api.answer({"Q1": 4, "Q3": "私の考え", "Q3c": True}, complete=True).json()["receipt"]


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED, State.ARCHIVED])
def test_consent_to_be_quoted_is_taken_back_whatever_has_become_of_the_inquiry(api, quotable, state):
    Inquiry.objects.update(state=state)
    key = str(uuid4())

    replies = [
        by_receipt(api, "PATCH", quotable, {"answers": {"Q3c": False}}, HTTP_IDEMPOTENCY_KEY=key) for _once in range(2)
    ]

    assert [reply.status_code for reply in replies] == [200, 200]
    assert replies[0].json() == replies[1].json() == {"epoch": None, "status": "break_off", "revision": 2}
    row = Response.objects.get()
    assert (row.answers, row.revision) == ({"Q1": 4, "Q3": "私の考え", "Q3c": False}, 2)


@pytest.mark.parametrize(("state", "refused"), [(State.CLOSED, 409), (State.ARCHIVED, 404)])
@pytest.mark.parametrize(
    "body",
    [
        {"answers": {"Q3c": True}},
        {"answers": {"Q3c": False, "Q1": 2}},
        {"answers": {"Q3c": False}, "complete": True},
        {"answers": {}},
    ],
)
def test_nothing_else_is_changed_along_with_it_after_the_close(api, quotable, body, state, refused):
    Inquiry.objects.update(state=state)

    assert by_receipt(api, "PATCH", quotable, body).status_code == refused
    assert Response.objects.get().answers == {"Q1": 4, "Q3": "私の考え", "Q3c": True}


@pytest.mark.parametrize("state", [State.CLOSED, State.ARCHIVED])
def test_key_of_a_consent_taken_back_is_good_for_one_body(api, quotable, state):
    Inquiry.objects.update(state=state)
    key = str(uuid4())
    by_receipt(api, "PATCH", quotable, {"answers": {"Q3c": False}}, HTTP_IDEMPOTENCY_KEY=key)

    other = by_receipt(api, "PATCH", quotable, {"answers": {"Q3c": False}, "complete": False}, HTTP_IDEMPOTENCY_KEY=key)

    assert (other.status_code, other.json()["error"]["code"]) == (422, "key_reused")


def test_a_consent_that_was_never_given_is_not_taken_back(api, receipt):
    Inquiry.objects.update(state=State.CLOSED)

    reply = by_receipt(api, "PATCH", receipt, {"answers": {"Q3c": False}})

    assert (reply.status_code, reply.json()["revision"]) == (200, 1)
    assert Response.objects.get().answers == {"Q1": 4, "Q3": "私の考え"}


def test_receipt_of_another_reader_shows_only_theirs(api, receipt):
    other = api.answer({"Q1": 1}, HTTP_X_TOIKAKE_TOKEN=new_token()).json()["receipt"]

    assert by_receipt(api, "GET", other).json()["answers"] == {"Q1": 1}


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("code", ["", "ABC", "0" * 26, "Z" * 26, "é" * 26, "A" * 5000, "\x00"])
def test_unknown_code_is_404(api, receipt, method, code):
    refused = by_receipt(api, method, code, {"answers": {"Q1": 1}} if method == "PATCH" else None)

    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "unknown_receipt")


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_no_code_is_401(api, receipt, method):
    refused = by_receipt(api, method, None, {"answers": {"Q1": 1}} if method == "PATCH" else None)

    assert (refused.status_code, refused.json()["error"]["field"]) == (401, "X-Toikake-Receipt")


def test_guessing_is_stopped_with_a_time_to_wait(api, receipt, monkeypatch):
    monkeypatch.setattr(doors, "RECEIPT_LIMIT", (LIMIT, 0.001))

    statuses = [by_receipt(api, "GET", f"{n:026d}").status_code for n in range(LIMIT + 3)]

    assert statuses == [404] * LIMIT + [429] * 3
    assert by_receipt(api, "GET", receipt).headers["Retry-After"] == "1000"


def tables_with_pseudonyms() -> list[str]:
    """Every table of ours with a column that names a reader."""
    names = {"pseudonym", "participant_id"}
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("apps.")]
    with connection.cursor() as cursor:
        return [
            table
            for table in tables
            if names & {column.name for column in connection.introspection.get_table_description(cursor, table)}
        ]


def test_deleting_leaves_nothing_of_the_reader_in_any_table(api, receipt):
    other = new_token()
    api.answer({"Q1": 5})
    api.answer({"Q1": 1}, HTTP_X_TOIKAKE_TOKEN=other)
    for token in (api.token, other):
        api.send("GET", "/inquiries/one-founder-ai/statements/next?n=1", HTTP_X_TOIKAKE_TOKEN=token)
        vote = "/inquiries/one-founder-ai/statements/3/vote"
        assert api.send("PUT", vote, '{"choice": "neither"}', HTTP_X_TOIKAKE_TOKEN=token).status_code == 201
    who = bytes(Response.objects.get(revision=2).pk)

    assert by_receipt(api, "DELETE", receipt).status_code == 204

    tables = tables_with_pseudonyms()
    assert {"participants_participant", "responses_response", "debates_ballot", "debates_exposure"} <= set(tables)
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FILTER (WHERE pseudonym = %s), count(*) FROM {table}", [who])
            assert cursor.fetchone() == (0, 1), table


def test_deleted_receipt_is_gone_and_the_reader_may_begin_again(api, receipt):
    by_receipt(api, "DELETE", receipt)

    assert by_receipt(api, "DELETE", receipt).status_code == 404
    assert by_receipt(api, "GET", receipt).status_code == 404
    again = api.answer({"Q1": 3})
    assert (again.status_code, again.json()["revision"]) == (201, 1)


def test_deleting_in_one_inquiry_leaves_the_other(api, receipt):
    make_inquiry("another")
    body = {"version": 1, "language": "ja", "complete": False, "consent": "2026-1", "answers": {"Q1": 1}}
    api.send("PUT", "/inquiries/another/response", json.dumps(body))

    by_receipt(api, "DELETE", receipt)

    assert list(Response.objects.values_list("answers", flat=True)) == [{"Q1": 1}]
