import multiprocessing

import pytest

from apps.participants import buckets
from apps.participants.buckets import NEIGHBOURS, SALT_SECONDS, Measure, SharedBuckets

KEY = b"somebody"
FEW = Measure(rate=0.5, burst=3, first=3)
NONE_YET = Measure(rate=0, burst=10, first=0)


@pytest.fixture
def clock(monkeypatch):
    """The time as these buckets see it."""

    class Clock:
        now = 1000.0

        def monotonic(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(buckets, "time", clock)
    return clock


def test_bucket_empties_and_refills_with_time(clock):
    some = SharedBuckets(64)

    levels = []
    for passed in (0, 0, 0, 0, 3, 100):
        clock.now += passed
        levels.append(some.level(KEY, FEW))
        some.take(KEY, FEW)

    assert levels == [3, 2, 1, 0, 1.5, 3]


def test_bucket_that_starts_empty_holds_what_was_put_in_and_no_more(clock):
    some = SharedBuckets(64)

    before = some.level(KEY, NONE_YET)
    for _ in range(2):
        some.take(KEY, NONE_YET, cost=-7)
    clock.now += 3600

    assert (before, some.level(KEY, NONE_YET)) == (0, 10)


def test_buckets_stand_beside_each_other_until_the_one_longest_unused_makes_way(clock):
    some = SharedBuckets(64)
    keys = [(64 * number).to_bytes(8) for number in range(1, NEIGHBOURS + 2)]

    for key in keys:
        clock.now += 0.001
        some.take(key, FEW)
    clock.now += 0.001

    assert some.level(keys[0], FEW) == 3
    assert [round(some.level(key, FEW)) for key in keys[1:]] == [2] * NEIGHBOURS


def test_salt_and_buckets_go_together_after_a_day(clock):
    some = SharedBuckets(64)
    salt = some.salt()
    some.take(KEY, FEW, cost=3)

    clock.now += SALT_SECONDS
    the_same = some.salt()
    clock.now += 1

    assert the_same == salt
    assert some.salt() != salt
    assert some.level(KEY, FEW) == 3


def test_forked_processes_share_them():
    some = SharedBuckets(64)
    child = multiprocessing.get_context("fork").Process(target=some.take, args=(KEY, NONE_YET, -4))

    child.start()
    child.join()

    assert some.level(KEY, NONE_YET) == 4
