"""What opens the API and what does not: methods, origins, tokens that were good once, keys of earlier days."""

import json
from uuid import uuid4

import pytest
from django.test import override_settings

from apps.participants import tokens
from apps.participants.models import Bucket
from apps.participants.passes import issue_pass
from apps.responses.models import Response
from apps.surveys.actions import publish_version
from apps.surveys.models import SurveyVersion
from apps.surveys.queries import definition_in, instrument
from tests.api.conftest import ApiClient
from tests.responses.factories import built_in_document, make_inquiry

RESPONSE = "/inquiries/one-founder-ai/response"
READABLE = ["/inquiries", "/inquiries/one-founder-ai", "/inquiries/one-founder-ai/results", RESPONSE, "/openapi.json"]
WRITES = [("POST", "/participants"), ("PUT", RESPONSE), ("PATCH", "/receipt"), ("DELETE", "/receipt")]
EARLIER, PRESENT = "an earlier secret " * 3, "the present secret " * 3


@pytest.mark.parametrize("path", READABLE)
def test_head_brings_the_headers_of_get(api, inquiry, path):
    api.answer({"Q1": 4})

    got, asked = api.send("GET", path), api.send("HEAD", path)

    assert (got.status_code, asked.status_code) == (200, 200)
    for name in ("ETag", "Cache-Control", "Content-Type", "Content-Language"):
        assert got.headers.get(name) == asked.headers.get(name)


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_no_write_is_open_to_other_sites(api, inquiry, method, path):
    origin = {"HTTP_ORIGIN": "https://evil.example"}

    preflight = api.send("OPTIONS", path, **origin, HTTP_ACCESS_CONTROL_REQUEST_METHOD=method)
    refused = api.send(method, path, "{}", **origin)

    assert (preflight.status_code, refused.status_code) == (405, 403)
    for response in (preflight, refused):
        assert not [name for name in response.headers if name.lower().startswith("access-control")]


def test_token_of_more_than_four_hundred_days_is_401(api, inquiry, monkeypatch):
    days_ago = tokens._today()
    monkeypatch.setattr(tokens, "_today", lambda: days_ago + tokens.LIFETIME_DAYS + 1)

    refused = api.answer({"Q1": 4})

    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "token_invalid")
    assert not Response.objects.exists()


def test_pass_of_a_page_is_no_token(api, inquiry):
    refused = api.answer({"Q1": 4}, HTTP_X_TOIKAKE_TOKEN=issue_pass(inquiry.pk))

    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "token_invalid")


def test_receipt_is_no_token_and_token_no_receipt(api, inquiry):
    receipt = api.answer({"Q1": 4}).json()["receipt"]

    as_token = api.answer({"Q1": 5}, HTTP_X_TOIKAKE_TOKEN=receipt)
    as_receipt = api.send("GET", "/receipt", HTTP_X_TOIKAKE_RECEIPT=api.token)

    assert (as_token.status_code, as_receipt.status_code) == (401, 404)
    assert Response.objects.get().answers == {"Q1": 4}


def by_receipt(api: ApiClient, receipt: str) -> int:
    return api.send("GET", "/receipt", HTTP_X_TOIKAKE_RECEIPT=receipt).status_code


def test_token_receipt_and_retry_outlive_a_new_secret_that_names_the_earlier_one(inquiry):
    key = str(uuid4())
    with override_settings(SECRET_KEY=EARLIER):
        api = ApiClient()
        first = api.answer({"Q1": 4}, HTTP_IDEMPOTENCY_KEY=key)

    with override_settings(SECRET_KEY=PRESENT, SECRET_KEY_FALLBACKS=[EARLIER]):
        again = api.answer({"Q1": 4}, HTTP_IDEMPOTENCY_KEY=key)
        changed = api.answer({"Q1": 5})
        found = by_receipt(api, first.json()["receipt"])

    assert (again.status_code, again.content) == (200, first.content)
    assert (changed.status_code, found) == (200, 200)
    assert Response.objects.get().answers == {"Q1": 5}


def test_new_secret_that_names_none_before_it_knows_no_token_and_no_receipt(inquiry):
    with override_settings(SECRET_KEY=EARLIER):
        api = ApiClient()
        receipt = api.answer({"Q1": 4}).json()["receipt"]

    with override_settings(SECRET_KEY=PRESENT, SECRET_KEY_FALLBACKS=[]):
        statuses = api.answer({"Q1": 5}).status_code, by_receipt(api, receipt)

    assert statuses == (401, 404)
    assert Response.objects.get().answers == {"Q1": 4}


