"""Places for the knots of a network."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from apps.analysis.network_layout import spread, spring_layout


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def joined(knots: int, *pairs: tuple[int, int]) -> np.ndarray:
    strength = np.zeros((knots, knots))
    for one, other in pairs:
        strength[one, other] = strength[other, one] = 1
    return strength


def test_what_is_joined_lies_closer_than_what_is_not():
    strength = joined(6, (0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5))

    places = spring_layout(strength, rng())

    distance = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
    assert distance[strength > 0].max() < distance[0, 3:].min()


def test_the_same_generator_gives_the_same_places_and_the_network_is_not_written_to():
    strength = joined(4, (0, 1), (2, 3))
    before = strength.copy()

    assert np.array_equal(spring_layout(strength, rng()), spring_layout(strength, rng()))
    assert np.array_equal(strength, before)


def test_nobody_and_one_alone_have_a_place():
    assert spring_layout(joined(0), rng()).shape == (0, 2)
    assert spring_layout(joined(1), rng()).tolist() == [[0, 0]]


@given(st.integers(2, 25), st.integers(0, 2**32 - 1))
def test_every_knot_lies_on_the_sheet(knots, seed):
    drawn = np.random.default_rng(seed).random((knots, knots))
    places = spring_layout(np.triu(drawn, 1) + np.triu(drawn, 1).T, rng(), steps=50)

    assert places.shape == (knots, 2)
    assert np.isfinite(places).all()
    assert np.abs(places).max() <= 1 + 1e-9


def test_boxes_that_lie_on_each_other_move_apart_and_others_stay():
    places = np.array([[0.0, 0.0], [0.05, 0.0], [0.9, 0.9]])
    halves = np.array([[0.1, 0.05]] * 3)

    moved = spread(places, halves)

    apart = np.abs(moved[0] - moved[1])
    assert apart[0] >= 0.2 - 1e-3 or apart[1] >= 0.1 - 1e-3
    assert moved[2].tolist() == [0.9, 0.9]


@given(st.integers(0, 2**32 - 1), st.integers(1, 20))
def test_no_box_leaves_the_sheet_and_nothing_is_written_to(seed, knots):
    places = np.random.default_rng(seed).uniform(-1, 1, (knots, 2))
    before, halves = places.copy(), np.full((knots, 2), 0.08)

    moved = spread(places, halves)

    assert np.abs(moved).max() <= 1 - 0.08 + 1e-9
    assert np.array_equal(places, before)


def test_two_at_the_same_place_are_told_apart():
    moved = spread(np.zeros((2, 2)), np.full((2, 2), 0.1))

    assert np.abs(moved[0] - moved[1]).max() >= 0.2 - 1e-3
