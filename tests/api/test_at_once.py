"""Doubles that arrive at the same moment, through the whole API, with real connections and real commits."""

import json
from collections import Counter
from uuid import uuid4

import pytest

from apps.responses.models import IdempotencyKey, Response, ResponseLog
from apps.responses.verification import code_faults, ledger_faults
from tests.responses.hands import at_once

pytestmark = pytest.mark.django_db(transaction=True)

DOUBLES = 200


def rows() -> tuple[int, int, int]:
    return Response.objects.count(), ResponseLog.objects.count(), IdempotencyKey.objects.count()


def test_two_hundred_doubles_of_one_key_are_one_answer_and_one_reply(api, inquiry):
    key = str(uuid4())

    replies = at_once(lambda _: api.answer({"Q1": 4}, HTTP_IDEMPOTENCY_KEY=key), range(DOUBLES))

    assert Counter(reply.status_code for reply in replies) == {201: 1, 200: DOUBLES - 1}
    assert len({reply.content for reply in replies}) == 1
    assert "receipt" in replies[0].json()
    assert rows() == (1, 1, 1)


def test_two_hundred_keys_of_one_reader_are_one_row(api, inquiry):
    replies = at_once(lambda n: api.answer({"Q1": n % 5 + 1}), range(DOUBLES))

    assert Counter(reply.status_code for reply in replies) == {201: 1, 200: DOUBLES - 1}
    assert sorted(reply.json()["revision"] for reply in replies) == list(range(1, DOUBLES + 1))
    assert sum("receipt" in reply.json() for reply in replies) == 1
    assert rows() == (1, DOUBLES, DOUBLES)
    assert [*ledger_faults(inquiry.pk), *code_faults(inquiry.pk)] == []


def test_one_key_with_two_bodies_at_once_keeps_one_of_them(api, inquiry):
    key = str(uuid4())

    replies = at_once(lambda n: api.answer({"Q1": n % 2 + 1}, HTTP_IDEMPOTENCY_KEY=key), range(50))

    assert Counter(reply.status_code for reply in replies) == {201: 1, 200: 24, 422: 25}
    assert {reply.json()["error"]["code"] for reply in replies if reply.status_code == 422} == {"key_reused"}
    assert rows() == (1, 1, 1)


def test_changes_by_receipt_under_one_key_are_one_change(api, inquiry):
    receipt, key = api.answer({"Q1": 4}).json()["receipt"], str(uuid4())

    def change(_number: int):
        body = json.dumps({"answers": {"Q1": 2}})
        return api.send("PATCH", "/receipt", body, HTTP_X_TOIKAKE_RECEIPT=receipt, HTTP_IDEMPOTENCY_KEY=key)

    replies = at_once(change, range(50))

    assert {(reply.status_code, reply.content) for reply in replies} == {(200, replies[0].content)}
    assert rows() == (1, 2, 2)
