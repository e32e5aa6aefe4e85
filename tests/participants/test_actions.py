from datetime import timedelta

import pytest
from django.utils import timezone

from apps.participants.actions import take_from_bucket
from apps.participants.models import Bucket
from tests.responses.hands import at_once

pytestmark = pytest.mark.django_db

KEY = b"somebody"


def wait(seconds: float) -> None:
    """The bucket as it will be after some seconds."""
    bucket = Bucket.objects.get(pk=KEY)
    bucket.filled_at -= timedelta(seconds=seconds)
    bucket.save()


def test_bucket_gives_its_burst_and_no_more():
    taken = [take_from_bucket(KEY, rate=0.001, burst=3) for _ in range(5)]

    assert taken == [True, True, True, False, False]


def test_bucket_refills_with_time():
    for _ in range(4):
        take_from_bucket(KEY, rate=0.5, burst=3)

    wait(2)

    assert take_from_bucket(KEY, rate=0.5, burst=3)
    assert not take_from_bucket(KEY, rate=0.5, burst=3)


def test_bucket_never_holds_more_than_its_burst():
    take_from_bucket(KEY, rate=10, burst=2)

    wait(3600)

    assert [take_from_bucket(KEY, rate=0.001, burst=2) for _ in range(3)] == [True, True, False]


def test_buckets_do_not_share():
    take_from_bucket(KEY, rate=0.001, burst=1)

    assert take_from_bucket(b"another", rate=0.001, burst=1)
    assert Bucket.objects.filter(filled_at__lte=timezone.now()).count() == 2


def test_dear_call_takes_more():
    assert take_from_bucket(KEY, rate=0.001, burst=10, cost=8)
    assert not take_from_bucket(KEY, rate=0.001, burst=10, cost=8)
    assert take_from_bucket(KEY, rate=0.001, burst=10, cost=2)


def test_bucket_asks_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        take_from_bucket(KEY, rate=1, burst=3)


@pytest.mark.django_db(transaction=True)
def test_hands_at_once_take_no_more_than_there_is():
    taken = at_once(lambda _: take_from_bucket(KEY, rate=0.000001, burst=10), range(60))

    assert sum(taken) == 10
