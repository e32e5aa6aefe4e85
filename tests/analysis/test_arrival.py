"""When readers came, and what late ones said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.analysis.arrival import arrivals, course, early, early_and_late
from apps.analysis.association import Method

arrival_days = st.lists(st.integers(0, 20), min_size=1, max_size=60).map(np.array)


def test_days_on_which_nobody_came_are_kept():
    found = arrivals(np.array([20_000, 20_003, 20_000]))

    assert found is not None
    assert (found.starts.tolist(), found.readers.tolist()) == ([20_000, 20_001, 20_002, 20_003], [2, 0, 0, 1])


def test_bins_may_be_wider_than_a_day():
    found = arrivals(np.array([3, 4, 9, 10]), width=7)

    assert found is not None
    assert (found.starts.tolist(), found.readers.tolist()) == ([3, 10], [3, 1])


def test_nobody_came_at_no_time():
    assert arrivals(np.array([], dtype=int)) is None
    assert course(np.array([], dtype=int), np.array([], dtype=np.uint8), (1, 2)) is None
    assert early(np.array([], dtype=int)) is None


def test_shares_are_followed_through_time_with_intervals():
    """On the first day one of two, on the second nobody answered, on the third both the second option."""
    found = course(np.array([1, 1, 2, 3, 3]), np.array([5, 4, 97, 4, 4], dtype=np.uint8), (5, 4))

    assert found is not None
    assert found.counts.tolist() == [[1, 1], [0, 0], [0, 2]]
    assert found.readers.tolist() == [2, 0, 2]
    assert (found.low[1].tolist(), found.high[1].tolist()) == ([0, 0], [1, 1])
    assert found.low[2, 1] == pytest.approx(0.3424, abs=1e-4)


def test_early_readers_are_whole_days_as_near_to_half_as_they_come():
    days = np.repeat([1, 2, 3, 4], [10, 30, 35, 25])

    found = early(days)

    assert found is not None
    assert (found.sum(), days[found].max()) == (40, 2)


def test_one_day_has_no_early_readers():
    assert early(np.array([7, 7, 7])) is None


def test_late_readers_who_say_otherwise_are_found():
    """60 of 100 early and 30 of 100 late ones chose the first option."""
    answers = np.repeat([1, 2, 1, 2], [60, 40, 30, 70]).astype(np.uint8)
    is_early = np.repeat([True, False], 100)

    found = early_and_late(answers, is_early, (1, 2), np.random.default_rng(1))

    assert found.table.counts.tolist() == [[60, 30], [40, 70]]
    assert found.association.method is Method.PEARSON
    assert found.association.p is not None
    assert found.association.p < 0.001
    assert found.late_less_early[0] == pytest.approx((-0.4223, -0.1633), abs=1e-3)


def test_answers_of_early_readers_alone_are_compared_with_nothing():
    found = early_and_late(np.array([1, 97], dtype=np.uint8), np.array([True, False]), (1,), np.random.default_rng(1))

    assert found.late_less_early == (None,)


@given(arrival_days, st.integers(1, 9))
def test_every_reader_is_in_one_bin(days, width):
    found = arrivals(days, width)

    assert found is not None
    assert found.readers.sum() == len(days)
    assert (found.starts[0], found.readers[-1] > 0) == (days.min(), True)


@given(arrival_days)
def test_both_halves_have_readers_and_days_are_not_split(days):
    found = early(days)

    if found is None:
        assert len(set(days.tolist())) == 1
    else:
        assert 0 < found.sum() < len(days)
        assert days[found].max() < days[~found].min()
