from dataclasses import replace

import numpy as np
import pytest

from apps.analysis.opinion_map.opinion_map import opinion_map
from apps.analysis.opinion_map.shared_ground import geometric_mean, shared_ground, side_counts, smoothed
from apps.analysis.opinion_map.votes import VoteMatrix
from tests.analysis.opinion_map.conversations import matrix
from tests.analysis.opinion_map.planted import planted_groups

SHARED, SPLIT = 0, 1


@pytest.fixture(scope="module")
def ground():
    """Two planted groups that split on everything but the first statement, which nearly all agree with."""
    votes, groups = planted_groups(400, 40, k=2, density=0.4)
    rng = np.random.default_rng(3)
    shared = votes.indices == SHARED
    values = votes.values.copy()
    values[shared] = np.where(rng.random(shared.sum()) < 0.92, 1, -1)
    split = votes.indices == SPLIT
    leaning = groups[votes.rows()[split]] == 0
    values[split] = np.where(leaning, 1, -1)
    changed = VoteMatrix(votes.readers, votes.statements, votes.indptr, votes.indices, values)
    found = opinion_map(changed, seed=1)
    return changed, found, shared_ground(changed, found)


def test_statement_that_all_agree_with_bridges_more_than_any_other(ground):
    _, _, found = ground

    assert found.bridging.argmax() == SHARED
    assert found.consensus.argmax() == SHARED


def test_statement_that_parts_the_groups_divides_and_does_not_bridge(ground):
    _, _, found = ground

    assert found.dividing[SPLIT] > np.median(found.dividing)
    assert found.dividing[SHARED] < 0.1
    assert found.bridging[SPLIT] < found.bridging[SHARED] / 2


def test_fewest_votes_are_those_of_the_smaller_side(ground):
    votes, found, shown = ground
    agreeing = votes.indices == SHARED
    by_group = np.bincount(found.groups[votes.rows()[agreeing]])

    assert shown.fewest[SHARED] == by_group.min()


def test_implied_votes_support_nothing(ground):
    votes, found, shown = ground
    half = replace(votes, implied=(votes.indices == SHARED) & (votes.rows() % 2 == 0))

    told = shared_ground(half, found)

    assert told.fewest[SHARED] < shown.fewest[SHARED]
    assert told.fewest[SPLIT] == shown.fewest[SPLIT]


def test_too_small_a_conversation_has_no_sides():
    votes = matrix("+-", "-+")

    with pytest.raises(ValueError, match="too few votes"):
        shared_ground(votes, opinion_map(votes, seed=1))


def test_counts_by_side():
    votes = matrix("+-", "+0", ".+")

    agree, disagree, seen = side_counts(votes, np.array([0, 0, 1]), 2)

    assert agree.tolist() == [[2, 0], [0, 1]]
    assert disagree.tolist() == [[0, 1], [0, 0]]
    assert seen.tolist() == [[2, 2], [0, 1]]


def test_side_without_votes_is_thought_to_agree_as_all_do():
    # Two of three readers agree, all on one side: on the other the rate is theirs, held by two votes of nobody.
    rates = smoothed(np.array([[3.0], [0.0]]), np.array([[2.0], [0.0]]))

    assert rates.tolist() == [[pytest.approx((2 + 2 * 2 / 3) / 5)], [pytest.approx(2 / 3)]]


def test_geometric_mean_is_low_where_one_side_is():
    assert geometric_mean(np.array([[0.9, 0.5], [0.1, 0.5]])) == pytest.approx([0.3, 0.5])
