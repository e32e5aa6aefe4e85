"""What a stranger can work out, by tables small enough to do it by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.disclosure_audit import audit_line, audit_table, room, table_equations
from apps.analysis.suppression import hidden_cells
from apps.analysis.table_suppression import with_totals
from tests.analysis.golden import golden


def test_intervals_agree_with_the_golden_vector():
    table = with_totals(np.array(golden("D-suppress")["input"]["table"]))
    vector = golden("D-audit")
    hidden = np.pad(np.array(vector["input"]["mask"], dtype=bool), ((0, 1), (0, 1)))

    found = audit_table(table, hidden)

    assert np.column_stack([found.low, found.high]) == pytest.approx(np.array(vector["published"]))
    assert found.narrowest == 22


def test_one_hidden_cell_is_known_exactly():
    table = with_totals(np.array([[4, 10], [20, 30]]))
    hidden = np.zeros((3, 3), dtype=bool)
    hidden[0, 0] = True

    found = audit_table(table, hidden)

    assert (found.low.tolist(), found.high.tolist(), found.narrowest) == ([4], [4], 0)


def test_a_hidden_total_hides_as_much_as_a_hidden_cell():
    """Without its row total and a second row total the cell of the first column is still its column's rest."""
    table = with_totals(np.array([[4, 10], [20, 30]]))
    hidden = np.zeros((3, 3), dtype=bool)
    hidden[:2, 0] = hidden[:2, 2] = True

    found = audit_table(table, hidden)

    assert found.low.tolist() == [0, 10, 0, 30]
    assert found.high.tolist() == [24, 34, 24, 54]


def test_nothing_hidden_has_nothing_to_audit():
    assert audit_table(with_totals(np.array([[4, 10], [20, 30]])), np.zeros((3, 3), dtype=bool)).narrowest == np.inf


def test_a_line_gives_away_what_the_others_leave():
    found = audit_line(np.array([30, 9, 12]), np.array([False, True, True]))

    assert (found.low.tolist(), found.high.tolist()) == ([0, 0], [21, 21])


def test_every_row_and_column_adds_up():
    table = with_totals(np.arange(12).reshape(3, 4))

    assert (table_equations(4, 5) @ table.ravel() == 0).all()


tables_and_masks = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(
        arrays(np.int64, shape, elements=st.integers(0, 20)), arrays(bool, (shape[0] + 1, shape[1] + 1))
    )
)


@given(tables_and_masks)
def test_the_quick_way_finds_the_width_of_the_linear_program(table_and_mask):
    table, hidden = with_totals(table_and_mask[0]), table_and_mask[1].copy()
    hidden[-1, -1] = False

    found = audit_table(table, hidden)

    widths = [room(table, hidden, (int(row), int(column))) for row, column in np.argwhere(hidden)]
    assert widths == pytest.approx((found.high - found.low).tolist(), abs=1e-6)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=9).map(np.array))
def test_one_way_tables_stand_the_audit(counts):
    if counts.sum() >= 10:
        assert audit_line(counts, hidden_cells(counts, 10)).narrowest >= 10 - 1e-6
