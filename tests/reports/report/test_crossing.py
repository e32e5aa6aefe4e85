"""A table of two answers beside the tables of each: what it hides cannot be worked out from all three together."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from apps.reports.report.counted.crossing import Side, crossed

SMALLEST = 10


def answers(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Readers as in a table whose last row and column are the silent ones."""
    rows, columns = np.indices(table.shape)
    codes = [np.repeat(each.ravel() + 1, table.ravel()).astype(np.uint8) for each in (rows, columns)]
    return tuple(np.where(each > size - 1, 97, each) for each, size in zip(codes, table.shape, strict=True))


def test_a_table_without_small_cells_is_shown_whole():
    table = np.array([[30, 20, 10], [15, 40, 12], [11, 13, 14]])
    row, column = answers(table)

    shown = crossed(Side(row, (1, 2)), Side(column, (1, 2)), SMALLEST, step=1)

    assert shown.tolist() == [[30, 20], [15, 40]]


def test_an_answer_that_few_gave_goes_with_the_silent_ones_and_one_that_nobody_gave_is_none():
    table = np.array([[30, 40, 0], [2, 1, 0], [0, 0, 0], [20, 30, 12]])
    row, column = answers(table)

    shown = crossed(Side(row, (1, 2, 3)), Side(column, (1, 2)), SMALLEST, step=1)

    assert shown[1].tolist() == [-1, -1]
    assert shown[2].tolist() == [0, 0]


@given(st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=4, max_size=4))
@example([[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 10, 0], [0, 0, 0, 1]])
def test_a_hidden_cell_may_lie_anywhere_in_an_interval_of_ten(cells):
    """By linear programming over everything that is published: the shown cells and all totals of the two answers. Where
    the totals alone leave less, which the tables of each answer give away, the crossed one adds nothing to them."""
    table = np.array(cells)
    row, column = answers(table)
    codes = (1, 2, 3)

    shown = crossed(Side(row, codes), Side(column, codes), SMALLEST, step=1)

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
