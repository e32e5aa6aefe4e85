"""A form that comes late or twice under a key of its own: kept once, from one reader, and never dropped for its age."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client

from apps.debates.models import Ballot, VoteLog
from apps.participants import passes
from apps.participants.models import Participant
from apps.responses.models import Response, ResponseLog
from tests.reader.conftest import ANSWER, COVER, Reader

DEBATE = f"{COVER}debate/"
REVIEW = f"{COVER}review/"


@pytest.fixture
def hours_later(monkeypatch):
    def wait(hours: float = 5) -> None:
        now = passes.time.time()
        monkeypatch.setattr(passes, "time", SimpleNamespace(time=lambda: now + hours * 3600))

    return wait


def counts():
    return Response.objects.count(), ResponseLog.objects.count(), Participant.objects.count()


def test_late_copy_of_a_save_that_arrived_is_answered_and_its_reader_known_again(reader, inquiry, hours_later):
    fields = {**reader.hidden(reader.open()), "intent": "save", "key": str(uuid4()), "touched": "Q1", "Q1": "4"}
    Client().post(f"{ANSWER}?step=1", fields)  # the answer to it, and the cookie with it, got lost
    hours_later()

    late = reader.client.post(f"{ANSWER}?step=1", fields)
    reader.answer(2, **{"Q2-a": "1", "Q2-b": "2"})

    assert (late.status_code, late.json()) == (200, {"saved": True})
    assert counts() == (1, 2, 1)
    assert Response.objects.get().answers == {"Q1": 4, "Q2": {"a": 1, "b": 2}}


def test_late_save_that_had_not_arrived_is_taken_with_the_pass_it_is_given(reader, inquiry, hours_later):
    fields = {**reader.hidden(reader.open()), "intent": "save", "key": str(uuid4()), "touched": "Q1", "Q1": "4"}
    hours_later()

    late = reader.client.post(f"{ANSWER}?step=1", fields)
    again = reader.client.post(f"{ANSWER}?step=1", {**fields, "pass": late.headers["X-Toikake-Pass"]})

    assert (late.status_code, again.json()) == (409, {"saved": True})
    assert counts() == (1, 1, 1)


def test_an_old_pass_with_a_guessed_key_opens_nothing(reader, inquiry, hours_later):
    page = reader.open()
    Client().post(f"{ANSWER}?step=1", {**reader.hidden(page), "intent": "next", "Q1": "4"})
    hours_later()

    for key in ("", str(uuid4())):
        late = reader.send(page, Q1="4", key=key)
        assert late.status_code == 409
        assert not late.cookies


def test_copy_of_a_button_in_the_background_is_the_same_write(reader, inquiry):
    reader.answer(1, Q1="4")
    page, key = reader.open(f"{ANSWER}?step=3"), str(uuid4())
    reader.send(page, 3, Q3="長い理由", key=key, touched="Q3,Q3c")

    copy = reader.send(page, 3, intent="save", Q3="長い理由", key=key, touched="Q3,Q3c")

    assert copy.json() == {"saved": True}
    assert counts() == (1, 2, 1)


def test_vote_under_its_own_key_counts_once_however_late(reader, inquiry, hours_later):
    page = reader.open(DEBATE)
    fields = {**reader.hidden(page), "vote": "1-agree", "key": str(uuid4())}
    Client().post(DEBATE, fields)
    hours_later()

    late = reader.client.post(DEBATE, fields)

    assert late.status_code == 303
    assert late.cookies
    assert (Ballot.objects.count(), VoteLog.objects.count()) == (1, 1)


def test_late_vote_that_had_not_arrived_is_taken_with_the_pass_it_is_given(reader, inquiry, hours_later):
    fields = {**reader.hidden(reader.open(DEBATE)), "vote": "1-agree", "key": str(uuid4())}
    hours_later()

    late = reader.client.post(DEBATE, fields)
    again = reader.client.post(DEBATE, {**fields, "pass": late.headers["X-Toikake-Pass"]})

    assert (late.status_code, again.status_code) == (409, 303)
    assert VoteLog.objects.count() == 1


def test_late_sending_is_taken_with_the_pass_it_is_given(reader, inquiry, hours_later):
    reader.answer(1, Q1="4")
    fields = {**reader.hidden(reader.open(REVIEW)), "intent": "send", "key": str(uuid4())}
    hours_later()

    late = reader.client.post(REVIEW, fields)
    again = [reader.client.post(REVIEW, {**fields, "pass": late.headers["X-Toikake-Pass"]}) for _ in range(2)]

    assert (late.status_code, [each.status_code for each in again]) == (409, [303, 303])
    assert Response.objects.get().finished
    assert counts() == (1, 2, 1)


def test_no_other_page_tells_a_pass_beside_its_form(inquiry):
    stranger = Reader(Client())

    assert not [path for path in (COVER, DEBATE) if stranger.open(path).has_header("X-Toikake-Pass")]
