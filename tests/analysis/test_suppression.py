"""Which cells are hidden, and that nothing can be worked out by subtraction."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from apps.analysis.suppression import hidden_cells, rounded_to

tables = st.lists(st.integers(0, 60), min_size=2, max_size=9).map(np.array)


def test_a_table_without_small_cells_is_shown_whole():
    assert hidden_cells(np.array([10, 25, 14]), 10).tolist() == [False, False, False]


def test_one_small_cell_takes_the_next_smallest_along():
    """9 would be the total less 30 and 12."""
    assert hidden_cells(np.array([30, 9, 12]), 10).tolist() == [False, True, True]


def test_two_small_cells_that_hold_enough_readers_protect_each_other():
    assert hidden_cells(np.array([30, 9, 8]), 10).tolist() == [False, True, True]


def test_two_small_cells_that_hold_too_few_take_a_third_along():
    assert hidden_cells(np.array([30, 4, 1, 12]), 10).tolist() == [False, True, True, True]


def test_a_cell_hidden_before_is_hidden_again_instead_of_another():
    """The third cell kept the second one company in the last table; now the first would be the smaller companion."""
    before = np.array([False, True, True])

    assert hidden_cells(np.array([12, 9, 14]), 10, before).tolist() == [False, True, True]


def test_nothing_stays_hidden_when_no_cell_is_small_any_more():
    assert not hidden_cells(np.array([12, 10, 14]), 10, np.array([False, True, True])).any()


def test_no_threshold_hides_nothing():
    assert not hidden_cells(np.array([0, 1, 2]), 0).any()


@given(tables)
def test_whatever_is_hidden_cannot_be_narrowed_to_less_than_the_threshold(counts):
    """Each hidden cell lies between 0 and what all hidden cells hold together: the total less the shown cells."""
    hidden = hidden_cells(counts, 10)

    assert not (counts[~hidden] < 10).any()
    if hidden.any() and counts.sum() >= 10:
        assert hidden.sum() >= 2
        assert counts[hidden].sum() >= 10


@given(tables)
def test_counts_are_rounded_to_the_nearest_five(counts):
    rounded = rounded_to(counts, 5)

    assert (rounded % 5 == 0).all()
    assert (abs(rounded - counts) <= 2).all()
