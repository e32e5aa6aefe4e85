"""Cohorts weigh less, by a rule that does not look at what they chose."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from apps.analysis.cohorts import LIGHTEST, identical_votes, lightened

AGREED, OTHER, FEW = [1] * 10, [1] * 9 + [2], [1] * 9 + [0]
BALLOTS = arrays(np.uint8, some.tuples(some.integers(1, 12), some.integers(3, 3)), elements=some.integers(0, 4))


def test_readers_with_the_same_ten_votes_are_a_cohort():
    votes = np.array([AGREED, OTHER, AGREED, FEW, FEW, AGREED], dtype=np.uint8)

    cohort = identical_votes(votes)

    assert (cohort[[0, 2, 5]] == cohort[0]).all()
    assert cohort[0] >= 0
    assert cohort[[1, 3, 4]].tolist() == [-1, -1, -1]  # alone, and too few votes


def test_weight_is_one_over_the_root_and_never_below_a_tenth():
    four, crowd = np.array([0, 0, 0, 0, -1]), np.zeros(400, dtype=int)

    assert lightened(four).weights.tolist() == [0.5, 0.5, 0.5, 0.5, 1.0]
    assert (lightened(four).readers, lightened(four).sum) == (4, 3.0)
    assert set(lightened(crowd).weights) == {LIGHTEST}


def test_of_two_cohorts_the_lightest_weight_counts():
    assert lightened(np.array([0, 0, -1, -1]), np.array([0, 0, 0, 0])).weights.tolist() == [0.5] * 4


@given(votes=BALLOTS, orders=some.lists(some.permutations([1, 2, 3, 4]), min_size=3, max_size=3), seed=some.integers())
def test_rule_is_blind_to_the_options_and_to_the_order_of_readers(votes, orders, seed):
    renamed = np.stack([np.array([0, *order])[votes[:, place]] for place, order in enumerate(orders)], axis=1)
    order = np.random.default_rng(abs(seed)).permutation(len(votes))
    plain = lightened(identical_votes(votes, fewest=2)).weights

    assert (lightened(identical_votes(renamed.astype(np.uint8), fewest=2)).weights == plain).all()
    assert (lightened(identical_votes(votes[order], fewest=2)).weights == plain[order]).all()
