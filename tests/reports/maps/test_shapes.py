"""Shapes stay inside their box, stand for what they say, and mark a reader where the numbers put them."""

import itertools
from math import hypot, isclose, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reports.maps.place import axis_mark, group_mark, plane_mark
from apps.reports.maps.shapes import HEIGHT, INSET, PLANE_HEIGHT, WIDTH, Axis, columns, discs, frame, letter_of, tiles
from tests.reports.maps import factories as maps

numbers = st.integers(2, 200).map(lambda size: size * 5)
places = st.floats(-50, 50, allow_nan=False)


@st.composite
def axes(draw):
    at, cells = draw(places), []
    for width in draw(st.lists(st.floats(0.05, 5), min_size=1, max_size=24)):
        cells.append({"from": at, "to": at + width, "readers": draw(numbers)})
        at += width
    return Axis(cells)


@st.composite
def planes(draw):
    squares = draw(st.sets(st.tuples(st.integers(-8, 7), st.integers(-8, 7)), min_size=1, max_size=30))
    size = draw(st.sampled_from((0.1, 0.5, 2.0)))
    return [{"x": x * size, "y": y * size, "w": size, "h": size, "readers": draw(numbers)} for x, y in sorted(squares)]


@st.composite
def groups(draw):
    around = draw(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1), numbers), min_size=2, max_size=6))
    return [{"id": each, "x": x, "y": y, "readers": size} for each, (x, y, size) in enumerate(around)]


@given(axes())
def test_columns_stand_side_by_side_within_the_width(axis):
    drawn = columns(axis)

    assert all(each.x >= 0 and each.x + each.width <= 100.01 for each in drawn)
    assert all(each.top >= 0 and isclose(each.top + each.height, 132, abs_tol=0.11) for each in drawn)
    assert all(isclose(before.x + before.width, after.x, abs_tol=0.011) for before, after in itertools.pairwise(drawn))


def test_areas_of_columns_are_the_numbers_of_readers():
    axis = Axis([{"from": 0, "to": 1, "readers": 50}, {"from": 1, "to": 3, "readers": 50}])

    narrow, wide = columns(axis)

    assert (narrow.height, wide.height) == (112.0, 56.0)
    assert (narrow.width, wide.width) == (32.0, 64.0)


def test_outer_thirds_have_the_colours_of_the_ends():
    axis = Axis(maps.axis(*[10] * 12)["cells"])

    assert [each.tone for each in columns(axis)] == ["o1"] * 2 + ["o2"] * 2 + ["o3"] * 4 + ["o4"] * 2 + ["o5"] * 2


@given(axes(), places)
def test_share_below_a_place_is_a_share_and_half_below_the_median(axis, value):
    assert 0 <= axis.below(value) <= 1
    assert axis.below(axis.low) == 0
    assert isclose(axis.below(axis.high), 1)
    assert isclose(axis.below(axis.median), 0.5, abs_tol=1e-6)


@given(axes(), places, st.floats(0, 100))
def test_an_own_mark_stays_in_the_picture_with_its_band_around_it(axis, position, spread):
    mark = axis_mark(axis, position, spread)

    assert 2 <= mark.start <= mark.at <= mark.start + mark.width + 0.011 <= 98.03


def test_an_own_mark_stands_in_the_column_of_its_place():
    axis = Axis(maps.spectrum()["axis"]["cells"])

    mark = axis_mark(axis, -0.7, 0.1)

    column = next(each for each in columns(axis) if each.x <= mark.at < each.x + each.width)
    assert column.readers == 80


@given(planes(), places, places)
def test_tiles_and_marks_stay_in_the_box(cells, across, up):
    box = frame(cells)
    drawn = tiles(cells, box)
    mark = plane_mark(cells, (across, up), (0.5, 0.5))

    assert all(each.x >= INSET and each.x + each.width <= WIDTH - INSET + 0.2 for each in drawn)
    assert all(each.y >= INSET and each.y + each.height <= PLANE_HEIGHT - INSET + 0.2 for each in drawn)
    assert (INSET <= mark.x <= WIDTH - INSET, INSET <= mark.y <= PLANE_HEIGHT - INSET) == (True, True)


def test_a_mark_on_the_plane_stands_in_the_tile_of_its_place():
    cells = maps.plane()["plane"]["cells"]
    drawn = tiles(cells, frame(cells))

    mark = plane_mark(cells, (-0.5, -0.9), (0.3, 0.3))

    inside = [
        each.readers
        for each in drawn
        if each.x <= mark.x <= each.x + each.width and each.y <= mark.y <= each.y + each.height
    ]
    assert inside == [60]


@given(groups())
def test_groups_are_as_large_as_they_are_many_and_none_covers_another(told):
    drawn = discs(told)

    for disc in drawn:
        assert disc.x - disc.radius >= INSET - 0.2
        assert disc.x + disc.radius <= WIDTH - INSET + 0.2
        assert disc.y - disc.radius >= INSET - 0.2
        assert disc.y + disc.radius <= HEIGHT - INSET + 0.2
        assert pi * disc.radius**2 / disc.readers == pytest.approx(
            pi * drawn[0].radius ** 2 / drawn[0].readers, rel=0.2
        )
    for one in drawn:
        for other in drawn:
            apart = hypot(one.x - other.x, one.y - other.y)
            assert one is other or apart >= one.radius + other.radius - 0.5


@given(groups(), st.data())
def test_a_reader_of_a_group_is_marked_inside_of_it(told, data):
    weights = [data.draw(st.floats(0.01, 1)) for _group in told]
    probabilities = {each: weight / sum(weights) for each, weight in enumerate(weights)}
    drawn = discs(told)

    mark = group_mark(drawn, probabilities)

    likeliest = max(drawn, key=lambda disc: probabilities[disc.id])
    if probabilities[likeliest.id] < 0.5:
        assert mark is None
    else:
        assert mark
        assert hypot(mark.x - likeliest.x, mark.y - likeliest.y) <= likeliest.radius


def test_letters_belong_to_groups_not_to_their_order():
    assert [letter_of(group) for group in (0, 3, 25, 26)] == ["A", "D", "Z", "27"]
