import threading
from datetime import UTC, datetime

import pytest

from apps.responses import visits
from apps.responses.models import VisitCount
from apps.responses.queries import sources, views_by_screen
from apps.responses.visits import FLUSH_SECONDS, MOST_KINDS, OTHER_SOURCE, VisitCounter, add_visits, note_visit
from tests.responses.factories import make_inquiry

HOUR = datetime(2026, 4, 1, 9, tzinfo=UTC)


def kind(source: str = "", inquiry: int = 1, screen: str = "cover") -> visits.Kind:
    return (inquiry, HOUR, screen, source, "phone", "ja")


@pytest.fixture
def counter(monkeypatch) -> VisitCounter:
    """The counter of a process that has just started."""
    fresh = VisitCounter()
    monkeypatch.setattr(visits, "counter", fresh)
    return fresh


def test_visits_are_counted_in_memory_until_it_is_time():
    counter = VisitCounter()

    handed = [counter.note(kind()) for _ in range(3)]
    counter.flushed_at -= FLUSH_SECONDS
    due = counter.note(kind())

    assert handed == [{}, {}, {}]
    assert due == {kind(): 4}
    assert counter.take() == {}


def test_no_visit_is_lost_between_threads():
    counter = VisitCounter()
    taken: list[int] = []

    def note_many() -> None:
        for number in range(500):
            counter.note(kind())
            if number % 50 == 0:
                taken.append(counter.take().total())

    threads = [threading.Thread(target=note_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(taken) + counter.take().total() == 2000


def test_invented_hosts_do_not_fill_the_table():
    counter = VisitCounter()

    for number in range(MOST_KINDS + 50):
        counter.note(kind(f"{number}.example"))
    counter.note(kind("0.example"))

    counts = counter.take()
    assert counts[kind(OTHER_SOURCE)] == 50
    assert counts[kind("0.example")] == 2
    assert len(counts) == MOST_KINDS + 1


@pytest.mark.django_db
def test_flush_adds_to_what_was_there(counter, django_assert_num_queries):
    inquiry = make_inquiry()

    for round_ in range(2):
        for screen in ("cover", "cover", "1"):
            note_visit(inquiry_id=inquiry.pk, screen=screen, source="news.example", device="phone", language="ja")
        with django_assert_num_queries(1):
            visits.flush_visits()
        assert VisitCount.objects.count() == 2, round_

    assert views_by_screen(inquiry.pk) == {"cover": 4, "1": 2}
    assert sources(inquiry.pk) == {"news.example": 4}
    assert {row.hour.minute + row.hour.second + row.hour.microsecond for row in VisitCount.objects.all()} == {0}


@pytest.mark.django_db
def test_nothing_counted_asks_nothing(counter, django_assert_num_queries):
    with django_assert_num_queries(0):
        visits.flush_visits()


@pytest.mark.django_db
def test_visits_to_a_deleted_inquiry_are_dropped():
    inquiry = make_inquiry()

    add_visits(visits.Counter({kind(inquiry=inquiry.pk): 2, kind(inquiry=inquiry.pk + 1): 5}))

    assert list(VisitCount.objects.values_list("inquiry_id", "visits")) == [(inquiry.pk, 2)]
