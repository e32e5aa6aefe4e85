"""The document of the API against what the API does (schemathesis, a bounded number of tries)."""

import re

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS, load_all_checks

from apps.inquiries.models import Inquiry
from apps.participants.receipts import receipt_code
from apps.participants.tokens import new_token
from config.wsgi import application
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


def answered() -> str:
    """The receipt of the one reader there is; made anew when a try has deleted it."""
    inquiry = Inquiry.objects.filter(slug="one-founder-ai").first() or make_inquiry()
    identity = make_identity(inquiry, SECRET)
    record(inquiry, {"Q1": 4}, identity=identity)
    return receipt_code(identity.pseudonym)


def looks_like(value: object, pattern: str) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None
