"""What nobody should send to the debate: each try has one exact answer, names its field, and leaves nothing behind."""

import json

import pytest

from apps.debates.actions import open_debate
from apps.debates.models import Ballot, Debate, Exposure, Statement, VoteKey, VoteLog
from apps.inquiries.actions import archive_inquiry
from apps.participants.tokens import new_token
from apps.surveys.models import SurveyVersion
from tests.api.conftest import ApiClient
from tests.api.refusals import KEY, told
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

STATEMENTS = "/inquiries/one-founder-ai/statements"
NEXT, VOTE = f"{STATEMENTS}/next", f"{STATEMENTS}/3/vote"
CALLS = {"GET": NEXT, "PUT": VOTE, "DELETE": VOTE, "POST": STATEMENTS}
BODIES = {"PUT": {"choice": "agree"}, "POST": {"text": "一つの意見。", "language": "ja"}}


@pytest.fixture
def debate(inquiry):
    return open_debate(inquiry=inquiry)


@pytest.fixture
def writer(debate):
    """Someone who has voted often enough to write."""
    api = ApiClient()
    for number in range(1, 6):
        assert api.send("PUT", f"{STATEMENTS}/{number}/vote", '{"choice": "agree"}').status_code == 201
    return api


def body_of(method, **changes):
    return json.dumps({**BODIES[method], **changes}) if method in BODIES else None


def refused(response, status, code=None, field=None, *, votes=0, statements=24):
    told(response, status, code, field)
    assert (VoteLog.objects.count(), VoteKey.objects.count()) == (votes, votes)
    assert (Ballot.objects.count(), Exposure.objects.count()) == (bool(votes), 0)
    assert Statement.objects.count() == statements


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"agree"',
        b"{} {}",
        b'{"choice": NaN}',
        b'{"choice": "agree", "choice": "disagree"}',
        b'{"text": "\xff", "language": "ja"}',
        '{"choice": "agree"}'.encode("utf-16"),
        b'{"a":' * 12_000,
        b"[" * 60_000,
    ],
    ids=range(12),
)
def test_malformed_body_is_400(api, debate, method, body):
    refused(api.send(method, CALLS[method], body), 400, "malformed")


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ('{"choice": "abc"}', "invalid", "choice"),
        ('{"choice": "Agree"}', "invalid", "choice"),
        ('{"choice": ""}', "invalid", "choice"),
        ('{"choice": "agree "}', "invalid", "choice"),
        ('{"choice": "none"}', "invalid", "choice"),
        ('{"choice": "agree\\u0000"}', "invalid", "choice"),
        ('{"choice": "\\ud800"}', "invalid", "choice"),
        ('{"choice": 1}', "invalid", "choice"),
        ('{"choice": 1.5}', "invalid", "choice"),
        ('{"choice": 1e400}', "invalid", "choice"),
        ('{"choice": ' + "9" * 5000 + "}", "invalid", "choice"),
        ('{"choice": true}', "invalid", "choice"),
        ('{"choice": null}', "invalid", "choice"),
        ('{"choice": ["agree"]}', "invalid", "choice"),
        ('{"choice": {"agree": 1}}', "invalid", "choice"),
        ("{}", "missing", "choice"),
        ('{"choice": "agree", "weight": 9}', "unknown", "weight"),
        ('{"choice": "agree", "is_staff": true}', "unknown", "is_staff"),
        ('{"choice": "agree", "\\u0000": 1}', "unknown", None),
        ('{"choice": "agree", "\\ud800": 1}', None, None),
    ],
)
def test_vote_that_cannot_be_is_422(api, debate, body, code, field):
    refused(api.send("PUT", VOTE, body), 422, code, field)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"text": ""}, "blank_text", "text"),
        ({"text": " \u3000\n"}, "blank_text", "text"),
        ({"text": "\u200b\u202e"}, "blank_text", "text"),
        ({"text": "\u0000"}, "unreadable_text", "text"),
        ({"text": "\ud800"}, "unreadable_text", "text"),
        ({"text": "あ" * 61}, "text_too_long", "text"),
        ({"text": "x" * 141, "language": "en"}, "text_too_long", "text"),
        ({"text": "あ" * 9_000}, "text_too_long", "text"),
        ({"text": 5}, "type", "text"),
        ({"text": None}, "type", "text"),
        ({"text": ["一つの意見。"]}, "type", "text"),
        ({"language": "fr"}, "invalid", "language"),
        ({"language": ""}, "invalid", "language"),
        ({"language": "x" * 100}, "invalid", "language"),
        ({"language": 1}, "type", "language"),
        ({"state": "approved"}, "unknown", "state"),
        ({"author": "me"}, "unknown", "author"),
    ],
)
def test_statement_that_cannot_be_is_422(writer, change, code, field):
    refused(writer.send("POST", STATEMENTS, body_of("POST", **change)), 422, code, field, votes=5)


@pytest.mark.parametrize("name", ["text", "language"])
def test_statement_without_a_part_is_422(writer, name):
    body = {key: value for key, value in BODIES["POST"].items() if key != name}

    refused(writer.send("POST", STATEMENTS, json.dumps(body)), 422, "missing", name, votes=5)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("あ" * 60, "ja"),
        ("x" * 140, "en"),
        ("👨‍👩‍👧𠮷葛\U000e0100", "ja"),
        ("<script>alert(1)</script>", "ja"),
        ("{{7*7}}", "ja"),
        ("javascript:alert(1)", "en"),
        ("=HYPERLINK(1)", "ja"),
        ("電話は090-1234-5678、mail@example.org まで", "ja"),
    ],
)
def test_statement_is_kept_literally_and_waits(writer, text, language):
    made = writer.send("POST", STATEMENTS, body_of("POST", text=text, language=language))

    assert (made.status_code, made.json()) == (201, {"id": 25, "state": "waiting"})
    assert Statement.objects.get(number=25).text == text


