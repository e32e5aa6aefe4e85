import numpy as np
import pytest
from scipy.stats import beta

from apps.analysis.opinion_map.opinion_map import opinion_map
from apps.analysis.opinion_map.unsure import shares, unsure
from apps.analysis.opinion_map.votes import NEITHER, UNSURE, VoteMatrix
from tests.analysis.opinion_map.conversations import matrix
from tests.analysis.opinion_map.planted import planted_groups

ASKED = 3


@pytest.fixture(scope="module")
def doubting():
    """Two planted groups; of one of them half are unsure about one statement."""
    votes, groups = planted_groups(400, 40, k=2, density=0.4, seed=1)
    values, rows = votes.values.copy(), votes.rows()
    asked = np.flatnonzero(votes.indices == ASKED)
    values[asked[(groups[rows[asked]] == 0) & (np.arange(len(asked)) % 2 == 0)]] = 2
    changed = VoteMatrix(votes.readers, votes.statements, votes.indptr, votes.indices, values)
    return changed, groups, opinion_map(changed, seed=1)


def test_side_that_doubts_is_told_from_the_one_that_does_not(doubting):
    votes, groups, found = doubting
    doubters = np.bincount(found.groups[groups == 0]).argmax()

    told = unsure(votes, found)

    assert told.of_sides[doubters, ASKED] == pytest.approx(0.5, abs=0.1)
    assert told.low_of_sides[doubters, ASKED] > told.high_of_sides[1 - doubters, ASKED]
    assert told.share[ASKED] == pytest.approx((votes.values[votes.indices == ASKED] == 2).mean())


def test_votes_of_all_sides_are_the_votes(doubting):
    votes, _, found = doubting

    assert unsure(votes, found).votes_of_sides.sum(axis=0).tolist() == votes.counts().sum(axis=1).tolist()


def test_who_passes_is_who_chose_neither_or_unsure(doubting):
    votes, _, found = doubting
    counts = votes.counts()

    told = unsure(votes, found, choices=(NEITHER, UNSURE))

    assert told.share == pytest.approx(counts[:, 2:].sum(axis=1) / counts.sum(axis=1))


def test_choice_that_was_never_offered_has_no_share():
    votes, _ = planted_groups(100, 20, k=2, density=0.4)

    told = unsure(votes, opinion_map(votes, seed=1))

    assert np.isnan(told.share).all()
    assert np.isnan(told.of_sides).all()


def test_small_conversation_has_one_side():
    votes = matrix("?+", "?-", "+.", "..")

    told = unsure(votes, opinion_map(votes, seed=1), fewest=1)

    assert told.of_sides == pytest.approx(np.array([[2 / 3, 0.0]]))


def test_interval_by_hand():
    share, low, high = shares(np.array([3.0, 0.0, 5.0, 1.0]), np.array([10.0, 10.0, 5.0, 4.0]), 5)

    assert share[:3].tolist() == [0.3, 0.0, 1.0]
    assert [low[0], high[0]] == pytest.approx(beta.ppf([0.025, 0.975], 3.5, 7.5))
    assert (low[1], high[2]) == (0.0, 1.0)
    assert np.isnan([share[3], low[3], high[3]]).all()
