"""What the page sends in the background."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from apps.participants import passes
from apps.responses.models import Response, ResponseLog
from tests.reader.conftest import ANSWER


def save(reader, page, step=1, touched="Q1", **answers):
    fields = {**reader.hidden(page), "intent": "save", "key": str(uuid4()), "touched": touched, **answers}
    return reader.client.post(f"{ANSWER}?step={step}", fields)


def test_tap_is_saved_and_the_cookie_given(reader, inquiry):
    saved = save(reader, reader.open(), Q1="4")

    assert saved.json() == {"saved": True}
    assert "toikake" in saved.cookies
    assert Response.objects.get().answers == {"Q1": 4}


def test_save_and_button_of_one_page_are_one_reader(reader, another_reader, inquiry):
    page = reader.open()

    save(reader, page, Q1="4")
    another_reader.send(page, Q1="4")  # the button was pressed before the cookie came

    assert Response.objects.count() == 1
    assert Response.objects.get().answers == {"Q1": 4}


def test_what_was_not_touched_is_not_left_blank(reader, inquiry):
    save(reader, reader.open(), Q1="4")

    save(reader, reader.open(f"{ANSWER}?step=7"), 7, touched="Q7", Q7="1")

    assert Response.objects.get().answers == {"Q1": 4, "Q7": 1}


def test_text_that_was_taken_back_is_taken_back(reader, inquiry):
    save(reader, reader.open(), Q1="4")
    save(reader, reader.open(f"{ANSWER}?step=3"), 3, touched="Q3", Q3="やはり")

    save(reader, reader.open(f"{ANSWER}?step=3"), 3, touched="Q3", Q3="")

    assert Response.objects.get().answers["Q3"] == 97


def test_same_key_again_is_the_same_save(reader, inquiry):
    fields = {**reader.hidden(reader.open()), "intent": "save", "key": str(uuid4()), "touched": "Q1", "Q1": "4"}

    for _ in range(3):
        reader.client.post(f"{ANSWER}?step=1", fields)

    assert ResponseLog.objects.count() == 1


def test_same_key_with_another_answer_is_refused(reader, inquiry):
    fields = {**reader.hidden(reader.open()), "intent": "save", "key": str(uuid4()), "touched": "Q1"}
    reader.client.post(f"{ANSWER}?step=1", {**fields, "Q1": "4"})

    again = reader.client.post(f"{ANSWER}?step=1", {**fields, "Q1": "5"})

    assert again.status_code == 422
    assert Response.objects.get().answers == {"Q1": 4}


@pytest.mark.parametrize("key", ["", "not-a-uuid", "x" * 36])
def test_without_a_key_nothing_is_saved(reader, inquiry, key):
    fields = {**reader.hidden(reader.open()), "intent": "save", "key": key, "touched": "Q1", "Q1": "4"}

    assert reader.client.post(f"{ANSWER}?step=1", fields).json() == {"saved": False}
    assert Response.objects.count() == 0


def test_old_page_gets_a_fresh_pass_for_its_next_try(reader, inquiry, monkeypatch):
    page, now = reader.open(), passes.time.time()
    monkeypatch.setattr(passes, "time", SimpleNamespace(time=lambda: now + 3 * 60 * 60))

    late = save(reader, page, Q1="4")

    assert late.status_code == 409
    assert passes.read_pass(late.json()["pass"], inquiry.pk)


def test_text_over_its_limit_is_named(reader, inquiry):
    refused = save(reader, reader.open(f"{ANSWER}?step=1"), Q1="4")
    refused = save(reader, reader.open(f"{ANSWER}?step=3"), 3, touched="Q3", Q3="長" * 201)

    assert (refused.status_code, refused.json()) == (422, {"problems": ["Q3"]})


def test_times_in_view_are_kept_within_bounds(reader, inquiry):
    fields = {"visible": "Q1:5300,Q1L:x,nothing:1,Q2:99999999999,Q3:-5,Q4", "Q1": "4"}

    save(reader, reader.open(), **fields)

    assert Response.objects.get().visible_ms == {"Q1": 5300}
