"""Counting, by small cases that a person can check, and by what must hold for any readers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.tabulation import answered_any, asked_any, distribution, histograms, no_histograms, ranking, shares
from tests.analysis.golden import golden
from tests.analysis.profiles import TOP_THREE, unrolled

OFFERED = (5, 4, 3, 2, 1, 98)
any_codes = arrays(np.uint8, st.tuples(st.integers(1, 40), st.just(3)), elements=st.sampled_from([*OFFERED, 97, 255]))


def test_distribution_keeps_dont_know_in_the_base_and_blanks_out_of_it():
    """Five readers saw the question: three chose, one did not know, one left it blank. A sixth never saw it."""
    column = np.array([[5], [1], [1], [98], [97], [255]], dtype=np.uint8)

    counted = distribution(histograms(column)[0], OFFERED)

    assert counted.counts.tolist() == [1, 0, 0, 0, 2, 1]
    assert (counted.base, counted.blank, counted.not_shown) == (4, 1, 1)
    assert shares(counted.counts, counted.base).tolist() == [0.25, 0, 0, 0, 0.5, 0.25]


def test_shares_of_nobody_are_zero():
    assert shares(np.array([0, 0]), 0).tolist() == [0, 0]


def test_ranking_counts_first_places_and_any_place():
    """Readers put (1, 2), (2), (1, 3); one left it blank."""
    places = np.array([[1, 2], [2, 255], [1, 3], [97, 255]], dtype=np.uint8)

    counted = ranking(histograms(places), (1, 2, 3))

    assert counted.first.counts.tolist() == [2, 1, 0]
    assert counted.ranked.tolist() == [2, 2, 1]
    assert counted.first.base == 3


def test_ranking_agrees_with_the_golden_top_three():
    vector = golden("R-PLtop3")

    counted = ranking(histograms(unrolled(TOP_THREE, 3)), range(6))

    assert [counted.first.counts.tolist(), counted.ranked.tolist()] == vector["published"][1:3]


def test_answered_any_needs_one_answer_in_any_slot():
    codes = np.array([[1, 97], [97, 97], [255, 98], [255, 255]], dtype=np.uint8)

    assert answered_any(codes) == 2


def test_asked_any_needs_one_slot_that_was_shown():
    codes = np.array([[1, 97], [97, 97], [255, 98], [255, 255]], dtype=np.uint8)

    assert asked_any(codes) == 3


def test_no_slots_have_no_histograms():
    assert histograms(np.zeros((3, 0), dtype=np.uint8)).shape == no_histograms().shape == (0, 256)


@given(any_codes, st.randoms())
def test_the_order_of_readers_does_not_matter(codes, random):
    shuffled = codes[random.sample(range(len(codes)), len(codes))]

    assert np.array_equal(histograms(shuffled), histograms(codes))


@given(any_codes)
def test_a_silent_reader_changes_nothing(codes):
    silent = np.full((1, codes.shape[1]), 97, dtype=np.uint8)

    before = distribution(histograms(codes)[0], OFFERED)
    after = distribution(histograms(np.vstack([codes, silent]))[0], OFFERED)

    assert after.counts.tolist() == before.counts.tolist()
    assert after.base == before.base


@given(any_codes, any_codes)
def test_parts_counted_apart_add_up(one, other):
    assert np.array_equal(histograms(one) + histograms(other), histograms(np.vstack([one, other])))


@given(any_codes)
def test_every_reader_is_counted_once_in_every_slot(codes):
    counted = [distribution(histogram, OFFERED) for histogram in histograms(codes)]

    assert {each.base + each.blank + each.not_shown for each in counted} == {len(codes)}
    assert all(each.counts.sum() == each.base for each in counted)
