"""Which cells of a two-way table are hidden, and that a linear programme cannot bring one of them back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.disclosure_audit import audit_line, audit_table, room
from apps.analysis.suppression import hidden_cells, hidden_in_part
from apps.analysis.table_suppression import Totals, hidden_in_table, rectangles, with_totals
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


def all_shown(counts):
    """Totals of any size, as questions for opinions show them."""
    rows, columns = counts.shape
    return Totals(np.zeros(rows, dtype=bool), np.zeros(columns, dtype=bool), any_size=True)


def least_wide(table, hidden, limits=None):
    """How wide each hidden cell's interval must be: ten, or what the totals alone tell."""
    inside = hidden.copy()
    inside[:-1, :-1] = True
    return [min(10, room(table, inside, (int(row), int(column)), limits)) for row, column in np.argwhere(hidden)]


def test_a_small_total_that_everybody_sees_gives_no_more_away_than_itself():
    """Three readers in the first row: how they divide cannot be told, and the other rows are not all hidden for it."""
    counts = np.array([[2, 1, 0], [40, 30, 50], [90, 80, 70], [60, 20, 30]])

    hidden = hidden_in_table(counts, 10, totals=all_shown(counts))

    audited = audit_table(with_totals(counts), hidden)
    assert hidden[0].tolist() == [True, True, True, False]
    assert hidden[2].tolist() == [False] * 4
    assert not hidden[:, -1].any()
    assert (audited.high - audited.low)[:3].tolist() == [3, 3, 3]


@settings(max_examples=60)
@given(tables)
def test_beside_totals_of_any_size_a_hidden_cell_is_as_open_as_they_leave_it(counts):
    hidden, table = hidden_in_table(counts, 10, totals=all_shown(counts)), with_totals(counts)

    audited = audit_table(table, hidden)
    if counts.sum() >= 10:
        assert not hidden[:, -1].any()
        assert not hidden[-1].any()
        assert (table[:-1, :-1][~hidden[:-1, :-1]] >= 10).all()
        assert (audited.high - audited.low >= np.array(least_wide(table, hidden)) - 1e-6).all()


parts = tables.flatmap(
    lambda everybody: st.tuples(
        st.just(everybody),
        st.tuples(*(st.integers(0, int(count)) for count in everybody.ravel())).map(
            lambda counts: np.array(counts, dtype=np.int64).reshape(everybody.shape)
        ),
    )
)


@settings(max_examples=60)
@given(parts)
def test_neither_a_part_nor_the_rest_can_be_recovered_from_both_tables(both):
    everybody, counts = both
    whole, totals = hidden_in_table(everybody, 10, totals=all_shown(everybody)), part_totals(everybody, counts)

    hidden = hidden_in_table(counts, 10, whole, totals, everybody)

    table, limits = with_totals(counts), with_totals(everybody)
    if 10 <= counts.sum() <= everybody.sum() - 10:
        audited = audit_table(table, hidden, limits)
        assert (hidden[:-1, :-1] >= whole[:-1, :-1]).all()
        assert (table[~hidden] >= 10).all()
        assert ((limits - table)[~hidden] >= 10).all()
        assert (audited.high - audited.low >= np.array(least_wide(table, hidden, limits)) - 1e-6).all()


def part_totals(everybody, counts):
    lines = [hidden_in_part(counts.sum(axis=axis), everybody.sum(axis=axis), 10) for axis in (1, 0)]
    return Totals(*lines, any_size=True)


def test_a_line_of_a_part_hides_what_subtracting_it_from_everybody_would_tell():
    """Of 32 readers in the second group only two are left out."""
    hidden = hidden_in_part(np.array([40, 30, 12, 50]), np.array([90, 32, 60, 100]), 10)

    assert hidden.tolist() == [False, True, True, False]


@settings(max_examples=60)
@given(parts)
def test_no_cell_of_a_line_of_a_part_can_be_recovered(both):
    everybody, counts = (table.ravel() for table in both)

    hidden = hidden_in_part(counts, everybody, 10)

    if hidden.any() and counts.sum() >= 10:
        assert (counts[~hidden] >= 10).all()
        assert ((everybody - counts)[~hidden] >= 10).all()
        found = audit_line(counts, hidden)
        assert (found.high - found.low >= 0).all()
