"""Bodies that nobody should send: each try has one exact answer, names its field, and leaves nothing behind."""

import json

import pytest

from apps.participants.models import Participant
from tests.api.refusals import GOOD, RESPONSE, refused


def with_answers(text: str) -> str:
    return json.dumps({**GOOD, "answers": "HERE"}).replace('"HERE"', text)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"1",
        b'"text"',
        b"{} {}",
        with_answers("NaN").encode(),
        with_answers("Infinity").encode(),
        with_answers('{"Q1": -Infinity}').encode(),
        with_answers('{"Q1": 4, "Q1": 5}').encode(),
        b'{"version": 1, ' + json.dumps(GOOD).encode()[1:],
        with_answers('{"Q3": "\udcff"}').encode("utf-8", "surrogateescape"),
        json.dumps(GOOD).encode("utf-16"),
        json.dumps(GOOD).encode("utf-8-sig"),
        b"[" * 60_000,
        b'{"a":' * 12_000,
        with_answers("[" * 9 + "]" * 9 + "," + "[]," * 60 + "[]").encode(),
        with_answers("{" + ",".join(f'"{n}": []' for n in range(60)) + ', "deep": ' + "[" * 9 + "]" * 9 + "}").encode(),
    ],
    ids=range(19),
)
def test_malformed_body_is_400(api, inquiry, body):
    refused(api.send("PUT", RESPONSE, body), 400, "malformed")


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ('{"Q1": "abc"}', "Q1"),
        ('{"Q1": "4"}', "Q1"),
        ('{"Q1": [1]}', "Q1"),
        ('{"Q1": {}}', "Q1"),
        ('{"Q1": 1.5}', "Q1"),
        ('{"Q1": 4.0}', "Q1"),
        ('{"Q1": true}', "Q1"),
        ('{"Q1": 1e400}', "Q1"),
        ('{"Q1": -1}', "Q1"),
        ('{"Q1": 0}', "Q1"),
        ('{"Q1": 6}', "Q1"),
        ('{"Q1": 255}', "Q1"),
        ('{"Q1": ' + "9" * 5000 + "}", "Q1"),
        ('{"Q1": -' + "9" * 5000 + "}", "Q1"),
        ('{"Q2": 3}', "Q2"),
        ('{"Q2": {"a": 9}}', "Q2.a"),
        ('{"Q2": {"z": 1}}', "Q2.z"),
        ('{"Q3": 7}', "Q3"),
        ('{"Q3": "   "}', "Q3"),
        ('{"Q3": "a\\u0000b"}', "Q3"),
        ('{"Q3": "\\ud800"}', "Q3"),
        ('{"Q3c": "yes"}', "Q3c"),
        ('{"Q7": {"code": 7, "text": 5}}', "Q7.text"),
        ('{"Q7": {"code": 1, "text": "x"}}', "Q7.text"),
        ('{"Q7": {"code": 7, "words": "x"}}', "Q7.words"),
        ('{"Q9": [1, 1]}', "Q9"),
        ('{"Q9": [1, 2, 3, 4]}', "Q9"),
        ('{"Q9": "1"}', "Q9"),
        ('{"Q9": [1, null]}', "Q9"),
        ('{"Q99": 1}', "Q99"),
        ('{"": 1}', ""),
        ('{"__proto__": 1}', "__proto__"),
        ('{"P1": 7}', "P1"),
        ('{"X1": 1}', "X1"),
    ],
)
def test_answer_that_cannot_be_names_its_question(api, inquiry, answers, field):
    refused(api.send("PUT", RESPONSE, with_answers(answers)), 422, field=field)


