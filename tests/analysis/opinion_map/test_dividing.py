from dataclasses import replace

import numpy as np
import pytest

from apps.analysis.opinion_map.dividing import dividing, dividing_bounds
from apps.analysis.opinion_map.opinion_map import opinion_map
from apps.analysis.opinion_map.votes import only_readers
from tests.analysis.opinion_map.conversations import matrix, shuffled
from tests.analysis.opinion_map.planted import planted_groups, planted_spectrum


@pytest.fixture(scope="module")
def leaning():
    votes, _ = planted_spectrum(300, 40, pull=1.2, density=0.8)
    return votes, opinion_map(votes, seed=1)


@pytest.fixture(scope="module")
def grouped():
    votes, _ = planted_groups(400, 40, k=3, density=0.4)
    return votes, opinion_map(votes, seed=1)


@pytest.mark.parametrize("kind", ["leaning", "grouped"])
def test_bounds_hold_the_estimate(kind, request):
    votes, found = request.getfixturevalue(kind)

    low, high = dividing_bounds(votes, found)

    assert (low >= 0).all()
    assert (low <= dividing(votes, found)).all()
    assert (dividing(votes, found) < high).all()


@pytest.mark.parametrize("kind", ["leaning", "grouped"])
def test_order_in_which_votes_came_changes_nothing(kind, request):
    votes, found = request.getfixturevalue(kind)

    assert dividing_bounds(shuffled(votes, 3), found).tobytes() == dividing_bounds(votes, found).tobytes()


def test_fewer_votes_leave_wider_bounds(leaning):
    votes, found = leaning
    some = only_readers(votes, np.arange(300) < 100)

    of_all, of_some = (high - low for low, high in (dividing_bounds(votes, found), dividing_bounds(some, few(found))))

    assert (of_some > of_all).mean() > 0.9


def few(found):
    return replace(
        found, positions=found.positions[:, :100], spreads=found.spreads[:, :100], styles=found.styles[:, :100]
    )


def test_bounds_hold_what_was_planted():
    """The planted opinion of a statement is its slope times positions of variance one."""
    held = []
    for seed in range(3):
        votes, _ = planted_spectrum(400, 40, pull=1.2, density=0.8, seed=seed)
        rng = np.random.default_rng(seed)
        rng.dirichlet([5, 3, 2], 40)
        rng.normal(0, 0.8, (3, 400))
        positions, slopes = rng.normal(size=400), rng.normal(size=40)
        low, high = dividing_bounds(votes, opinion_map(votes, seed=1), level=0.95)
        truth = (1.2 * slopes) ** 2 * positions.var()
        held.append((low <= truth) & (truth <= high))

    assert np.mean(held) > 0.8


def test_statements_divide_nobody_where_nothing_is_shared():
    votes, _ = planted_spectrum(200, 30, pull=0.0)

    low, high = dividing_bounds(votes, opinion_map(votes, seed=1))

    assert (low.tolist(), high.tolist()) == ([0.0] * 30, [0.0] * 30)


def test_too_small_a_conversation_divides_nobody():
    votes = matrix("+-", "-+")

    with pytest.raises(ValueError, match="too few votes"):
        dividing_bounds(votes, opinion_map(votes, seed=1))
