"""A page costs the same whether nobody has answered yet or ten thousand have."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.debates.actions import open_debate
from apps.responses import visits
from tests.reader.conftest import ANSWER, COVER

QUERIES = {
    "cover": 2,
    "first submit": 3,
    "screen of a known reader": 3,
    "later submit": 4,
    "results with own answers": 4,
    "results of a stranger": 2,
}


@pytest.mark.parametrize("crowd", [0, 1, 10_000])
def test_queries_do_not_grow_with_the_answers(reader, another_reader, inquiry, monkeypatch, crowd):
    if crowd:
        call_command("simulate_readers", inquiry.slug, readers=crowd, seed=1, verbosity=0)
    # Counts of views are not written in the middle of a measurement.
    monkeypatch.setattr(visits, "FLUSH_SECONDS", 1e9)
    open_debate(inquiry=inquiry)
    warm(another_reader)

    found = dict(measured(reader, another_reader))

    assert found == QUERIES


def warm(reader):
    """What a process fetches once in its life: the version, the inquiry's secret, the latest results."""
    reader.answer(1, Q1="2")
    reader.open(f"{COVER}results/")
    reader.client.cookies.clear()


def measured(reader, stranger):
    with taken() as queries:
        cover = reader.open()
    yield "cover", len(queries)
    with taken() as queries:
        reader.send(cover, Q1="4")
    yield "first submit", len(queries)
    with taken() as queries:
        screen = reader.open(f"{ANSWER}?step=2")
    yield "screen of a known reader", len(queries)
    with taken() as queries:
        reader.send(screen, 2, **{"Q2-a": "1", "Q2-b": "2"})
    yield "later submit", len(queries)
    with taken() as queries:
        reader.open(f"{COVER}results/")
    yield "results with own answers", len(queries)
    with taken() as queries:
        stranger.open(f"{COVER}results/")
    yield "results of a stranger", len(queries)


def taken():
    return CaptureQueriesContext(connection)
