"""What was shown is noted: it waits in the process, is written once, and is dropped where it must be."""

import time

import pytest

from apps.debates import exposures
from apps.debates.actions import erase_ballot
from apps.debates.exposures import flush_exposures, waiting
from apps.debates.models import Debate, Exposure
from tests.debates.factories import make_debate, make_reader, vote
from tests.debates.hands import hand, logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def debate():
    return make_debate(statements=12)


@pytest.fixture
def patient(monkeypatch):
    """A process that wrote a moment ago, and has no thread that would write by itself."""
    waiting.take()
    monkeypatch.setattr(exposures, "FLUSH_SECONDS", 3600.0)
    monkeypatch.setattr(exposures.threading.Timer, "start", lambda timer: None)
    yield
    waiting.take()


def test_shown_cards_wait_and_are_known_meanwhile(debate, patient):
    reader = make_reader(debate)

    first, again = hand(debate, reader), hand(debate, reader)

    assert (again, Exposure.objects.count()) == (first, 0)
    flush_exposures()
    assert logged(reader) == [(place, number, False) for place, number in enumerate(first)]


def test_another_process_deals_the_same_and_the_rows_are_there_once(debate, patient):
    reader = make_reader(debate)
    first, here = hand(debate, reader), waiting.take()

    assert hand(debate, reader) == first
    flush_exposures()
    exposures.add_exposures(here)
    assert logged(reader) == [(place, number, False) for place, number in enumerate(first)]


def test_vote_that_was_faster_than_the_note_is_noted_as_answered(debate, patient):
    reader = make_reader(debate)
    first = hand(debate, reader)
    vote(debate, reader, first[3])

    flush_exposures()

    assert [answered for _place, _number, answered in logged(reader)] == [False, False, False, True, False]


def test_reader_who_deletes_everything_leaves_nothing_that_waits(debate, patient):
    gone, other = make_reader(debate), make_reader(debate)
    hand(debate, gone)
    hand(debate, other)

    erase_ballot(pseudonym=gone.pseudonym)
    flush_exposures()

    assert (len(logged(gone)), len(logged(other)), waiting.rows) == (0, 5, 0)


def test_what_cannot_be_written_waits_on(debate, patient, monkeypatch):
    reader = make_reader(debate)
    hand(debate, reader)
    with monkeypatch.context() as broken:
        broken.setattr(exposures, "add_exposures", lambda _shown: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            flush_exposures()

    flush_exposures()

    assert len(logged(reader)) == 5


def test_rows_of_a_deleted_debate_and_more_than_can_wait_are_dropped(debate, patient, monkeypatch):
    hand(debate, make_reader(debate))
    Debate.objects.all().delete()
    monkeypatch.setattr(exposures, "MOST_WAITING", 7)
    waiting.add(waiting.of(next(iter(waiting.by_reader))))

    assert waiting.rows == 7
    flush_exposures()
    assert not Exposure.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_last_cards_are_written_though_nobody_comes_any_more(debate, monkeypatch):
    waiting.take()
    monkeypatch.setattr(exposures, "FLUSH_SECONDS", 0.2)
    reader = make_reader(debate)

    hand(debate, reader)

    deadline = time.monotonic() + 10
    while len(logged(reader)) < 5 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(logged(reader)) == 5
