import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.opinion_map.cells import (
    AxisCell,
    PlaneCell,
    areas_of_groups,
    cells_of_axis,
    cells_of_plane,
    round_width,
    scaled,
)

numbers = st.floats(-20, 20, allow_nan=False)
axes = st.integers(0, 80).flatmap(lambda n: arrays(float, n, elements=numbers))
planes = st.integers(0, 80).flatmap(lambda n: arrays(float, (2, n), elements=numbers))


def test_small_cells_join_their_smaller_neighbours():
    # Cells as wide as 0.1, the readers in four of them: the three join the eleven, empty cells whoever is smaller.
    position = np.repeat([0.05, 0.15, 0.25, 2.35], [12, 3, 11, 10])

    cells = cells_of_axis(position, rounded_to=1)

    assert cells == (AxisCell(0.0, 0.1, 12), AxisCell(0.1, 0.3, 14), AxisCell(0.3, 2.4, 10))


def test_sizes_are_rounded_down():
    cells = cells_of_axis(np.repeat([0.05, 0.15, 0.25, 0.35], [12, 3, 11, 19]))

    assert [cell.readers for cell in cells] == [10, 10, 15]


def test_whoever_stands_alone_far_out_does_not_stretch_the_axis():
    position = np.concatenate([np.repeat([0.01, 0.98], 50), [77.0, -33.0]])

    cells = cells_of_axis(position, rounded_to=1)

    assert (cells[0].start, cells[-1].stop) == (0.0, 1.0)
    assert sum(cell.readers for cell in cells) == 102


def test_nine_readers_are_not_drawn():
    assert cells_of_axis(np.arange(9.0)) == ()
    assert cells_of_plane(np.zeros((2, 9))) == ()


def test_readers_who_all_stand_in_one_place_are_one_cell():
    assert cells_of_axis(np.zeros(25)) == (AxisCell(0.0, 0.1, 25),)


@given(position=axes)
def test_cells_of_an_axis_lie_side_by_side_and_hold_ten_or_more(position):
    cells = cells_of_axis(position)

    assert all(cell.readers >= 10 and cell.readers % 5 == 0 for cell in cells)
    assert sum(cell.readers for cell in cells) <= len(position)
    assert [cell.stop for cell in cells[:-1]] == [cell.start for cell in cells[1:]]
    assert all(cell.start < cell.stop for cell in cells)


@given(position=planes)
def test_cells_of_a_plane_hold_ten_or_more_and_do_not_overlap(position):
    cells = cells_of_plane(position)

    assert all(cell.readers >= 10 and cell.readers % 5 == 0 for cell in cells)
    assert sum(cell.readers for cell in cells) <= position.shape[1]
    for place, one in enumerate(cells):
        for other in cells[place + 1 :]:
            beside = one.x + one.width <= other.x + 1e-5 or other.x + other.width <= one.x + 1e-5
            assert beside or one.y + one.height <= other.y + 1e-5 or other.y + other.height <= one.y + 1e-5


@given(position=planes, seed=st.integers(0, 99))
def test_order_of_readers_changes_nothing(position, seed):
    order = np.random.default_rng(seed).permutation(position.shape[1])

    assert cells_of_plane(position[:, order]) == cells_of_plane(position)
    assert cells_of_axis(position[0, order]) == cells_of_axis(position[0])


def test_plane_is_parted_where_readers_are_many():
    corners = np.repeat([[-0.9, -0.9, 0.9, 0.9], [-0.9, 0.9, -0.9, 0.9]], [40, 40, 40, 3], axis=1)

    cells = cells_of_plane(corners)

    assert {(cell.x, cell.y, cell.readers) for cell in cells} == {
        (-1.0, -1.0, 40),
        (-1.0, 0.875, 40),
        (0.875, -1.0, 40),
    }
    assert PlaneCell(-1.0, 0.875, 0.125, 0.125, 40) in cells


@pytest.mark.parametrize(
    ("least", "width"), [(0.0, 0.1), (0.03, 0.05), (0.11, 0.2), (0.21, 0.25), (7.0, 10.0), (1.0, 1.0)]
)
def test_widths_are_round(least, width):
    assert round_width(least) == pytest.approx(width)


def test_groups_that_agree_lie_near_each_other_as_large_as_their_shares():
    opinions = np.array([[2.0, 2, 2, 2], [2, 2, 2, -2], [-2, -2, -2, -2]])

    areas = areas_of_groups(opinions, np.array([0.5, 0.3, 0.2]))

    apart = np.hypot(areas.x - areas.x[0], areas.y - areas.y[0])
    assert apart[1] < apart[2]
    assert areas.radius**2 / areas.radius[0] ** 2 == pytest.approx([1, 0.6, 0.4])


def test_scaling_keeps_distances_of_three_groups():
    opinions = np.array([[3.0, 0.0, 0], [0.0, 4.0, 0], [0.0, 0.0, 0]])

    centres = scaled(opinions, np.ones(3) / 3)

    assert np.hypot(*(centres[0] - centres[1])) == pytest.approx(5.0)
    assert np.hypot(*(centres[0] - centres[2])) == pytest.approx(3.0)


@given(opinions=st.integers(1, 6).flatmap(lambda k: arrays(float, (k, 5), elements=numbers)), seed=st.integers(0, 99))
def test_areas_stay_in_the_picture_and_never_overlap(opinions, seed):
    shares = np.random.default_rng(seed).dirichlet(np.full(len(opinions), 3.0)) + 0.02

    areas = areas_of_groups(opinions, shares)

    assert (np.abs(areas.x) + areas.radius <= 1 + 1e-9).all()
    assert (np.abs(areas.y) + areas.radius <= 1 + 1e-9).all()
    assert (areas.radius > 0).all()
    for one in range(len(shares)):
        for other in range(one):
            between = np.hypot(areas.x[one] - areas.x[other], areas.y[one] - areas.y[other])
            assert between >= areas.radius[one] + areas.radius[other] - 1e-9


def test_picture_is_turned_to_lie_like_the_one_before():
    opinions = np.array([[2.0, 2, 2, 2], [2, -2, 2, -2], [-2, -2, -2, 1]])
    shares = np.array([0.5, 0.3, 0.2])
    first = areas_of_groups(opinions, shares)
    before = np.stack([-first.y, first.x], axis=1)
    before[2] = np.nan

    again = areas_of_groups(opinions, shares, previous=before)

    heading = np.arctan2(before[:2, 1], before[:2, 0])
    assert np.cos(np.arctan2(again.y[:2], again.x[:2]) - heading) == pytest.approx([1, 1], abs=0.02)
