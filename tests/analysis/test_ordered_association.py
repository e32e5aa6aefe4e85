"""Ordered answers against each other and against groups, compared with SAS, DescTools, scipy and statsmodels."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import brunnermunzel, kendalltau, kruskal, somersd

from apps.analysis.ordered_association import heights, rank_association, superiority
from tests.analysis.golden import golden

tables = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 30))
)


def readers_of(counts):
    rows, columns = np.indices(counts.shape)
    return np.repeat(rows.ravel(), counts.ravel()), np.repeat(columns.ravel(), counts.ravel())


def test_gamma_and_tau_agree_with_the_golden_vector():
    vector = golden("O-gamma")

    found = rank_association(np.array(vector["input"]["table"]), smallest=50)

    assert found is not None
    values = [found.gamma, found.gamma_low, found.gamma_high, found.tau_b, found.tau_c]
    assert values == pytest.approx(vector["published"], abs=vector["tolerance"])


def test_somers_d_agrees_with_the_golden_vector():
    """Printed for the rows explained by the columns."""
    vector = golden("O-somers")

    found = rank_association(np.array(vector["input"]["table"]).T, smallest=50)

    assert found is not None
    assert found.somers == pytest.approx(vector["published"][0], abs=vector["tolerance"])


def test_the_interval_of_tau_agrees_with_sas():
    """PROC FREQ prints 0.3373 with 0.2114 … 0.4631 for the same table."""
    found = rank_association(np.array(golden("O-gamma")["input"]["table"]), smallest=50)

    assert found is not None
    assert (found.tau_low, found.tau_high) == pytest.approx((0.2114, 0.4631), abs=5e-5)


def test_answers_that_have_nothing_to_do_with_each_other_are_found_so_at_the_stated_rate():
    rng = np.random.default_rng(11)
    shares = np.outer([0.2, 0.3, 0.3, 0.2], [0.1, 0.3, 0.4, 0.2]).ravel()

    found = [rank_association(rng.multinomial(300, shares).reshape(4, 4), smallest=50) for _ in range(600)]

    assert np.mean([each is not None and each.p is not None and each.p < 0.05 for each in found]) == pytest.approx(
        0.05, abs=0.02
    )


def test_few_readers_have_an_association_and_no_p():
    found = rank_association(np.array([[10, 2], [3, 9]]), smallest=50)

    assert found is not None
    assert (found.gamma > 0.8, found.p) == (True, None)


def test_one_row_rises_with_nothing():
    assert rank_association(np.array([[10, 20], [0, 0]]), smallest=50) is None
    assert rank_association(np.zeros((2, 2)), smallest=50) is None
    assert heights(np.array([[10, 20]]), smallest=50) is None
    assert heights(np.array([[10, 0], [20, 0]]), smallest=50) is None
    assert superiority(np.array([0, 1]), np.array([5, 5])) is None


@given(tables)
def test_ranks_are_scipys(counts):
    assume((counts.sum(axis=1) > 0).sum() > 1 and (counts.sum(axis=0) > 0).sum() > 1)
    one, other = readers_of(counts)

    found = rank_association(counts, smallest=1)

    assert found is not None
    assert found.tau_b == pytest.approx(kendalltau(one, other).statistic)
    assert found.tau_c == pytest.approx(kendalltau(one, other, variant="c").statistic)
    assert found.somers == pytest.approx(somersd(counts).statistic)
    assert found.p is None or 0 <= found.p <= 1


@given(tables)
def test_a_scale_turned_round_turns_the_sign(counts):
    assume((counts.sum(axis=1) > 0).sum() > 1 and (counts.sum(axis=0) > 0).sum() > 1)

    found, turned = rank_association(counts, smallest=1), rank_association(counts[::-1], smallest=1)

    assert found is not None
    assert turned is not None
    assert (found.gamma, found.gamma_low, found.tau_b) == pytest.approx(
        (-turned.gamma, -turned.gamma_high, -turned.tau_b)
    )


@given(tables)
def test_heights_are_scipys(counts):
    assume((counts.sum(axis=1) > 0).sum() > 1 and (counts.sum(axis=0) > 0).sum() > 1)
    groups = [np.repeat(np.arange(len(counts)), column) for column in counts.T if column.sum()]
    theirs = kruskal(*groups)

    found = heights(counts, smallest=1)

    assert found is not None
    assert found.statistic == pytest.approx(theirs.statistic, abs=1e-9)
    if found.p is not None:
        assert found.p == pytest.approx(theirs.pvalue if theirs.statistic > 0 else 1)
    assert 0 <= found.epsilon <= 1


def test_a_group_of_four_is_not_tested():
    """By the approximation one reader apart from sixty would have a p of 10⁻¹⁴, though it happens once in 61 orders."""
    four, five = (heights(np.array([[60, 0], [0, size]]), smallest=50) for size in (4, 5))

    assert four is not None
    assert five is not None
    assert four.p is None
    assert five.p is not None
    assert five.p < 1e-10


def test_superiority_agrees_with_statsmodels():
    """rank_compare_2indep(second, first, use_t=True) of statsmodels 0.15.0."""
    found = superiority(np.array([10, 20, 30, 25, 15]), np.array([5, 10, 25, 40, 20]))

    assert found is not None
    assert (found.likely, found.low, found.high) == pytest.approx((0.61, 0.5336991, 0.6863009), abs=1e-7)
    assert found.p == pytest.approx(0.00494207, abs=1e-8)


@given(st.tuples(*[arrays(np.int64, 5, elements=st.integers(1, 30))] * 2))
def test_superiority_is_scipys_and_the_other_way_round_the_rest(groups):
    first, second = groups
    theirs = brunnermunzel(*(np.repeat(np.arange(5), counts) for counts in groups))

    found, back = superiority(first, second), superiority(second, first)

    assert found is not None
    assert back is not None
    assert found.p == pytest.approx(theirs.pvalue)
    assert (found.likely, found.low) == pytest.approx((1 - back.likely, 1 - back.high))


def test_a_group_wholly_above_is_certain():
    found = superiority(np.array([5, 0]), np.array([0, 5]))

    assert found is not None
    assert (found.likely, found.p) == (1, 0)
