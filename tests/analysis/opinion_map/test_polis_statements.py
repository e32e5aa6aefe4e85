"""Cases that can be checked by hand: six readers in two groups, three statements."""

import numpy as np
import pytest

from apps.analysis.opinion_map.polis import polis_map
from apps.analysis.opinion_map.polis_statements import (
    group_aware_consensus,
    group_counts,
    majorities,
    one_direction,
    priorities,
    proportion_test,
    representative_statements,
    representativeness,
    two_proportions,
)
from tests.analysis.opinion_map.conversations import matrix

VOTES = matrix("++-", "++-", "++0", "-+?", "-+.", "-..", "+++")
GROUPS = np.array([0, 0, 0, 1, 1, 1, -1])


def test_counts_by_group_leave_out_who_has_none():
    counts = group_counts(VOTES, GROUPS, 2)

    assert counts.agree.tolist() == [[3, 3, 0], [0, 2, 0]]
    assert counts.disagree.tolist() == [[0, 0, 2], [3, 0, 0]]
    assert counts.seen.tolist() == [[3, 3, 3], [3, 2, 1]]


def test_share_and_ratio_by_hand():
    found = one_direction(np.array([[3.0], [0.0]]), np.array([[3.0], [3.0]]))

    assert found.probability.tolist() == [[4 / 5], [1 / 5]]
    assert found.ratio.tolist() == [[pytest.approx(4.0)], [pytest.approx(1 / 4)]]


def test_tests_by_hand():
    three, none = np.array([3.0]), np.array([0.0])

    assert proportion_test(three, three).tolist() == [2.0]  # 2·√4·(4/4 - 1/2)
    # Shares 4/4 and 1/4, pooled 5/8: 0.75 / √(5/8·3/8·(1/4 + 1/4))
    assert two_proportions(three, three, none, three).tolist() == [pytest.approx(0.75 / np.sqrt(15 / 64 / 2))]


def test_statement_that_a_group_voted_for_is_reported_as_agreed():
    found = representativeness(group_counts(VOTES, GROUPS, 2))

    assert found.direction[:, 0].tolist() == [1, -1]
    assert [places.tolist() for places in representative_statements(found)] == [[0], [0]]


def test_consensus_is_the_product_of_the_groups():
    consensus = group_aware_consensus(group_counts(VOTES, GROUPS, 2))

    assert consensus == pytest.approx([4 / 5 * 1 / 5, 4 / 5 * 3 / 4, 1 / 5 * 1 / 3])


def test_majorities_are_the_clearest_first_and_one_vote_is_enough_for_one():
    """The last is a fault of the original, kept here."""
    found = majorities(matrix(*["+-.0"] * 12, "..+."))

    assert {choice: places.tolist() for choice, places in found.items()} == {1: [0, 2], -1: [1]}


def test_new_statement_is_asked_before_an_old_one_like_it():
    words = ["++", "--", *["+.", "-."] * 10]
    votes = matrix(*words)

    old, new = priorities(votes, polis_map(votes))

    assert new > old
    assert priorities(votes, polis_map(votes), meta=np.array([True, False]))[0] == 49.0
