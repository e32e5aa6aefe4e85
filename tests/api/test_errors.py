"""Every refusal in one shape, in the reader's language, small, with its headers."""

import json
import re

import pytest
from django.utils import translation

from apps.api import errors
from apps.api.description import MEANINGS
from apps.api.errors import LONGEST_FIELD, Refusal

KANA = re.compile("[ぁ-ん]")
REFUSALS = {
    "malformed": (400, errors.malformed),
    "unknown_parameter": (400, lambda: errors.unknown_parameter("offset")),
    "not_found": (404, errors.not_found),
    "no_response": (404, errors.not_answered),
    "unknown_receipt": (404, errors.unknown_receipt),
    "method_not_allowed": (405, lambda: errors.method_not_allowed("GET, HEAD")),
    "closed": (409, errors.closed),
    "not_served": (409, errors.not_served),
    "too_few_votes": (409, lambda: errors.too_few_votes(cast=2, needed=5)),
    "said_already": (409, lambda: errors.said_already(7)),
    "debate_full": (409, errors.debate_full),
    "too_large": (413, errors.too_large),
    "key_reused": (422, errors.key_reused),
    "missing": (422, errors.consent_missing),
    "too_many": (429, lambda: errors.too_many(5)),
    "proof_of_work": (429, lambda: errors.proof_of_work({"signature": "…"}, 9)),
    "busy": (503, errors.busy),
}
FIELDS = {
    "unknown_parameter": {"field": "offset"},
    "key_reused": {"field": "Idempotency-Key"},
    "missing": {"field": "consent"},
    "said_already": {"field": "text", "id": 7},
    "proof_of_work": {"challenge": {"signature": "…"}},
}
HEADERS = {
    "method_not_allowed": {"Allow": "GET, HEAD"},
    "too_many": {"Retry-After": "5"},
    "proof_of_work": {"Retry-After": "9"},
    "busy": {"Retry-After": "2"},
}


def as_sent(refusal: Refusal) -> tuple[int, dict[str, object], dict[str, str]]:
    response = refusal.response()
    others = {name: value for name, value in response.headers.items() if name != "Content-Type"}
    return response.status_code, json.loads(response.content)["error"], others


@pytest.mark.parametrize("code", REFUSALS)
def test_refusal_has_one_shape_in_both_languages(code):
    status, make = REFUSALS[code]
    with translation.override("en"):
        english = as_sent(make())
    with translation.override("ja"):
        japanese = as_sent(make())

    for found_status, error, headers in (english, japanese):
        assert (found_status, headers) == (status, HEADERS.get(code, {}))
        assert error == {"code": code, "message": error["message"], **FIELDS.get(code, {})}
    assert KANA.search(japanese[1]["message"])
    assert not KANA.search(english[1]["message"])


def test_every_refusal_is_in_these_tests():
    made = {
        name
        for name, value in vars(errors).items()
        if callable(value) and getattr(value, "__annotations__", {}).get("return") is Refusal
    }
    written = {"consent_missing", "not_answered", *REFUSALS} - {"missing", "no_response"}

    assert made - {"invalid"} == written


@pytest.mark.parametrize("code", REFUSALS)
def test_document_tells_the_code(code):
    status, _make = REFUSALS[code]

    assert f"`{code}`" in MEANINGS[status]


def test_long_field_is_cut():
    assert errors.invalid("x" * 5000, "…").response().content == (
        b'{"error": {"code": "invalid", "message": "\\u2026", "field": "' + b"x" * LONGEST_FIELD + b'"}}'
    )