@pytest.mark.parametrize("number", ["0", "25", "10001", "99999999999999999999", "9" * 5000])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_statement_that_does_not_exist_is_404(api, debate, method, number):
    refused(api.send(method, f"{STATEMENTS}/{number}/vote", body_of(method)), 404, "not_found")


@pytest.mark.parametrize("number", ["-1", "1.5", "abc", "１", "%00", "%ff", "", "3/vote/3", "next"])
def test_address_that_is_none_is_404(api, debate, number):
    refused(api.send("PUT", f"{STATEMENTS}/{number}/vote", body_of("PUT")), 404, "not_found")


@pytest.mark.parametrize("method", CALLS)
def test_inquiry_that_does_not_exist_or_is_archived_is_404(api, inquiry, debate, method):
    elsewhere = CALLS[method].replace("one-founder-ai", "unknown")
    refused(api.send(method, elsewhere, body_of(method)), 404, "not_found")

    archive_inquiry(inquiry=inquiry)
    response = api.send(method, CALLS[method], body_of(method))
    assert response.status_code in ({404} if method == "GET" else {404, 409})
    assert not VoteLog.objects.exists()


@pytest.mark.parametrize("method", CALLS)
def test_inquiry_deleted_or_made_anew_after_a_process_remembered_it(api, inquiry, debate, method):
    api.send("PUT", VOTE, body_of("PUT"))
    for rows in (Statement, Debate, SurveyVersion):
        rows.objects.all().delete()
    inquiry.delete()

    gone = api.send(method, CALLS[method], body_of(method))
    make_inquiry()
    anew = api.send(method, CALLS[method], body_of(method))

    assert gone.status_code == 404
    expected = {"GET": 200, "PUT": 404, "DELETE": 404, "POST": 409}
    assert anew.status_code == expected[method]


@pytest.mark.parametrize(
    "query", ["n=0", "n=6", "n=-5", "n=100000000000000000000", "n=１", "n=", "n=1.0", "n=+3", "n=05"]
)
def test_number_of_cards_that_cannot_be_is_400(api, debate, query):
    refused(api.send("GET", f"{NEXT}?{query}"), 400, "invalid_parameter", "n")


@pytest.mark.parametrize("query", ["n=1&n=2", "offset=1", "n=%00", "n=%ff", "x", "lang=fr"])
def test_parameter_that_is_not_taken_is_400(api, debate, query):
    refused(api.send("GET", f"{NEXT}?{query}"), 400)


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p in CALLS.items() if m != "GET"])
def test_number_of_cards_belongs_to_the_cards_only(api, debate, method, path):
    refused(api.send(method, f"{path}?n=3", body_of(method)), 400, "unknown_parameter", "n")


@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize(
    ("token", "code"),
    [
        (None, "token_missing"),
        ("", "token_invalid"),
        (new_token()[:-1], "token_invalid"),
        (new_token(audience="frame"), "token_invalid"),
        ("A" * 8000, "token_invalid"),
    ],
    ids=["none", "empty", "truncated", "other purpose", "long"],
)
def test_token_that_is_none_is_401(api, debate, method, token, code):
    api.cookies["toikake"] = api.token

    refused(api.send(method, CALLS[method], body_of(method), HTTP_X_TOIKAKE_TOKEN=token), 401, code, "X-Toikake-Token")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
@pytest.mark.parametrize("key", [None, "", "1", KEY[:-1], "z" * 36, KEY.replace("-", "")])
def test_key_that_is_no_uuid_is_400(api, debate, method, key):
    response = api.send(method, CALLS[method], body_of(method), HTTP_IDEMPOTENCY_KEY=key)

    refused(response, 400, "key_missing", "Idempotency-Key")


@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
    ],
)
def test_script_of_another_site_is_403(api, debate, method, headers):
    api.cookies["toikake"] = api.token

    refused(api.send(method, CALLS[method], body_of(method), **headers), 403, "foreign_origin")


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"]
)
def test_other_media_type_is_415(api, debate, method, kind):
    refused(api.send(method, CALLS[method], body_of(method), CONTENT_TYPE=kind), 415, "unsupported_media_type")


@pytest.mark.parametrize("method", CALLS)
def test_more_than_64_kilobytes_is_413(api, debate, method):
    refused(api.send(method, CALLS[method], b" " * (64 * 1024 + 1)), 413, "too_large")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", VOTE, "DELETE, PUT"),
        ("POST", VOTE, "DELETE, PUT"),
        ("OPTIONS", VOTE, "DELETE, PUT"),
        ("GET", STATEMENTS, "POST"),
        ("DELETE", STATEMENTS, "POST"),
        ("PUT", NEXT, "GET, HEAD"),
        ("POST", NEXT, "GET, HEAD"),
    ],
)
def test_method_that_is_not_there_is_405(api, debate, method, path, allowed):
    response = api.send(method, path, "{}")

    refused(response, 405, "method_not_allowed")
    assert response.headers["Allow"] == allowed
