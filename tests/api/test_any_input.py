"""Whatever comes in: one of the documented answers, small, and nothing kept that is not an answer."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.participants.queries import find_by_receipt
from apps.responses.models import Response
from apps.surveys.schema import check_answers, merge_answers
from tests.api.conftest import ApiClient
from tests.responses.factories import instrument_of

pytestmark = pytest.mark.django_db

bounded = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

RESPONSE = "/inquiries/one-founder-ai/response"
QUESTIONS = ["Q1", "Q1L", "Q2", "Q3", "Q3c", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9", "B1", "B2", "B3"]
LARGEST_ERROR = 2048

scalar = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 100),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["\x00", "\ud800", "\u202e", " " * 9, "=1+1", "１", "9" * 400]),
)
anything = st.recursive(
    scalar,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["code", "text", "a", "b", "1", ""]) | st.text(max_size=4), inner, max_size=3),
    ),
    max_leaves=6,
)
answers = st.dictionaries(st.sampled_from(QUESTIONS) | st.text(max_size=5), anything, max_size=4)
plausible = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("version", "language", "complete", "consent", "answers", "weight"), anything)
)


def put(body: bytes) -> tuple[int, dict[str, Any]]:
    """Sent by a reader of their own; the status and the content, which must be one of those that are told of."""
    api = ApiClient()
    before = Response.objects.count()
    response = api.send("PUT", RESPONSE, body)
    content = response.json()
    if response.status_code == 201:
        assert Response.objects.count() == before + 1
        return 201, content
    assert response.status_code in {400, 422}, response.content
    assert len(response.content) <= LARGEST_ERROR
    assert set(content["error"]) - {"field"} == {"code", "message"}
    assert Response.objects.count() == before
    return response.status_code, content


@bounded
@given(body=st.one_of(st.binary(max_size=200), st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_refused_as_unreadable(inquiry, body):
    status, content = put(body)

    assert (status in {400, 422}, content["error"]["code"] in {"malformed", "missing", "unknown"}) == (True, True)


@bounded
@given(body=plausible)
def test_any_object_is_refused_with_a_field_or_kept(inquiry, body):
    text = json.dumps(body)
    status, content = put(text.encode())

    if status == 422:
        assert "field" in content["error"]
    if status == 400:
        assert content["error"]["code"] == "malformed"
        assert "NaN" in text or "Infinity" in text


@bounded
@given(given_answers=answers)
def test_any_answers_are_kept_as_checked_or_refused_with_their_question(inquiry, given_answers):
    body = {"version": 1, "language": "ja", "complete": True, "consent": "2026-1", "answers": given_answers}
    status, content = put(json.dumps(body).encode())

    if status == 201:
        definition = instrument_of(inquiry).definition
        row = Response.objects.get(pk=find_by_receipt(content["receipt"]).pseudonym)
        assert row.answers == merge_answers(definition, {}, check_answers(definition, given_answers))
    elif status == 422:
        field = content["error"]["field"]
        clean = {name[:40].encode("utf-8", "replace").decode().replace("\x00", "") for name in given_answers}
        assert field in clean or field.partition(".")[0] in clean
