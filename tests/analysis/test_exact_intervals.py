"""Intervals of shares, compared with what Newcombe, NIST, R and statsmodels print."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from apps.analysis.exact_intervals import clopper_pearson, coverage, jeffreys, laplace, simultaneous, sison_glaz
from apps.analysis.intervals import agresti_coull, goodman, wilson
from tests.analysis.golden import golden

SINGLE = {
    "P-wilson-81-263": wilson,
    "P-wilson-15-148": wilson,
    "P-wilson-0-20": wilson,
    "P-wilson-1-29": wilson,
    "P-R-wilson-4-20": wilson,
    "P-beta-81-263": clopper_pearson,
    "P-R-beta-4-20": clopper_pearson,
    "P-NIST-exact": clopper_pearson,
    "P-R-agresti_coull-4-20": agresti_coull,
    "P-R-jeffreys-4-20": jeffreys,
}
shares_of = st.integers(1, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@pytest.mark.parametrize("name", SINGLE)
def test_single_shares_agree_with_the_golden_vectors(name):
    vector = golden(name)
    given_input = vector["input"]

    low, high = SINGLE[name](np.array([given_input["x"]]), given_input["n"], given_input["level"])

    assert (low[0], high[0]) == pytest.approx(tuple(vector["published"]), abs=vector["tolerance"])


def test_all_shares_at_once_agree_with_the_golden_vector():
    vector = golden("M-sisonglaz-1")

    found = np.column_stack(sison_glaz(np.array(vector["input"]["counts"])))

    assert found == pytest.approx(np.array(vector["published"]), abs=vector["tolerance"])


def test_eight_options_agree_with_statsmodels():
    """multinomial_proportions_confint(method="sison-glaz") of statsmodels 0.15.0."""
    low, high = sison_glaz(np.array([11, 9, 30, 25, 14, 40, 8, 6]))

    assert (low[0], high[0]) == pytest.approx((0.0, 0.1592021), abs=1e-6)
    assert (low[5], high[5]) == pytest.approx((0.2027972, 0.3619993), abs=1e-6)


def test_few_options_or_empty_ones_take_goodmans():
    three, hollow, full = np.array([30, 20, 10]), np.array([9, 9, 9, 9, 9, 9, 4]), np.array([9] * 7)

    assert np.array_equal(simultaneous(three)[0], goodman(three, 60)[0])
    assert np.array_equal(simultaneous(hollow)[0], goodman(hollow, 58)[0])
    assert np.array_equal(simultaneous(full)[0], sison_glaz(full)[0])


def test_a_statement_without_votes_lies_anywhere_around_one_half():
    share, low, high = laplace(np.array([0, 3]), np.array([0, 3]))

    assert share.tolist() == [0.5, 0.8]
    assert (low[0], high[0]) == pytest.approx((0.025, 0.975))
    assert low[1] == pytest.approx(0.025**0.25)  # Beta(4, 1) has the distribution function x⁴


def test_shares_of_nobody_may_be_anything():
    low, high = simultaneous(np.zeros(3, dtype=int))

    assert (low.tolist(), high.tolist()) == ([0, 0, 0], [1, 1, 1])


@given(shares_of)
def test_single_shares_are_scipys(share):
    count, base = share
    test = binomtest(count, base)

    exact, score = (np.ravel(interval(np.array([count]), base)) for interval in (clopper_pearson, wilson))

    assert exact == pytest.approx(tuple(test.proportion_ci(method="exact")))
    assert score == pytest.approx(tuple(test.proportion_ci(method="wilson")), abs=1e-12)


@given(shares_of)
def test_every_interval_holds_the_share_and_stays_within_0_and_1(share):
    count, base = share

    for interval in (wilson, agresti_coull, clopper_pearson):
        low, high = interval(np.array([count]), base)

        assert 0 <= low[0] <= count / base + 1e-12
        assert count / base - 1e-12 <= high[0] <= 1


def test_a_wider_reach_covers_more():
    """Up to where the expansion is no longer exact, at 0.999."""
    covered = [coverage(np.array([20, 30, 50]), reach) for reach in range(16)]

    assert (np.diff(covered) > 0).all()
    assert covered[0] == 0
    assert covered[-1] == pytest.approx(0.9987, abs=1e-4)


def test_a_million_readers_need_no_longer_list():
    low, high = sison_glaz(np.array([150_000, 150_000, 150_000, 150_000, 150_000, 150_000, 100_000]))

    assert high[0] - low[0] < 0.003
