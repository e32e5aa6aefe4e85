"""Weighted shares, and that a weight is never taken for a number of readers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.intervals import wilson
from apps.analysis.weights import (
    design_effect,
    effective_readers,
    shares_of_sums,
    weighted_shares,
)
from tests.analysis.golden import golden

weighted_readers = st.integers(2, 80).flatmap(
    lambda size: st.tuples(
        arrays(np.int64, size, elements=st.integers(0, 2)), arrays(np.float64, size, elements=st.floats(0.05, 5))
    )
)


def test_effective_readers_agree_with_the_golden_vector():
    vector = golden("W-kish")
    weights = np.array(vector["input"]["w"], dtype=float)

    assert [effective_readers(weights), design_effect(weights)] == pytest.approx(vector["published"])


def test_the_standard_error_agrees_with_the_golden_vector_and_ten_times_the_weights_change_nothing():
    vector = golden("W-taylor")
    answers, weights = np.array(vector["input"]["y"]), np.array(vector["input"]["w"])

    one, ten = (weighted_shares(answers, weights * factor, 2) for factor in (1, 10))

    found = [one.shares[1], one.errors[1], ten.shares[1], ten.errors[1]]
    assert found == pytest.approx(vector["published"], abs=vector["tolerance"])
    assert (one.low, one.high, one.effective) == (pytest.approx(ten.low), pytest.approx(ten.high), ten.effective)


def test_a_published_survey_has_the_precision_that_its_design_effect_implies():
    """6,251 readers at a design effect of 2.35 stand for 2,660: half an interval of 1.9 points around one half."""
    vector = golden("W-pew")
    effective = vector["input"]["n"] / 2.35

    low, high = wilson(np.array([effective / 2]), np.array([effective]))

    assert (high[0] - low[0]) / 2 * 100 == pytest.approx(vector["published"][0], abs=vector["tolerance"])


def test_equal_weights_are_no_weights():
    """40 of 100: √(0.4 × 0.6 / 99)."""
    found = weighted_shares(np.repeat([0, 1], [60, 40]), np.full(100, 7.0), 2)

    assert found.shares.tolist() == pytest.approx([0.6, 0.4])
    assert found.errors == pytest.approx([np.sqrt(0.24 / 99)] * 2)
    assert (found.readers, found.effective, found.design_effect) == (100, pytest.approx(100), pytest.approx(1))


def test_a_category_of_nobody_has_an_interval_from_zero():
    found = weighted_shares(np.zeros(50, dtype=int), np.ones(50), 2)

    assert (found.shares.tolist(), found.errors.tolist()) == ([1, 0], [0, 0])
    assert (found.low[1], found.high[1]) == pytest.approx((0, 0.0713476), abs=1e-6)


def test_nobody_has_no_shares():
    found = weighted_shares(np.array([], dtype=int), np.array([]), 3)

    assert (found.shares.tolist(), found.readers, found.effective) == ([0, 0, 0], 0, 0)
    assert (found.low.tolist(), found.high.tolist()) == ([0, 0, 0], [1, 1, 1])


@pytest.mark.parametrize("weight", [-1.0, np.nan, np.inf])
def test_what_is_no_weight_is_refused(weight):
    weights = np.array([1.0, weight])

    with pytest.raises(ValueError, match="finite and not negative"):
        weighted_shares(np.array([0, 1]), weights, 2)
    with pytest.raises(ValueError, match="finite and not negative"):
        effective_readers(weights)


def test_whole_numbers_are_weights_however_large():
    assert effective_readers(np.array([10**10, 10**10])) == 2
    assert weighted_shares(np.array([0, 1]), np.array([10**10, 10**10]), 2).effective == 2


def test_one_reader_has_a_share_and_no_error():
    found = weighted_shares(np.array([1]), np.array([2.0]), 2)

    assert found.shares.tolist() == [0, 1]
    assert np.isnan(found.errors).all()
    assert (found.low[1], found.high[1]) == pytest.approx((0.2065, 1), abs=1e-4)


@given(weighted_readers, st.sampled_from([0.1, 10, 1000]))
def test_the_unit_of_weights_does_not_matter(readers, factor):
    categories, weights = readers

    one, other = (weighted_shares(categories, weights * by, 3) for by in (1, factor))

    assert one.shares == pytest.approx(other.shares)
    assert one.errors == pytest.approx(other.errors)
    assert (one.low, one.high) == (pytest.approx(other.low), pytest.approx(other.high))


@given(weighted_readers)
def test_errors_are_those_of_the_linearised_readers(readers):
    """Written out reader by reader, as survey packages do."""
    categories, weights = readers
    found = weighted_shares(categories, weights, 3)

    for category in range(3):
        parts = weights * ((categories == category) - found.shares[category]) / weights.sum()
        variance = len(parts) / (len(parts) - 1) * np.square(parts - parts.mean()).sum()
        assert found.errors[category] == pytest.approx(np.sqrt(variance), abs=1e-9)


@given(weighted_readers, weighted_readers)
def test_sums_of_parts_counted_apart_add_up(one, other):
    sums = [
        np.stack([np.bincount(categories, values, 3) for values in (np.ones(len(weights)), weights, weights**2)])
        for categories, weights in (one, other)
    ]

    added = shares_of_sums(*(sums[0] + sums[1]))

    together = weighted_shares(*(np.concatenate(both) for both in zip(one, other, strict=True)), 3)
    assert added.shares == pytest.approx(together.shares)
    assert added.errors == pytest.approx(together.errors, abs=1e-9)
