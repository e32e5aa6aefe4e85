import numpy as np
import pytest

from apps.analysis.simulation import (
    draw_options,
    draw_rankings,
    ordered_probabilities,
    place_probabilities,
    softmax,
)


def test_an_attitude_in_the_middle_is_symmetric_and_one_above_leans_up():
    middle, above = ordered_probabilities(5, 0), ordered_probabilities(5, 1)

    assert middle == pytest.approx(middle[::-1])
    assert middle.sum() == pytest.approx(1)
    assert above[3:].sum() > 0.5 > above[:2].sum()


def test_drawn_options_follow_the_shares_of_each_group():
    probabilities = np.array([[0.8, 0.2, 0.0], [0.1, 0.1, 0.8]])
    groups = np.repeat([0, 1], 20_000)

    drawn = draw_options(np.random.default_rng(1), probabilities, groups)

    for group in (0, 1):
        found = np.bincount(drawn[groups == group], minlength=3) / 20_000
        assert found == pytest.approx(probabilities[group], abs=0.01)


def test_places_of_two_options():
    """Worth 3 against 1: first in three of four lists, second in the others."""
    assert place_probabilities(np.array([3.0, 1.0]), 2) == pytest.approx(np.array([[0.75, 0.25], [0.25, 0.75]]))


def test_drawn_rankings_follow_the_place_probabilities():
    worths = softmax(np.array([[1.0, 0.5, 0.0, -1.0]]))

    drawn = draw_rankings(np.random.default_rng(2), worths, np.zeros(40_000, dtype=int), 3)

    found = np.stack([np.bincount(drawn[:, place], minlength=4) / 40_000 for place in range(3)])
    assert found == pytest.approx(place_probabilities(worths[0], 3), abs=0.01)
    assert all(len(set(ranks)) == 3 for ranks in drawn[:100].tolist())
