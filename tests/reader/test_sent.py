from uuid import UUID

import pytest
from django.test import RequestFactory

from apps.reader.sent import Sent, body_hash, names, times, uuid_or_none


def sent(**fields):
    return Sent.of(RequestFactory().post("/", fields))


def test_form_without_hidden_fields_means_to_go_on():
    assert sent(Q1="4") == Sent("next", frozenset(), False, frozenset(), {}, None, cookieless=False)


def test_hidden_fields_are_read():
    key = "6f1ed002-ab5a-4a35-8b3c-1f0d9a3c6e11"

    found = sent(
        intent="save", seen="Q1L", prompted="1", touched="Q1,Q3", visible="Q1:5300,Q1L:0", key=key, cookies="none"
    )

    assert found == Sent(
        intent="save",
        seen=frozenset({"Q1L"}),
        prompted=True,
        touched=frozenset({"Q1", "Q3"}),
        visible_ms={"Q1": 5300, "Q1L": 0},
        key=UUID(key),
        cookieless=True,
    )


@pytest.mark.parametrize("intent", ["", "delete", "NEXT", "next\x00", "x" * 5000])
def test_unknown_intent_means_to_go_on(intent):
    assert sent(intent=intent).intent == "next"


@pytest.mark.parametrize("text", ["", ":", "Q1", "Q1:", "Q1:-5", "Q1:1.5", "Q1:１", "Q1:²", "Q1:" + "9" * 5000])
def test_times_that_make_no_sense_are_dropped(text):
    assert times(text) == {}


def test_lists_are_read_up_to_their_bound():
    assert len(names(",".join(f"Q{number}" for number in range(5000)))) < 500


@pytest.mark.parametrize("text", ["", "x", "6f1ed002ab5a4a358b3c1f0d9a3c6e11", "g" * 36, "é" * 36])
def test_key_that_is_none_is_none(text):
    assert uuid_or_none(text) is None


def test_body_hash_follows_what_is_said_and_not_the_order_it_is_said_in():
    one = body_hash(2, {"a": 1, "b": "x"}, finished=False)

    assert one == body_hash(2, {"b": "x", "a": 1}, finished=False)
    assert len({one, body_hash(3, {"a": 1, "b": "x"}, finished=False), body_hash(2, {"a": 1}, finished=False),
                body_hash(2, {"a": 1, "b": "x"}, finished=True)}) == 4  # fmt: skip
