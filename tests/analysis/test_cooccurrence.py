"""Words in the same answers, by cases that can be counted on two hands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.cooccurrence import Edge, cooccurrence, strongest, together
from tests.analysis.golden import golden

answers_with_words = st.tuples(st.integers(1, 20), st.integers(2, 6)).flatmap(lambda shape: arrays(bool, shape))


def test_jaccard_agrees_with_the_golden_vector():
    vector = golden("T-jaccard")
    both, one, other = (vector["input"][name] for name in ("both", "A", "B"))

    found = cooccurrence(np.array([[one, both], [both, other]]), 20)

    assert found.jaccard[0, 1] == pytest.approx(vector["published"][0], abs=vector["tolerance"])


def test_answers_are_counted_once_however_often_a_word_stands_in_them():
    holds = np.array([[1, 1, 0], [1, 0, 0], [1, 1, 1]], dtype=bool)

    assert together(holds).tolist() == [[3, 2, 1], [2, 2, 1], [1, 1, 1]]


def test_two_words_by_hand():
    """Of 16 answers 4 hold one, 8 the other, 4 both: twice as often as chance, and whenever the first stands there."""
    found = cooccurrence(np.array([[4, 4], [4, 8]]), 16)

    assert found.dice[0, 1] == pytest.approx(8 / 12)
    assert found.pmi[0, 1] == pytest.approx(np.log(2))
    assert found.npmi[0, 1] == pytest.approx(np.log(2) / np.log(4))


def test_words_that_never_meet_and_words_that_nobody_used():
    found = cooccurrence(np.array([[4, 0, 0], [0, 8, 0], [0, 0, 0]]), 16)

    assert (found.jaccard[0, 1], found.pmi[0, 1], found.npmi[0, 1]) == (0, -np.inf, -1)
    assert (found.jaccard[2, 2], found.dice[2, 2]) == (0, 0)


def test_words_in_every_answer_say_nothing_about_each_other():
    found = cooccurrence(np.array([[9, 9], [9, 9]]), 9)

    assert (found.pmi[0, 1], found.npmi[0, 1], found.jaccard[0, 1]) == (0, 0, 1)


def test_edges_are_the_strongest_pairs_of_frequent_words():
    counts = np.array([[10, 5, 6, 3], [5, 8, 2, 3], [6, 2, 9, 0], [3, 3, 0, 3]])

    found = strongest(cooccurrence(counts, 30).jaccard, counts, smallest=5)

    assert found == (Edge(0, 2, pytest.approx(6 / 13), 6), Edge(0, 1, pytest.approx(5 / 13), 5))
    assert strongest(cooccurrence(counts, 30).jaccard, counts, smallest=5, most=1) == found[:1]


@given(answers_with_words)
def test_measures_are_symmetric_and_bounded(holds):
    counts = together(holds)

    found = cooccurrence(counts, len(holds))

    for measure in (found.jaccard, found.dice, found.pmi, found.npmi):
        assert np.array_equal(measure, measure.T)
    assert (found.jaccard <= found.dice + 1e-12).all()
    assert ((found.dice >= 0) & (found.dice <= 1)).all()
    assert ((found.npmi >= -1 - 1e-9) & (found.npmi <= 1 + 1e-9)).all()
