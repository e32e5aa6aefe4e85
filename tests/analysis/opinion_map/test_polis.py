import numpy as np
import pytest

from apps.analysis.opinion_map.agreement import adjusted_rand_index
from apps.analysis.opinion_map.polis import UNGROUPED, column_means, in_conversation, polis_map, principal_axes, project
from tests.analysis.opinion_map.conversations import conversation, matrix, shuffled

CAMPS = matrix(*["+++---+-"] * 10, *["---+++-+"] * 10, "++0---..", "+.......")
NONE_OUT = np.zeros(8, dtype=bool)


def test_missing_votes_stand_at_the_mean_of_their_column():
    votes = matrix("+-", "+.", "-0", "..")

    assert column_means(votes, np.zeros(2, dtype=bool)).tolist() == [pytest.approx(1 / 3), -0.5]


def test_column_that_was_moderated_out_is_zero():
    votes = matrix("+-", "+.")

    assert column_means(votes, np.array([True, False])).tolist() == [0.0, -1.0]


def test_axes_are_those_of_the_dense_matrix():
    rng = np.random.default_rng(1)
    dense = rng.choice([1.0, 0.0, -1.0], size=(40, 6))
    words = ["".join({1.0: "+", 0.0: "0", -1.0: "-"}[value] for value in row) for row in dense]
    votes = matrix(*words)
    out = np.zeros(6, dtype=bool)
    _, _, expected = np.linalg.svd(dense - dense.mean(axis=0))

    axes = principal_axes(votes, column_means(votes, out), out)

    assert np.abs((axes * expected[:2]).sum(axis=1)) == pytest.approx([1.0, 1.0])


def test_reader_with_few_votes_is_stretched():
    votes = matrix("++", "+.", "--")
    axes = np.array([[1.0, 0.0], [0.0, 1.0]])

    places = project(votes, np.zeros(2), axes, np.zeros(2, dtype=bool))

    assert places.tolist() == [[1.0, 1.0], [pytest.approx(np.sqrt(2)), 0.0], [-1.0, -1.0]]


def test_statement_that_was_moderated_out_counts_as_voted_on_by_everyone():
    votes = matrix("+.", "--")
    axes = np.array([[1.0, 0.0], [0.0, 1.0]])

    places = project(votes, np.zeros(2), axes, np.array([False, True]))

    assert places.tolist() == [[1.0, 0.0], [-1.0, 0.0]]


def test_two_camps_are_two_groups():
    found = polis_map(CAMPS)

    assert found.k == 2
    assert found.groups.tolist() == [0] * 10 + [1] * 10 + [UNGROUPED] * 2


def test_the_fifteen_who_voted_most_are_in_where_few_voted_enough():
    words = ["+" * votes + "." * (8 - votes) for votes in [8, 8, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 2, 1, 0]]

    inside = in_conversation(matrix(*words))

    assert inside.sum() == 15
    assert inside.tolist() == [True] * 15 + [False] * 2


@pytest.mark.parametrize("seed", range(3))
def test_order_in_which_votes_came_changes_no_byte(seed):
    votes = conversation("scoop-hivemind.ubi").votes

    first, second = polis_map(votes), polis_map(shuffled(votes, seed))

    assert first.positions.tobytes() == second.positions.tobytes()
    assert first.groups.tobytes() == second.groups.tobytes()


@pytest.mark.parametrize(("name", "agreement"), [("scoop-hivemind.biodiversity", 0.95), ("vtaiwan.uberx", 0.85)])
def test_groups_are_those_that_polis_published(name, agreement):
    given = conversation(name)

    found = polis_map(given.votes, moderated_out=given.moderated_out)

    both = (found.groups >= 0) & (given.exported_groups >= 0)
    assert found.k == given.exported_groups.max() + 1
    assert adjusted_rand_index(found.groups[both], given.exported_groups[both]) >= agreement


@pytest.mark.parametrize("words", [["+"], ["+", "-"], ["+.", ".."], ["++", "++", "++"]])
def test_conversation_too_small_for_groups_is_one(words):
    found = polis_map(matrix(*words))

    assert found.k == 1
    assert set(found.groups.tolist()) <= {0, UNGROUPED}
