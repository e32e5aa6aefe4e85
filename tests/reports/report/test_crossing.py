"""A table of two answers beside the tables of each: what it hides cannot be worked out from all three together."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from apps.reports.crosstables.disclosed import Side, masked
from apps.reports.report.counted.crossing import laid_out

SMALLEST = 10
KEYS = ("1", "2", "3")


def crossed(table, step=1):
    """A table of readers whose last row and column are the silent ones; all totals are told elsewhere."""
    table = np.array(table)
    keys = [KEYS[: size - 1] for size in table.shape]
    rows, columns = (Side.told(own, table.sum(axis=axis)) for own, axis in zip(keys, (1, 0), strict=True))
    return laid_out(masked(table, rows, columns, SMALLEST), *keys, step)


def test_a_table_without_small_cells_is_shown_whole():
    assert crossed([[30, 20, 10], [15, 40, 12], [11, 13, 14]]).tolist() == [[30, 20], [15, 40]]


def test_it_is_rounded_where_it_is_shown():
    assert crossed([[31, 22, 10], [18, 43, 12], [11, 13, 14]], step=5).tolist() == [[30, 20], [20, 45]]


def test_an_answer_that_few_gave_is_hidden_and_one_that_nobody_gave_is_none():
    shown = crossed([[30, 40, 0], [2, 1, 0], [0, 0, 0], [20, 30, 12]])

    assert shown[1].tolist() == [-1, -1]
    assert shown[2].tolist() == [0, 0]


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=4, max_size=4))
@example([[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 10, 0], [0, 0, 0, 1]])
def test_a_hidden_cell_may_lie_anywhere_in_an_interval_of_ten(cells):
    """By linear programming over everything that is published: the shown cells and all totals of the two answers. Where
    the totals alone leave less, which the tables of each answer give away, the crossed one adds nothing to them."""
    table = np.array(cells)

    shown = crossed(table)

    hidden, nothing = shown < 0, np.full_like(shown, -1)
    assert ((shown == table[:3, :3]) | hidden).all()
    for cell in np.argwhere(hidden):
        assert room(table, shown, tuple(cell)) >= min(SMALLEST, room(table, nothing, tuple(cell))) - 1e-6


def room(table: np.ndarray, shown: np.ndarray, cell: tuple[int, int]) -> float:
    low, high = (bound(table, shown, cell, sign) for sign in (1, -1))
    return high - low


def bound(table: np.ndarray, shown: np.ndarray, cell: tuple[int, int], sign: int) -> float:
    """The smallest (or largest) number that the cell can hold; totals of every line are known."""
    size = table.size
    sums = [np.eye(4)[line].repeat(4).reshape(4, 4).ravel() for line in range(4)]
    sums += [np.tile(np.eye(4)[line], 4) for line in range(4)]
    values = [*table.sum(axis=1), *table.sum(axis=0)]
    for known in np.argwhere(shown >= 0):
        sums.append(np.eye(size)[known[0] * 4 + known[1]])
        values.append(shown[tuple(known)])
    wanted = sign * np.eye(size)[cell[0] * 4 + cell[1]]
    return sign * linprog(wanted, A_eq=np.array(sums), b_eq=np.array(values), bounds=(0, None)).fun
