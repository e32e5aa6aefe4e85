"""Words typical of one side, compared with a published example."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.keywords import Keyword, background_prior, keywords, lift, log_odds
from tests.analysis.golden import golden

two_sides = st.integers(2, 12).flatmap(
    lambda size: st.tuples(*[arrays(np.int64, size, elements=st.integers(0, 40))] * 2)
)


def test_log_odds_agree_with_the_golden_vector():
    vector = golden("T-logodds")
    texts = [vector["input"][name].split() for name in ("doc1", "doc2")]
    words = sorted({word for text in texts for word in text})
    counts = [np.array([text.count(word) for word in words]) for text in texts]

    found = log_odds(*counts, vector["input"]["prior"])

    z = dict(zip(words, found.z, strict=True))
    brown, donkey, the = vector["published"]
    assert [z[word] for word in ("brown", "fox", "quick")] == pytest.approx([brown] * 3, abs=vector["tolerance"])
    assert [z[word] for word in ("donkey", "lazier", "purple")] == pytest.approx([donkey] * 3, abs=vector["tolerance"])
    assert z["the"] == pytest.approx(the, abs=vector["tolerance"])


def test_a_prior_follows_the_background_and_is_never_zero():
    prior = background_prior(np.array([9, 0, 89]), 50)

    assert prior.sum() == pytest.approx(50)
    assert prior[1] > 0
    assert prior[2] > prior[0]


def test_lift_is_how_much_more_often_a_side_says_a_word():
    """Ten of twenty answers on one side, none of sixty on the other: four times as often as among all."""
    assert lift(np.array([10, 0]), 20, np.array([0, 0]), 60).tolist() == [4, 0]
    assert lift(np.array([0]), 0, np.array([0]), 0).tolist() == [0]


def test_keywords_need_support_and_come_strongest_first():
    """A word of four answers is left out however typical; one that both use alike is none."""
    one, other = np.array([4, 30, 20, 10]), np.array([0, 5, 20, 0])

    found = keywords(one, 50, other, 60, strength=20, support=5)

    assert [(each.word, each.answers) for each in found] == [(1, 30), (3, 10)]
    assert found[1] == Keyword(3, pytest.approx(found[1].z), pytest.approx(10 / 50 / (10 / 110)), 10)


def test_a_single_word_is_on_neither_side():
    found = log_odds(np.array([9]), np.array([2]), 0.05)

    assert (found.difference.tolist(), found.z.tolist()) == ([0.0], [0.0])


def test_no_words_are_typical_of_nobody():
    assert keywords(np.zeros(3, dtype=int), 0, np.zeros(3, dtype=int), 0, strength=10, support=1) == ()


@given(two_sides)
def test_the_other_side_has_the_opposite_sign(sides):
    one, other = sides

    assert log_odds(one, other, 0.1).z == pytest.approx(-log_odds(other, one, 0.1).z)


@given(two_sides)
def test_a_stronger_prior_draws_both_sides_together(sides):
    one, other = sides
    both = one + other

    weak, strong = (log_odds(one, other, background_prior(both, strength)) for strength in (10, 1e7))

    assert np.abs(strong.difference).max() <= max(np.abs(weak.difference).max(), 1e-3)
