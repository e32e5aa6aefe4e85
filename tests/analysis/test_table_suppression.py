"""Which cells of a two-way table are hidden, and that a linear programme cannot bring one of them back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.disclosure_audit import audit_table
from apps.analysis.suppression import hidden_cells
from apps.analysis.table_suppression import Totals, hidden_in_table, rectangles, safe_table, with_totals
from tests.analysis.golden import golden

counts_of_cells = st.one_of(st.integers(0, 14), st.integers(0, 80))
tables = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=counts_of_cells)
)


def test_the_mask_agrees_with_the_golden_vector():
    vector = golden("D-suppress")

    hidden = hidden_in_table(np.array(vector["input"]["table"]), vector["input"]["threshold"])

    assert hidden.astype(int).tolist() == [[*row, 0] for row in vector["published"]] + [[0] * 5]


def test_a_table_without_small_cells_is_shown_whole():
    assert not hidden_in_table(np.array([[10, 25], [14, 60]]), 10).any()


def test_a_small_row_takes_its_total_and_another_row_along():
    """Two readers in the first row: its total is small, too, so a second total must go."""
    hidden = hidden_in_table(np.array([[1, 1], [40, 30], [50, 60]]), 10)

    assert hidden.tolist() == [[True, True, True], [True, True, True], [False, False, False], [False, False, False]]


def test_a_table_of_few_readers_is_hidden_whole():
    assert hidden_in_table(np.array([[1, 2], [3, 3]]), 10).all()


def test_no_threshold_hides_nothing():
    assert not hidden_in_table(np.array([[0, 1], [2, 3]]), 0).any()


def test_cells_hidden_before_stay_hidden_and_serve_as_companions():
    """The second column kept the first company; now the third would be smaller."""
    before = np.zeros((3, 4), dtype=bool)
    before[:2, :2] = True

    hidden = hidden_in_table(np.array([[4, 40, 12], [30, 50, 13]]), 10, before)

    assert np.array_equal(hidden, before)


def test_nothing_stays_hidden_when_no_cell_is_small_any_more():
    assert not hidden_in_table(np.array([[12, 40], [30, 50]]), 10, np.ones((3, 3), dtype=bool)).any()


def test_what_is_shown_is_rounded_and_the_rest_is_missing():
    found = safe_table(np.array([[42, 31, 4, 18], [55, 12, 21, 9], [23, 38, 16, 27]]), 10, step=5)

    assert found.counts.tolist() == [
        [40, 30, -1, -1, 95],
        [55, 10, -1, -1, 95],
        [25, 40, 15, 25, 105],
        [120, 80, 40, 55, 295],
    ]


def test_a_rectangle_of_inner_cells_rises_by_its_neighbours_and_falls_by_itself():
    """4 can rise to 4 + min(18, 21) and fall to 0 as long as the opposite 9 allows it."""
    table = with_totals(np.array([[4, 18], [21, 9]]))

    found = rectangles(table, np.zeros((3, 3), dtype=bool), (0, 0), of_total=100)

    assert found.width[1, 1] == 18 + 4
    assert found.cost[1, 1] == (18 + 1) + (21 + 1) + (9 + 1) + 0
    assert np.isinf(found.cost[0]).all()
    assert np.isinf(found.cost[2, 2])


@settings(max_examples=60)
@given(tables)
def test_no_hidden_cell_can_be_recovered(counts):
    hidden, table = hidden_in_table(counts, 10), with_totals(counts)

    assert (table[~hidden] >= 10).all()
    if counts.sum() >= 10:
        assert not hidden[-1, -1]
        assert audit_table(table, hidden).narrowest >= 10 - 1e-6


@settings(max_examples=50)
@given(tables, st.data())
def test_a_mask_does_not_toggle_while_it_is_needed(counts, data):
    before = hidden_in_table(counts, 10)
    more = counts + data.draw(arrays(np.int64, counts.shape, elements=st.integers(0, 3)))

    after = hidden_in_table(more, 10, before)

    if after.any():
        assert (after[:-1, :-1] >= before[:-1, :-1]).all()
        assert audit_table(with_totals(more), after).narrowest >= 10 - 1e-6 or more.sum() < 10


def one_way(counts):
    return Totals(hidden_cells(counts.sum(axis=1), 10), hidden_cells(counts.sum(axis=0), 10))


def test_totals_that_the_one_way_tables_show_are_shown_here():
    """Alone, this table would hide a second row total; that one stands in the table of the first question."""
    counts = np.array([[4, 2, 1], [3, 6, 3], [50, 60, 70]])

    hidden = hidden_in_table(counts, 10, totals=one_way(counts))

    assert hidden[:, -1].tolist() == [True, True, False, False]
    assert hidden[-1].tolist() == [False] * 4


def test_totals_of_other_readers_are_refused():
    shown = Totals(np.array([False, False]), np.array([False, False]))

    with pytest.raises(ValueError, match="other readers"):
        hidden_in_table(np.array([[3, 4], [50, 60]]), 10, totals=shown)


@settings(max_examples=60)
@given(tables)
def test_no_hidden_cell_can_be_recovered_beside_the_one_way_tables(counts):
    totals = one_way(counts)

    hidden = hidden_in_table(counts, 10, totals=totals)

    if counts.sum() >= 10 and hidden.any():
        assert np.array_equal(hidden[:-1, -1], totals.rows)
        assert np.array_equal(hidden[-1, :-1], totals.columns)
        assert (with_totals(counts)[~hidden] >= 10).all()
        assert audit_table(with_totals(counts), hidden).narrowest >= 10 - 1e-6
