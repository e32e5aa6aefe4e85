"""The document of the API: what it tells, and whether the API does so (schemathesis, a bounded number of tries)."""

import re
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS, load_all_checks

from apps.api.description import MEANINGS
from apps.debates.actions import open_debate
from apps.inquiries.models import Inquiry
from apps.participants.receipts import receipt_code
from apps.participants.tokens import new_token
from config.wsgi import application
from tests.debates.factories import vote
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db(transaction=True)  # every try is a request with a connection of its own

TRIES = 20
SECRET = b"the token's core"
PLAIN = {"Accept-Encoding": "identity"}
bounded = settings(max_examples=TRIES, deadline=None, suppress_health_check=list(HealthCheck))

load_all_checks()
# Which answers a version takes is told by its own schema (`answers_schema`), which this document cannot know.
TAKEN_AS_SENT = CHECKS.get_one("positive_data_acceptance")
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def forget_examples(part: Any) -> None:
    """They are one reader's way, tried in order by test_examples.py; here each call stands alone."""
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        forget_examples(each)
    if isinstance(part, dict):
        part.pop("example", None)


forget_examples(schema.raw_schema["paths"])


@schema.parametrize()
@bounded
def test_api_does_what_its_document_says(case, inquiry):
    case.call_and_validate(headers=PLAIN)


@schema.include(path_regex="response|receipt").parametrize()
@bounded
def test_api_does_so_for_readers_who_answered_as_well(case):
    receipt = answered()
    if "slug" in case.path_parameters:
        case.path_parameters["slug"] = "one-founder-ai"
    if looks_like(case.headers.get("X-Toikake-Token"), "[A-Za-z0-9_-]{48}"):
        case.headers["X-Toikake-Token"] = new_token(SECRET)
    if looks_like(case.headers.get("X-Toikake-Receipt"), "[ -~]+"):
        case.headers["X-Toikake-Receipt"] = receipt

    case.call_and_validate(headers=PLAIN, excluded_checks=[TAKEN_AS_SENT])


@schema.include(path_regex="statements|map|stand").parametrize()
@bounded
def test_api_does_so_for_readers_who_voted_as_well(case):
    voted()
    case.path_parameters["slug"] = "one-founder-ai"
    if looks_like(case.headers.get("X-Toikake-Token"), "[A-Za-z0-9_-]{48}"):
        case.headers["X-Toikake-Token"] = new_token(SECRET)
    if "id" in case.path_parameters and looks_like(str(case.path_parameters["id"]), "[0-9]+"):
        case.path_parameters["id"] = int(case.path_parameters["id"]) % 26

    case.call_and_validate(headers=PLAIN, excluded_checks=[TAKEN_AS_SENT])


# Header parameters and statuses of every call that docs and scripts rely on.
TOKEN, KEY, RECEIPT, SAME = "X-Toikake-Token", "Idempotency-Key", "X-Toikake-Receipt", "If-None-Match"
PROOF = "X-Toikake-Proof"
READ, WRITE = {400, 405, 413, 503}, {400, 403, 405, 413, 415, 422, 429, 503}
CALLS = {
    "POST /participants": (set(), {201} | WRITE),
    "GET /inquiries": (set(), {200} | READ),
    "GET /inquiries/{slug}": ({SAME}, {200, 304, 404} | READ),
    "GET /inquiries/{slug}/way": ({TOKEN}, {200, 401, 404} | READ),
    "PUT /inquiries/{slug}/response": ({TOKEN, KEY}, {200, 201, 401, 404, 409} | WRITE),
    "GET /inquiries/{slug}/response": ({TOKEN}, {200, 401, 404} | READ),
    "GET /inquiries/{slug}/results": ({SAME}, {200, 304, 404} | READ),
    "GET /inquiries/{slug}/statements/next": ({TOKEN}, {200, 401, 403, 404, 409} | READ),
    "PUT /inquiries/{slug}/statements/{id}/vote": ({TOKEN, KEY, PROOF}, {200, 201, 401, 404, 409} | WRITE),
    "DELETE /inquiries/{slug}/statements/{id}/vote": ({TOKEN, KEY, PROOF}, {204, 401, 403, 404, 409, 422, 429} | READ),
    "POST /inquiries/{slug}/statements": ({TOKEN, KEY}, {200, 201, 401, 404, 409} | WRITE),
    "GET /inquiries/{slug}/map": ({SAME}, {200, 304, 404} | READ),
    "GET /inquiries/{slug}/stand": ({TOKEN}, {200, 401, 404} | READ),
    "GET /receipt": ({RECEIPT}, {200, 401, 404, 429} | READ),
    "PATCH /receipt": ({RECEIPT, KEY}, {200, 401, 404, 409} | WRITE),
    "DELETE /receipt": ({RECEIPT}, {204, 401, 403, 404, 429} | READ),
}


def told() -> dict[str, dict[str, Any]]:
    """The operations of the document by method and path."""
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}": operation
        for path, operations in paths.items()
        for method, operation in operations.items()
    }


def test_document_tells_every_call_with_its_headers_and_answers():
    found = {
        name: (
            {each["name"] for each in operation["parameters"] if each["in"] == "header"},
            {int(status) for status in operation["responses"]},
        )
        for name, operation in told().items()
    }

    assert found == CALLS


def test_document_tells_what_each_answer_means_and_which_headers_it_has():
    for name, operation in told().items():
        for status, answer in operation["responses"].items():
            assert answer["description"] == MEANINGS[int(status)], name
            headers = {"405": {"Allow"}, "429": {"Retry-After"}, "503": {"Retry-After"}, "304": {"ETag"}}
            cached = status == "200" and "304" in operation["responses"]
            assert set(answer.get("headers", {})) == ({"ETag"} if cached else headers.get(status, set())), name


def test_document_names_nothing_of_the_code():
    response = Client().get("/api/v1/openapi.json")

    assert [operation["operationId"] for operation in told().values()] == [
        "become_participant", "list_inquiries", "read_inquiry", "read_way", "put_response", "read_response",
        "read_results", "read_receipt", "change_receipt", "delete_receipt",
        "next_statements", "put_vote", "delete_vote", "write_statement", "read_map", "read_stand",
    ]  # fmt: skip
    assert "apps" not in response.content.decode()


def test_document_need_not_be_sent_twice():
    first = Client().get("/api/v1/openapi.json")

    again = Client().get("/api/v1/openapi.json", headers={"if-none-match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def answered() -> str:
    """The receipt of the one reader there is; made anew when a try has deleted it."""
    inquiry = Inquiry.objects.filter(slug="one-founder-ai").first() or make_inquiry()
    identity = make_identity(inquiry, SECRET)
    record(inquiry, {"Q1": 4}, identity=identity)
    return receipt_code(identity.pseudonym)


def voted() -> None:
    """The one reader there is has voted often enough to write."""
    inquiry = Inquiry.objects.filter(slug="one-founder-ai").first() or make_inquiry()
    debate, identity = open_debate(inquiry=inquiry), make_identity(inquiry, SECRET)
    for number in range(1, 6):
        vote(debate, identity, number)


def looks_like(value: object, pattern: str) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None
