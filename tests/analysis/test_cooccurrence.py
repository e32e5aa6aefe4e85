"""Words in the same answers, by cases that can be counted on two hands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.cooccurrence import Edge, jaccard, strongest, together
from tests.analysis.golden import golden

answers_with_words = st.tuples(st.integers(1, 20), st.integers(2, 6)).flatmap(lambda shape: arrays(bool, shape))


def test_jaccard_agrees_with_the_golden_vector():
    vector = golden("T-jaccard")
    both, one, other = (vector["input"][name] for name in ("both", "A", "B"))

    found = jaccard(np.array([[one, both], [both, other]]))

    assert found[0, 1] == pytest.approx(vector["published"][0], abs=vector["tolerance"])


def test_answers_are_counted_once_however_often_a_word_stands_in_them():
    holds = np.array([[1, 1, 0], [1, 0, 0], [1, 1, 1]], dtype=bool)

    assert together(holds).tolist() == [[3, 2, 1], [2, 2, 1], [1, 1, 1]]


def test_words_that_never_meet_and_words_that_nobody_used():
    found = jaccard(np.array([[4, 0, 0], [0, 8, 0], [0, 0, 0]]))

    assert found.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]


def test_edges_are_the_strongest_pairs_of_frequent_words():
    counts = np.array([[10, 5, 6, 3], [5, 8, 2, 3], [6, 2, 9, 0], [3, 3, 0, 3]])

    found = strongest(jaccard(counts), counts, smallest=5)

    assert found == (Edge(0, 2, pytest.approx(6 / 13), 6), Edge(0, 1, pytest.approx(5 / 13), 5))
    assert strongest(jaccard(counts), counts, smallest=5, most=1) == found[:1]


@given(answers_with_words)
def test_words_that_stand_together_do_so_both_ways_and_at_most_always(holds):
    found = jaccard(together(holds))

    assert np.array_equal(found, found.T)
    assert ((found >= 0) & (found <= 1)).all()
