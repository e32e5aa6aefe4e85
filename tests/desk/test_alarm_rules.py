"""Each bound of an alarm from both sides, on hours that a person can count."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.desk.alarms import rules
from apps.desk.alarms.rules import Sudden

NOW = datetime(2026, 4, 10, 15, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
RUNNING = datetime(2026, 4, 10, 15, tzinfo=UTC)


def hours(*counts: int, last: datetime = RUNNING) -> dict[datetime, int]:
    """One number an hour, the last one in the hour of `last`."""
    return {last - back * HOUR: count for back, count in enumerate(reversed(counts))}


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ((6, 6, 6, 6, 6, 6, 30), Sudden(RUNNING, 30, 6.0)),
        ((5, 5, 5, 5, 5, 5, 29), None),  # fewer than thirty
        ((7, 7, 7, 7, 7, 7, 34), None),  # not quite five times
        ((7, 7, 7, 7, 7, 7, 35), Sudden(RUNNING, 35, 7.0)),
        ((6, 6, 6, 6, 6, 30), None),  # five hours say nothing about what is usual
        ((0, 6, 6, 6, 6, 6, 30), None),  # and an empty one is none
        ((0, 0, 6, 6, 6, 6, 6, 6, 0, 0, 30), Sudden(RUNNING, 30, 6.0)),  # what is empty is not what is usual
        ((6, 6, 6, 6, 6, 6, 40, 6), Sudden(RUNNING - HOUR, 40, 6.0)),  # an hour ago
        ((), None),
    ],
)
def test_burst_is_thirty_answers_and_five_times_the_median(counts, found):
    assert rules.burst(hours(*counts), now=NOW) == found


def test_burst_is_told_for_a_day():
    quiet = (6, 6, 6, 6, 6, 6)

    assert rules.burst(hours(*quiet, 60, last=RUNNING - 24 * HOUR), now=NOW) is not None
    assert rules.burst(hours(*quiet, 60, last=RUNNING - 25 * HOUR), now=NOW) is None


def test_usual_is_what_the_last_twenty_four_busy_hours_brought():
    grown = hours(*[1] * 30, *[20] * 13, 60)
    slow = hours(*[1] * 30, *[20] * 12, 60)

    assert rules.burst(grown, now=NOW) is None  # 13 of 24 brought twenty
    assert rules.burst(slow, now=NOW) == Sudden(RUNNING, 60, 10.5)


@pytest.mark.parametrize(
    ("views", "everything", "found"),
    [
        ((50,), (10, 10, 10, 10, 10, 10, 100), Sudden(RUNNING, 50, 0.0)),  # a site that never brought anybody
        ((49,), (10, 10, 10, 10, 10, 10, 60), None),
        ((50,), (10, 10, 10, 10, 10, 10, 101), None),  # all sites grew
        ((50,), (10, 10, 10, 10, 10, 100), None),  # the first hours of an inquiry
        ((11, 11, 11, 50), (20, 20, 20, 20, 20, 20, 60), None),  # not five times what this site brings
        ((10, 10, 10, 50), (20, 20, 20, 20, 20, 20, 60), Sudden(RUNNING, 50, 10.0)),
    ],
)
def test_jump_is_one_site_that_brings_half_of_all_views(views, everything, found):
    assert rules.jump(hours(*views), hours(*everything), now=NOW) == found


@pytest.mark.parametrize(
    ("rule", "moment", "alarm"),
    [
        (rules.silent, NOW - timedelta(minutes=2), False),
        (rules.silent, NOW - timedelta(minutes=2, seconds=1), True),
        (rules.silent, None, True),
        (rules.late, NOW - timedelta(minutes=10), False),
        (rules.late, NOW - timedelta(minutes=10, seconds=1), True),
        (rules.late, None, False),
    ],
)
def test_worker_is_silent_after_two_minutes_and_late_after_ten(rule, moment, alarm):
    assert rule(moment, now=NOW) is alarm


@pytest.mark.parametrize(("days", "alarm"), [(None, False), (0, False), (1, False), (2, True), (9, True)])
def test_queue_waits_long_when_it_is_more_than_a_day_for_certain(days, alarm):
    assert rules.waits_long(days) is alarm


@pytest.mark.parametrize(
    ("since", "answers", "alarm"), [(24, 0, True), (23.99, 0, False), (24, 1, False), (240, 0, True)]
)
def test_nothing_came_is_said_a_day_after_opening(since, answers, alarm):
    assert rules.nothing_came(opened_at=NOW - since * HOUR, answers=answers, now=NOW) is alarm


@pytest.mark.parametrize(
    ("sent", "counted_at", "needed", "since"),
    [
        (hours(5, 0), None, 5, RUNNING),  # the hour before this one has been over for 20 minutes
        (hours(4, 0), None, 5, None),
        (hours(9), None, 5, None),  # the running hour may be counted any moment
        (hours(3, 2, 0), None, 5, RUNNING),
        (hours(5, 0, 0, 0), None, 5, RUNNING - 2 * HOUR),
        (hours(5, 0, 0, 0), RUNNING - 3 * HOUR + timedelta(minutes=1), 5, None),  # counted in that very hour
        (hours(5, 0, 0, 0), RUNNING - 4 * HOUR, 5, RUNNING - 2 * HOUR),
    ],
)
def test_answers_lie_uncounted_a_quarter_of_an_hour_after_their_hour(sent, counted_at, needed, since):
    assert rules.uncounted_since(sent, counted_at=counted_at, needed=needed, now=NOW) == since


def test_hour_that_ended_ten_minutes_ago_is_not_late_yet():
    at = RUNNING + timedelta(minutes=14)

    assert rules.uncounted_since(hours(5, 0), counted_at=None, needed=5, now=at) is None
    assert rules.uncounted_since(hours(5, 0), counted_at=None, needed=5, now=at + timedelta(minutes=1)) == RUNNING
