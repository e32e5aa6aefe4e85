"""A page costs the same whether nobody has answered yet or ten thousand have."""

import pytest
from django.core.management import call_command

from apps.participants.queries import pseudonym
from apps.responses import visits
from tests.reader.conftest import ANSWER, COVER


@pytest.fixture(params=[0, 1, 10_000])
def crowd(request, inquiry, monkeypatch):
    """So many readers came before. Counts of views are not written in the middle of a measurement."""
    if request.param:
        call_command("simulate_readers", inquiry.slug, readers=request.param, seed=1, verbosity=0)
    monkeypatch.setattr(visits, "FLUSH_SECONDS", 1e9)
    pseudonym(inquiry.pk, b"sixteen bytes...")  # the inquiry's secret is fetched once in the life of a process
    return request.param


def test_cover_takes_two_queries(reader, crowd, django_assert_num_queries):
    reader.open()

    with django_assert_num_queries(2):
        assert reader.open().status_code == 200


def test_first_submit_takes_three_queries(reader, crowd, django_assert_num_queries):
    page = reader.open()

    with django_assert_num_queries(3):
        assert reader.send(page, Q1="4").status_code == 303


def test_screen_of_a_known_reader_takes_three_queries(reader, crowd, django_assert_num_queries):
    reader.answer(1, Q1="4")

    with django_assert_num_queries(3):
        assert reader.open(f"{ANSWER}?step=2").status_code == 200


def test_later_submit_takes_four_queries(reader, crowd, django_assert_num_queries):
    reader.answer(1, Q1="4")
    page = reader.open(f"{ANSWER}?step=4")

    with django_assert_num_queries(4):
        assert reader.send(page, 4, Q4="4").status_code == 303


def test_results_take_three_queries(reader, crowd, django_assert_max_num_queries):
    reader.answer(1, Q1="4")
    reader.open(f"{COVER}results/")

    with django_assert_max_num_queries(3):
        assert reader.open(f"{COVER}results/").status_code == 200
