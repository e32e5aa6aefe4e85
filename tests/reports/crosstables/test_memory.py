"""Answers in the worker's memory: as new as the database, of a few inquiries, for minutes."""

from time import monotonic

import pytest

from apps.reports.crosstables import memory
from apps.responses.models import Response
from tests.reports.factories import answer_as
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_held():
    memory.held.clear()
    yield
    memory.held.clear()


def answers(inquiry) -> list[int]:
    found = memory.held_material(inquiry, None, (), placed=False)
    return sorted(found.material.column("Q1").tolist())


def test_a_new_answer_and_an_erased_one_are_seen_at_once():
    inquiry = make_inquiry("bridge")
    answer_as(inquiry, 1, {"Q1": 5})
    first = answers(inquiry)
    answer_as(inquiry, 2, {"Q1": 3})
    second = answers(inquiry)
    Response.objects.order_by("pk").first().delete()
    third = answers(inquiry)

    assert (first, second, len(third)) == ([5], [3, 5], 1)
    assert len(memory.held) == 1


def test_the_same_answers_are_read_once():
    inquiry = make_inquiry("bridge")
    answer_as(inquiry, 1, {"Q1": 5})

    one, other = (memory.held_material(inquiry, None, (), placed=False) for _time in range(2))

    assert one.material is other.material


def test_only_a_few_inquiries_are_held_and_only_for_minutes():
    for slug in ("bridge", "tunnel", "ferry"):
        answer_as(make_inquiry(slug), 1, {"Q1": 5})
        memory.held_material(make_inquiry(f"{slug}-2"), None, (), placed=False)

    assert len(memory.held) == memory.MOST
    memory.forget(monotonic() + memory.SECONDS + 1)
    assert not memory.held
