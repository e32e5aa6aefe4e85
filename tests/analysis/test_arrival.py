"""When readers came, and who came early."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from apps.analysis.arrival import arrivals, early

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
    assert early(np.array([], dtype=int)) is None


def test_early_readers_are_whole_days_as_near_to_half_as_they_come():
    days = np.repeat([1, 2, 3, 4], [10, 30, 35, 25])

    found = early(days)

    assert found is not None
    assert (found.sum(), days[found].max()) == (40, 2)


def test_one_day_has_no_early_readers():
    assert early(np.array([7, 7, 7])) is None


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
