from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.analysis.opinion_map.votes import only_readers, only_votes, vote_matrix, without_light_voters, witnesses
from tests.analysis.opinion_map.conversations import matrix, shuffled

READERS, STATEMENTS = np.array([7, 3, 7]), np.array([20, 10, 10])
VALUES = np.array([1, -1, 2], dtype=np.int8)


def as_lists(votes):
    return [part.tolist() for part in (votes.readers, votes.statements, votes.indptr, votes.indices, votes.values)]


def test_votes_stand_in_the_order_of_ids():
    votes = vote_matrix(READERS, STATEMENTS, VALUES)

    assert as_lists(votes) == [[3, 7], [10, 20], [0, 1, 3], [0, 0, 1], [-1, 2, 1]]


@given(st.integers(0, 2**32 - 1))
def test_order_in_which_votes_came_changes_nothing(seed):
    votes = matrix("+-0?.", ".....", "++.--", "?...0")

    assert as_lists(shuffled(votes, seed)) == as_lists(votes)


def test_votes_on_statements_that_are_not_served_are_left_out():
    votes = vote_matrix(READERS, STATEMENTS, VALUES, served=np.array([20, 30]), everyone=np.array([3, 7]))

    assert as_lists(votes) == [[3, 7], [20, 30], [0, 0, 1], [0], [1]]


def test_counts_by_choice():
    votes = matrix("+-", "+0", "-?", ".?")

    assert votes.counts().tolist() == [[2, 1, 0, 0], [0, 1, 1, 2]]


def test_unknown_choice_is_refused():
    with pytest.raises(ValueError, match="a vote is 1"):
        vote_matrix(READERS, STATEMENTS, np.array([1, 3, 0], dtype=np.int8))


def test_second_vote_of_a_reader_on_a_statement_is_refused():
    with pytest.raises(ValueError, match="two votes on one statement"):
        vote_matrix(np.array([1, 1]), np.array([5, 5]), np.array([1, 1], dtype=np.int8))


def test_arrays_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="one length"):
        vote_matrix(READERS, STATEMENTS[:2], VALUES)


def test_light_voters_can_be_left_out():
    votes = without_light_voters(matrix("+-", "+.", "-?", ".."), fewest=2)

    assert as_lists(votes) == [[0, 2], [0, 1], [0, 2, 4], [0, 1, 0, 1], [1, -1, -1, 2]]


def test_some_votes_can_be_hidden_while_readers_and_statements_stay():
    votes = matrix("+-", "-?")

    kept = only_votes(votes, np.array([True, False, False, True]))

    assert as_lists(kept) == [[0, 1], [0, 1], [0, 1, 2], [0, 1], [1, 2]]


def test_arguments_are_not_written_to():
    votes = matrix("+-", "-?")
    before = as_lists(votes)

    only_readers(votes, np.array([True, False]))
    only_votes(votes, np.array([True, False, True, True]))

    assert as_lists(votes) == before


def test_implied_votes_keep_their_flags_and_are_no_witnesses():
    votes = replace(matrix("+-", "-?", ".+"), implied=np.array([True, False, False, True, False]))

    some = only_readers(votes, np.array([True, True, False]))

    assert some.implied.tolist() == [True, False, False, True]
    assert as_lists(witnesses(some)) == [[0, 1], [0, 1], [0, 1, 2], [1, 0], [-1, -1]]
    assert witnesses(matrix("+-")).votes == 2
