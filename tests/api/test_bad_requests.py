"""What nobody should send around a body: tokens, keys, sites, methods, addresses, parameters, hosts."""

import json

import pytest

from apps.inquiries.models import Inquiry
from apps.participants.tokens import new_token
from tests.api.refusals import GOOD, KEY, RESPONSE, refused


def flipped(token: str) -> str:
    return token[:-1] + ("A" if token[-1] != "A" else "B")


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (None, "token_missing"),
        ("", "token_invalid"),
        ("x", "token_invalid"),
        (new_token()[:-1], "token_invalid"),
        (flipped(new_token()), "token_invalid"),
        (new_token(audience="frame"), "token_invalid"),
        ("é" * 48, "token_invalid"),
        ("A" * 8000, "token_invalid"),
    ],
    ids=["none", "empty", "short", "truncated", "flipped", "other purpose", "not ascii", "long"],
)
@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_token_that_is_none_is_401(api, inquiry, method, token, code):
    body = json.dumps(GOOD) if method == "PUT" else None

    refused(api.send(method, RESPONSE, body, HTTP_X_TOIKAKE_TOKEN=token), 401, code, "X-Toikake-Token")


@pytest.mark.parametrize(
    "key", [None, "", "1", "not-a-uuid", KEY[:-1], "z" * 36, "{" + KEY + "}", KEY.replace("-", "")]
)
def test_key_that_is_no_uuid_is_400(api, inquiry, key):
    refused(
        api.send("PUT", RESPONSE, json.dumps(GOOD), HTTP_IDEMPOTENCY_KEY=key), 400, "key_missing", "Idempotency-Key"
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://testserver.evil.example"},
        {"HTTP_ORIGIN": ""},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("PUT", RESPONSE), ("POST", "/participants"), ("PATCH", "/receipt"), ("DELETE", "/receipt")]
)
def test_script_of_another_site_is_403(api, inquiry, method, path, headers):
    api.cookies["toikake"] = api.token

    refused(api.send(method, path, json.dumps(GOOD), **headers), 403, "foreign_origin")


def test_own_origin_may_write(api, inquiry):
    headers = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}

    assert api.answer({"Q1": 4}, **headers).status_code == 201


def test_cookie_alone_opens_nothing(api, inquiry):
    api.cookies["toikake"] = api.token

    refused(api.send("PUT", RESPONSE, json.dumps(GOOD), HTTP_X_TOIKAKE_TOKEN=None), 401, "token_missing")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/participants", "POST"),
        ("HEAD", "/participants", "POST"),
        ("OPTIONS", RESPONSE, "GET, HEAD, PUT"),
        ("TRACE", RESPONSE, "GET, HEAD, PUT"),
        ("POST", "/inquiries", "GET, HEAD"),
        ("DELETE", "/inquiries/one-founder-ai", "GET, HEAD"),
        ("POST", RESPONSE, "GET, HEAD, PUT"),
        ("DELETE", RESPONSE, "GET, HEAD, PUT"),
        ("PUT", "/inquiries/one-founder-ai/results", "GET, HEAD"),
        ("POST", "/receipt", "DELETE, GET, HEAD, PATCH"),
    ],
)
def test_method_that_is_not_there_is_405(api, inquiry, method, path, allowed):
    response = api.send(method, path, "{}")

    refused(response, 405, "method_not_allowed")
    assert response.headers["Allow"] == allowed


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/nothing",
        "/participants/",
        "/inquiries/",
        "/inquiries/unknown",
        "/inquiries/unknown/response",
        "/inquiries/unknown/results",
        "/inquiries/one-founder-ai/",
        "/inquiries/%00/results",
        "/inquiries/%ff/results",
        "/inquiries/..%2fone-founder-ai",
        "/inquiries/問い",
        "/inquiries/" + "x" * 2000,
        "/receipt/ABCDE",
    ],
)
def test_address_without_anything_is_404(api, inquiry, path):
    refused(api.send("GET", path), 404, "not_found")


@pytest.mark.parametrize(
    "query",
    [
        "offset=-5",
        "offset=100000000000000000000",
        "n=１",
        "lang=fr",
        "lang=",
        "lang=ja&lang=en",
        "lang=%ff",
        "x",
        "lang=ja%00",
        "=1",
    ],
)
@pytest.mark.parametrize("path", ["/inquiries", "/inquiries/one-founder-ai/results", "/receipt"])
def test_parameter_that_is_not_taken_is_400(api, inquiry, path, query):
    refused(api.send("GET", f"{path}?{query}"), 400)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example,testserver", "testserver,evil.example", "testserver:80:80", "test server", ""],
)
def test_foreign_host_or_two_are_400(api, inquiry, host):
    refused(api.send("GET", "/inquiries", HTTP_HOST=host), 400, "unreadable")


def test_two_hundred_cookies_change_nothing(api, inquiry):
    api.cookies.load({f"c{n}": "x" * 20 for n in range(200)})

    assert api.answer({"Q1": 4}).status_code == 201


def test_no_answer_lets_other_sites_read(api, inquiry):
    for path in ("/inquiries", "/inquiries/one-founder-ai", "/inquiries/one-founder-ai/results", "/openapi.json"):
        assert not [name for name in api.send("GET", path).headers if name.startswith("Access-Control")]
    assert Inquiry.objects.exists()
