from uuid import uuid4

import pytest
from django.db import OperationalError

from apps.inquiries.models import Inquiry, State
from apps.participants.tokens import new_token
from apps.responses import ledger
from apps.responses.models import Response, ResponseLog, VisitCount
from apps.responses.visits import flush_visits
from tests.responses.factories import instrument_of, make_inquiry

RESPONSE = "/inquiries/one-founder-ai/response"


def test_first_answer_is_created_with_a_receipt(api, inquiry):
    answered = api.answer({"Q1": 4})

    assert answered.status_code == 201
    assert sorted(answered.json()) == ["epoch", "receipt", "revision", "status"]
    assert Response.objects.get().answers == {"Q1": 4}
    assert "Set-Cookie" not in answered.headers


def test_later_part_is_added_without_a_second_receipt(api, inquiry):
    api.answer({"Q1": 4})

    answered = api.answer({"Q4": 2}, complete=True)

    assert (answered.status_code, answered.json()["revision"]) == (200, 2)
    assert "receipt" not in answered.json()
    assert Response.objects.get().answers == {"Q1": 4, "Q4": 2}


def test_whole_example_of_the_interface_is_taken(api, inquiry):
    answers = {"Q1": 4, "Q2": {"a": 3, "b": 2}, "Q3": "…", "Q7": {"code": 7, "text": "…"}, "Q9": [3, 1]}

    assert api.answer(answers, complete=True).status_code == 201
    own = api.send("GET", RESPONSE).json()
    assert own["answers"] == answers
    assert (own["inquiry"], own["version"], own["complete"]) == ("one-founder-ai", 1, True)


def test_retry_brings_the_identical_body(api, inquiry):
    key = str(uuid4())
    first = api.answer({"Q1": 4}, HTTP_IDEMPOTENCY_KEY=key)
    api.answer({"Q1": 2})

    again = api.answer({"Q1": 4}, HTTP_IDEMPOTENCY_KEY=key)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.content == first.content
    assert Response.objects.get().answers == {"Q1": 2}


def test_retry_of_a_later_part_brings_its_body_without_a_receipt(api, inquiry):
    key = str(uuid4())
    api.answer({"Q1": 4})
    first = api.answer({"Q1": 2}, HTTP_IDEMPOTENCY_KEY=key)

    assert api.answer({"Q1": 2}, HTTP_IDEMPOTENCY_KEY=key).content == first.content


def test_key_with_another_body_is_refused(api, inquiry):
    key = str(uuid4())
    api.answer({"Q1": 4}, HTTP_IDEMPOTENCY_KEY=key)

    refused = api.answer({"Q1": 5}, HTTP_IDEMPOTENCY_KEY=key)

    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "key_reused")
    assert Response.objects.get().answers == {"Q1": 4}


def test_first_answer_needs_consent_and_later_ones_do_not(api, inquiry):
    refused = api.answer({"Q1": 4}, consent=None)
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "consent")
    assert not Response.objects.exists()

    api.answer({"Q1": 4})
    assert api.answer({"Q1": 5}, consent=None).status_code == 200


def test_consent_may_be_given_by_hash_but_not_to_another_text(api, inquiry):
    sha256 = instrument_of(inquiry).definition.consent_sha256

    refused = api.answer({"Q1": 4}, consent="2019-7")

    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "consent")
    assert api.answer({"Q1": 4}, consent=sha256).status_code == 201


def test_own_answers_need_the_own_token(api, inquiry):
    api.answer({"Q1": 4})

    other = api.send("GET", RESPONSE, HTTP_X_TOIKAKE_TOKEN=new_token())

    assert (other.status_code, other.json()["error"]["code"]) == (404, "no_response")


def test_answers_to_two_inquiries_share_no_pseudonym(api, inquiry):
    make_inquiry("another")
    api.answer({"Q1": 4})
    body = '{"version": 1, "language": "ja", "complete": false, "consent": "2026-1", "answers": {"Q1": 4}}'
    api.send("PUT", "/inquiries/another/response", body)

    assert len(set(map(bytes, Response.objects.values_list("pk", flat=True)))) == 2


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("GET", "/results"), ("GET", "/response"), ("PUT", "/response")],
)
def test_hidden_inquiry_is_not_there(api, inquiry, state, method, path):
    api.answer({"Q1": 4})
    Inquiry.objects.update(state=state)

    body = '{"version": 1, "language": "ja", "complete": false, "answers": {"Q1": 5}}' if method == "PUT" else None
    refused = api.send(method, f"/inquiries/one-founder-ai{path}", body)

    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found")
    assert ResponseLog.objects.count() == 1


def test_closed_inquiry_can_be_read_but_not_answered(api, inquiry):
    api.answer({"Q1": 4})
    Inquiry.objects.update(state=State.CLOSED)

    refused = api.answer({"Q1": 5})

    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "closed")
    assert api.send("GET", RESPONSE).json()["answers"] == {"Q1": 4}
    assert api.send("GET", "/inquiries/one-founder-ai").json()["state"] == "closed"


def test_inquiry_that_moved_to_another_address_is_found_there(api, inquiry):
    api.answer({"Q1": 4})
    Inquiry.objects.update(slug="elsewhere")

    assert api.answer({"Q1": 5}).status_code == 404
    make_inquiry("one-founder-ai")
    assert api.answer({"Q1": 5}).status_code == 201


@pytest.mark.parametrize(("prior", "queries"), [(0, 2), (1, 4)])
def test_submit_takes_few_queries(api, inquiry, django_assert_num_queries, prior, queries):
    api.answer({"Q1": 1}, HTTP_X_TOIKAKE_TOKEN=new_token())  # what a process looks up once
    for _ in range(prior):
        api.answer({"Q1": 4})

    with django_assert_num_queries(queries):
        api.answer({"Q1": 5})


def test_database_that_is_away_is_said_so(api, inquiry, monkeypatch):
    def fail(*_arguments):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(ledger, "_cursor", fail)
    refused = api.answer({"Q1": 4})

    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "busy")
    assert refused.headers["Retry-After"] == "2"


def test_first_answer_is_counted_in_its_hour_by_its_host_and_later_ones_are_not(api, inquiry):
    api.answer({"Q1": 4}, HTTP_REFERER="https://app.example/some/page?of=mine")
    api.answer({"Q1": 5})

    flush_visits()

    counted = VisitCount.objects.values_list("inquiry", "screen", "source", "language", "visits")
    assert list(counted) == [(inquiry.pk, "api", "app.example", "ja", 1)]
