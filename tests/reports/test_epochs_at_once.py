"""Counting while answers arrive, and while somebody else counts."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.reports import actions
from apps.reports.actions import BeingCounted, is_only_run, publish_now
from apps.responses.models import Response
from apps.responses.queries import answer_columns
from tests.reports.epochs import answer, numbers_of
from tests.reports.factories import answer_as, make_inquiry_of_every_kind, publish
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def inquiry():
    return make_inquiry()


def test_answers_that_arrive_while_it_counts_wait_for_the_next_epoch(monkeypatch):
    """The packed answers are read first, numbers and devices later; all must be of the same moment."""
    inquiry = make_inquiry_of_every_kind()
    for reader in range(12):
        answer_as(inquiry, reader, {"S": 3, "N": 7})

    def answer_elsewhere():
        answer_as(inquiry, 99, {"S": 3, "N": 7}, device="tablet")
        connection.close()

    def read_slowly(inquiry_id):
        found = answer_columns(inquiry_id)
        elsewhere = threading.Thread(target=answer_elsewhere)
        elsewhere.start()
        elsewhere.join()
        return found

    monkeypatch.setattr(actions, "answer_columns", read_slowly)
    epoch = publish(inquiry)
    monkeypatch.undo()

    assert Response.objects.count() == 13
    assert {name: (numbers_of(epoch, name)["base"], numbers_of(epoch, name)["not_shown"]) for name in ("S", "N")} == {
        "S": (12, 0),
        "N": (12, 0),
    }
    assert epoch.content["method"]["devices"]["counts"] == {"phone": 12}
    assert publish(inquiry, force=True).content["answered"] == 13


def test_publishing_now_waits_for_who_is_counting(inquiry):
    answer(inquiry, range(10))
    counting, finish = threading.Event(), threading.Event()

    def count_elsewhere():
        with transaction.atomic():
            assert is_only_run(inquiry)
            counting.set()
            finish.wait(10)
        connection.close()

    elsewhere = threading.Thread(target=count_elsewhere)
    elsewhere.start()
    counting.wait(10)
    with pytest.raises(BeingCounted):
        publish(inquiry, force=True)
    threading.Timer(0.3, finish.set).start()

    assert publish_now(inquiry=inquiry, now=timezone.now()).number == 1
    elsewhere.join()
    assert publish_now(inquiry=inquiry, now=timezone.now()) is None


def test_only_one_process_counts_an_inquiry_at_a_time(inquiry):
    answer(inquiry, range(10))
    found = []

    def count_elsewhere():
        found.append(publish(inquiry))
        connection.close()

    with transaction.atomic():
        assert is_only_run(inquiry)
        elsewhere = threading.Thread(target=count_elsewhere)
        elsewhere.start()
        elsewhere.join()

    assert found == [None]
    assert publish(inquiry).number == 1
