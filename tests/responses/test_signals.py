"""What speaks for a machine is kept beside the answers, and changes nothing about them."""

from datetime import date

import pytest

from apps.responses.models import Response
from apps.responses.signals import Signal, seen_in_form, signals_with
from tests.responses.factories import make_identity, make_inquiry, record

BOTH = Signal.TRAP | Signal.QUICK


@pytest.mark.parametrize(
    ("trapped", "age", "signals"),
    [(False, 0.8, 0), (False, 0.799, Signal.QUICK), (True, 5.0, Signal.TRAP), (True, 0.1, BOTH), (False, -0.5, 2)],
)
def test_form_shows_its_signals(trapped, age, signals):
    assert seen_in_form(trapped=trapped, age=age) == signals


@pytest.mark.parametrize(
    ("given", "stored", "kept"),
    [
        ({"Q1": 4}, {}, BOTH),
        ({"Q1": 4}, {"Q1": 2}, Signal.TRAP),  # going fast over what was answered earlier says nothing
        ({"Q1": 4, "Q2": None}, {"Q1": 2}, Signal.TRAP),
        ({}, {"Q1": 2}, Signal.TRAP),
    ],
)
def test_haste_counts_where_something_new_was_answered(given, stored, kept):
    assert signals_with(0, BOTH, given=given, stored=stored) == kept


def test_signals_once_seen_stay():
    assert signals_with(Signal.TRAP, 0, given={"Q4": 1}, stored={}) == Signal.TRAP


@pytest.mark.django_db
def test_row_keeps_every_signal_of_its_writes_and_the_answers_are_the_same():
    inquiry = make_inquiry()
    plain, suspected = make_identity(inquiry, b"a patient reader"), make_identity(inquiry, b"a hasty machine!")

    for signals, answers in ((Signal.QUICK, {"Q1": 4}), (Signal.TRAP, {"Q4": 2}), (0, {"Q5": 1})):
        record(inquiry, answers, identity=plain)
        record(inquiry, answers, identity=suspected, signals=signals)

    rows = {bytes(row.pk): row for row in Response.objects.all()}
    seen = [{**vars(rows[who.pseudonym])} for who in (plain, suspected)]
    assert [row.pop("signals") for row in seen] == [0, BOTH]
    same = ("answers", "codes", "status", "finished", "revision", "started_day")
    assert [seen[0][name] for name in same] == [seen[1][name] for name in same]
    assert isinstance(seen[0]["started_day"], date)
