"""The page sets a trap for machines and looks at the clock; whoever is caught is served like everybody else."""

import re
import time

import pytest

from apps.responses.models import Response
from apps.responses.signals import Signal
from tests.reader.conftest import ANSWER, COVER

TRAP = re.compile(r"<div hidden><input (?P<attributes>[^>]*)></div>")


@pytest.fixture
def clock(monkeypatch):
    """Moves on as told: the pass of a page and whoever reads it look at the same one."""
    now = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def after(clock, seconds: float) -> None:
    clock[0] += seconds


@pytest.mark.parametrize(
    ("seconds", "filled", "signals"),
    [(0.75, "", Signal.QUICK), (0.8125, "", 0), (9, "", 0), (9, "https://x.example", Signal.TRAP)],
)
def test_first_answer_is_kept_with_its_signals(reader, inquiry, clock, seconds, filled, signals):
    page = reader.open()
    after(clock, seconds)

    sent = reader.send(page, Q1="4", homepage=filled)

    assert (sent.status_code, sent.headers["Location"]) == (303, f"{ANSWER}?step=2")
    assert Response.objects.values_list("answers__Q1", "signals").get() == (4, signals)


def test_going_back_fast_over_given_answers_is_no_signal(reader, inquiry, clock):
    page = reader.open()
    after(clock, 5)
    reader.send(page, Q1="4")
    after(clock, 5)
    page = reader.open(f"{ANSWER}?step=1")
    after(clock, 0.3)

    reader.send(page, Q1="4")

    assert Response.objects.values_list("revision", "signals").get() == (2, 0)


def test_background_save_is_looked_at_too(reader, inquiry, clock):
    page = reader.open()
    after(clock, 0.4)

    saved = reader.send(page, intent="save", touched="Q1", Q1="4", key="6f1ed002-ab5a-4a35-8b3c-1f0d9a3c6e11")

    assert saved.json() == {"saved": True}
    assert Response.objects.values_list("signals", flat=True).get() == Signal.QUICK


@pytest.mark.parametrize("path", [COVER, f"{ANSWER}?step=2"])
def test_trap_is_hidden_from_people_and_from_what_fills_forms_for_them(reader, inquiry, path):
    reader.answer(1, Q1="4")

    attributes = TRAP.search(reader.open(path if "step" in path else f"{ANSWER}?step=1").content.decode())

    assert attributes
    assert attributes["attributes"] == 'name="homepage" value="" autocomplete="off" tabindex="-1" aria-hidden="true"'
