"""The lane of the next cards answers as the usual way does, or leaves the call to it."""

import gzip
import io
import sys

import pytest
from django.db import OperationalError, connection
from django.middleware.gzip import GZipMiddleware
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.api import lane
from apps.debates.actions import open_debate
from apps.debates.models import Exposure
from apps.inquiries.actions import archive_inquiry, close_inquiry
from apps.participants.tokens import new_token
from config.wsgi import application, django_application
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db(transaction=True)

NEXT = "/api/v1/inquiries/one-founder-ai/statements/next"
TOKEN = new_token(b"a reader's secret")


@pytest.fixture(autouse=True)
def inquiry(transactional_db, monkeypatch):
    monkeypatch.setattr(GZipMiddleware, "max_random_bytes", 0)  # with it a short answer is compressed now and then
    inquiry = make_inquiry()
    open_debate(inquiry=inquiry)
    return inquiry


def environ(**changes):
    """A plain call; None takes a name out."""
    usual = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": NEXT,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_X_TOIKAKE_TOKEN": TOKEN,
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def answer(site, **changes):
    """Status, headers and body, as a client reads them."""
    said = {}

    def start_response(status, headers, _error=None):
        said.update(status=status, headers=sorted(headers))

    response = site(environ(**changes), start_response)
    body = b"".join(response)
    getattr(response, "close", lambda: None)()
    zipped = ("Content-Encoding", "gzip") in said["headers"]
    headers = [(name, value) for name, value in said["headers"] if name != "Content-Length" or not zipped]
    return said["status"], headers, gzip.decompress(body) if zipped else body


def passed_by(**changes):
    """Whether the lane leaves this call to the usual way."""
    left = []

    def usual(given, start_response):
        left.append(given)
        start_response("204 No Content", [])
        return []

    answer(lane.next_cards_first(usual), **changes)
    return bool(left)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.8"},
        {"HTTP_ACCEPT_LANGUAGE": "fr, de;q=0.3"},
        {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"},
        {"HTTP_ACCEPT_ENCODING": "identity"},
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_HOST": "localhost"},
        {"CONTENT_LENGTH": ""},
    ],
)
def test_plain_call_is_answered_as_on_the_usual_way(changes):
    assert not passed_by(**changes)
    assert answer(application, **changes) == answer(django_application, **changes)
    assert answer(application, **changes)[0] == "200 OK"


@pytest.mark.parametrize(
    "changes",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "n=2"},
        {"QUERY_STRING": "lang=en"},
        {"CONTENT_LENGTH": "3"},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": ""},
        {"HTTP_SEC_FETCH_SITE": ""},
        {"HTTP_ORIGIN": "http://127.0.0.1:8000"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": ""},
        {"HTTP_HOST": None},
        {"HTTP_X_TOIKAKE_TOKEN": None},
        {"HTTP_X_TOIKAKE_TOKEN": "forged"},
        {"HTTP_X_TOIKAKE_TOKEN": TOKEN[:-1] + "é"},
        {"PATH_INFO": "/api/v1/inquiries/none/statements/next"},
        {"PATH_INFO": NEXT + "/"},
        {"PATH_INFO": NEXT + "\n"},
        {"PATH_INFO": "/api/v1/inquiries/\xef\xbd\x8f/statements/next"},
    ],
    ids=str,
)
def test_whatever_is_not_plain_takes_the_usual_way(changes):
    assert passed_by(**changes)
    assert answer(application, **changes) == answer(django_application, **changes)


@pytest.mark.parametrize(
    "end", [close_inquiry, lambda inquiry: archive_inquiry(inquiry=close_inquiry(inquiry=inquiry))]
)
def test_what_takes_no_votes_is_told_by_the_usual_way(inquiry, end):
    end(inquiry=inquiry)

    assert passed_by()
    assert answer(application) == answer(django_application)


def test_database_that_is_away_is_told_by_the_usual_way(monkeypatch):
    def away(_self, *_values):
        raise OperationalError

    monkeypatch.setattr("apps.common.prepared.PreparedRow.read", away)

    assert passed_by()
    status, _headers, body = answer(application)
    assert (status, b'"busy"' in body) == ("503 Service Unavailable", True)


def test_what_was_shown_is_noted_and_the_connection_goes_back():
    answer(application)

    assert connection.connection is None
    assert Exposure.objects.count() == 5


words = st.text(st.characters(codec="latin-1"), max_size=30)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "HTTP_ACCEPT_LANGUAGE": words,
            "HTTP_ACCEPT_ENCODING": words | st.just("gzip"),
            "HTTP_HOST": words,
            "HTTP_X_TOIKAKE_TOKEN": words,
            "HTTP_SEC_FETCH_SITE": words,
            "HTTP_ORIGIN": words,
            "CONTENT_LENGTH": words,
            "HTTP_COOKIE": words,
        },
    )
)
def test_both_ways_agree_on_any_headers(headers):
    assert answer(application, **headers) == answer(django_application, **headers)