@pytest.mark.parametrize("name", ["\\u0000", "\\ud800", "x" * 3000, "あ" * 3000, "<script>"])
def test_strange_name_is_refused_without_being_echoed_at_length(api, inquiry, name):
    response = api.send("PUT", RESPONSE, with_answers(f'{{"{name}": 1}}'))

    refused(response, 422, "unknown_question")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"is_staff": True}, "unknown", "is_staff"),
        ({"weight": 9}, "unknown", "weight"),
        ({"simulated": True}, "unknown", "simulated"),
        ({"version": "1"}, "type", "version"),
        ({"version": True}, "type", "version"),
        ({"version": 1.0}, "type", "version"),
        ({"version": 0}, "invalid", "version"),
        ({"version": 2}, "unknown_version", "version"),
        ({"version": 10**20}, "invalid", "version"),
        ({"version": None}, "type", "version"),
        ({"language": "fr"}, "invalid", "language"),
        ({"language": "x" * 100}, "invalid", "language"),
        ({"language": 5}, "type", "language"),
        ({"complete": 1}, "type", "complete"),
        ({"complete": "true"}, "type", "complete"),
        ({"consent": True}, "type", "consent"),
        ({"consent": "yes"}, "invalid", "consent"),
        ({"consent": "x" * 100}, "invalid", "consent"),
        ({"answers": []}, "type", "answers"),
        ({"answers": None}, "type", "answers"),
        ({"answers": "Q1"}, "type", "answers"),
    ],
)
def test_body_with_a_wrong_part_names_it(api, inquiry, change, code, field):
    refused(api.send("PUT", RESPONSE, json.dumps({**GOOD, **change})), 422, code, field)


@pytest.mark.parametrize("name", ["version", "language", "complete", "answers"])
def test_body_without_a_part_names_it(api, inquiry, name):
    body = {key: value for key, value in GOOD.items() if key != name}

    refused(api.send("PUT", RESPONSE, json.dumps(body)), 422, "missing", name)


def test_text_at_its_limit_is_kept_and_one_more_is_not(api, inquiry):
    limit = 200

    refused(api.answer({"Q3": "𠮷" * (limit + 1)}), 422, field="Q3")
    assert api.answer({"Q3": "𠮷" * limit}).status_code == 201


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{{7*7}}",
        "javascript:alert(1)",
        "=HYPERLINK(1)",
        "👨‍👩‍👧 葛󠄀",
        "'; DROP TABLE x; --",
    ],
)
def test_text_is_kept_literally(api, inquiry, text):
    api.answer({"Q3": text})

    assert api.send("GET", RESPONSE).json()["answers"] == {"Q3": text}


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=shift_jis",
        "application/problem+json",
        "text/json",
        "",
    ],
)
def test_other_media_type_is_415(api, inquiry, kind):
    refused(api.send("PUT", RESPONSE, json.dumps(GOOD), CONTENT_TYPE=kind), 415, "unsupported_media_type")


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_in_utf_8_is_taken_however_it_is_written(api, inquiry, kind):
    assert api.send("PUT", RESPONSE, json.dumps(GOOD), CONTENT_TYPE=kind).status_code == 201


def test_more_than_64_kilobytes_is_413(api, inquiry):
    for method in ("PUT", "GET"):
        refused(api.send(method, RESPONSE, b" " * (64 * 1024 + 1)), 413, "too_large")


def test_64_kilobytes_are_read(api, inquiry):
    body = json.dumps(GOOD).encode()

    assert api.send("PUT", RESPONSE, body + b" " * (64 * 1024 - len(body))).status_code == 201


def test_message_comes_in_the_readers_language(api, inquiry):
    english = api.answer({"Q1": 9}, HTTP_ACCEPT_LANGUAGE="en")
    japanese = api.answer({"Q1": 9}, HTTP_ACCEPT_LANGUAGE="ja")

    assert english.headers["Content-Language"] == "en"
    assert japanese.headers["Content-Language"] == "ja"
    assert english.json()["error"]["code"] == japanese.json()["error"]["code"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("[]", 400, "malformed"),
        ("null", 400, "malformed"),
        ("", 400, "malformed"),
        ('{"a": 1, "a": 2}', 400, "malformed"),
        ('{"token": "mine"}', 422, "unknown"),
    ],
)
def test_participants_take_an_empty_object_only(api, inquiry, body, status, code):
    refused(api.send("POST", "/participants", body), status, code)


def test_participant_gets_a_token_that_answers(api, inquiry):
    made = api.send("POST", "/participants", "{}", HTTP_X_TOIKAKE_TOKEN=None, HTTP_IDEMPOTENCY_KEY=None)

    assert (made.status_code, sorted(made.json())) == (201, ["token"])
    assert not Participant.objects.exists()
    assert api.answer({"Q1": 4}, HTTP_X_TOIKAKE_TOKEN=made.json()["token"]).status_code == 201