@pytest.mark.parametrize(
    ("method", "suffix"), [("GET", ""), ("GET", "/results"), ("GET", "/response"), ("PUT", "/response")]
)
def test_deleted_inquiry_is_not_there(api, inquiry, method, suffix):
    receipt = api.answer({"Q1": 4}).json()["receipt"]
    api.send("DELETE", "/receipt", HTTP_X_TOIKAKE_RECEIPT=receipt)
    SurveyVersion.objects.all().delete()
    inquiry.delete()

    body = {"version": 1, "language": "ja", "complete": False, "consent": "2026-1", "answers": {"Q1": 5}}
    refused = api.send(method, f"/inquiries/one-founder-ai{suffix}", json.dumps(body) if method == "PUT" else None)

    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found")
    assert not Response.objects.exists()


def test_inquiry_deleted_after_a_process_remembered_it_is_not_there(api, inquiry):
    """That process has seen no answer yet, so it asks now for a pepper that cannot be."""
    refused = api.answer({"Q1": 77})
    SurveyVersion.objects.all().delete()
    inquiry.delete()

    gone = api.answer({"Q1": 5})

    assert (refused.status_code, gone.status_code, gone.json()["error"]["code"]) == (422, 404, "not_found")


def test_a_process_that_forgot_only_the_questions_of_a_deleted_inquiry_finds_the_new_one(api, inquiry):
    receipt = api.answer({"Q1": 4}).json()["receipt"]
    api.send("DELETE", "/receipt", HTTP_X_TOIKAKE_RECEIPT=receipt)
    SurveyVersion.objects.all().delete()
    inquiry.delete()
    anew = make_inquiry()
    for remembered in (instrument, definition_in):  # as where many other versions were asked for since
        remembered.cache_clear()

    accepted = ApiClient().answer({"Q1": 5})

    assert (accepted.status_code, Response.objects.get().inquiry_id) == (201, anew.pk)


@pytest.mark.parametrize("before", [{"Q1": 77}, {"Q1": 4}])
def test_inquiry_made_anew_at_the_same_address_takes_answers_at_once(api, inquiry, before):
    """The process may remember the old one with its number of versions, or not even that."""
    receipt = api.answer(before).json().get("receipt")
    api.send("DELETE", "/receipt", HTTP_X_TOIKAKE_RECEIPT=receipt)
    api.answer({"Q1": 4}, version=2)
    SurveyVersion.objects.all().delete()
    inquiry.delete()
    anew = make_inquiry()
    publish_version(inquiry=anew, document={**built_in_document(), "title": {"ja": "改めて", "en": "Anew"}})

    accepted = ApiClient().answer({"Q1": 5}, version=2)

    assert (accepted.status_code, Response.objects.get().inquiry_id) == (201, anew.pk)


def test_participants_are_limited_with_a_time_to_wait(api, inquiry, monkeypatch):
    monkeypatch.setattr("apps.api.views.PARTICIPANT_LIMIT", (3, 0.01))

    replies = [api.send("POST", "/participants", "{}") for _ in range(5)]

    assert [reply.status_code for reply in replies] == [201] * 3 + [429] * 2
    assert replies[-1].headers["Retry-After"] == "100"
    assert replies[-1].json()["error"]["code"] == "too_many"


def test_limit_keeps_a_short_key_and_no_address(api, inquiry):
    api.send("POST", "/participants", "{}", REMOTE_ADDR="203.0.113.77")

    assert [len(bytes(key)) for key in Bucket.objects.values_list("pk", flat=True)] == [8]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("か\u3099 e\u0301", "が é"),
        ("\u202eevil\u202c", "evil"),
        ("a\u200bb\ufeff", "ab"),
        ("x\U000e0041\U000e007f", "x"),
        ("  行\r\n行  ", "行\n行"),
        ("👩\u200d🚀 𠮷野家 葛\U000e0100", "👩\u200d🚀 𠮷野家 葛\U000e0100"),
    ],
    ids=["NFC", "bidi", "zero width", "tags", "line ends", "kept"],
)
def test_text_loses_what_deceives_and_nothing_else(api, inquiry, sent, kept):
    assert api.answer({"Q3": sent}).status_code == 201

    assert api.send("GET", RESPONSE).json()["answers"] == {"Q3": kept}


@pytest.mark.parametrize("answers", [{"Q3": "<script>alert(1)</script>"}, {"Q7": {"code": 7, "text": "{{7*7}}"}}])
def test_words_come_back_as_json_and_never_as_a_page(api, inquiry, answers):
    receipt = api.answer(answers).json()["receipt"]

    for got in (api.send("GET", RESPONSE), api.send("GET", "/receipt", HTTP_X_TOIKAKE_RECEIPT=receipt)):
        assert got.json()["answers"] == answers
        assert got.headers["Content-Type"].startswith("application/json")
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Cache-Control"] == "private, no-store"
