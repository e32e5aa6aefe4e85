"""Two coders, compared with Cohen's and Krippendorff's own examples and with statsmodels and krippendorff."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.coders import alpha, coded_by_both, kappa

THREE_CODES = np.array([[20, 5, 1], [4, 30, 6], [2, 3, 29]])
tables = st.integers(2, 4).flatmap(lambda size: arrays(np.int64, (size, size), elements=st.integers(0, 30)))


def rng():
    return np.random.default_rng(7)


def coded(first, second):
    letters = "abcde"
    one, other = (np.array([letters.index(letter) for letter in text]) for text in (first, second))
    return coded_by_both(one, other, 5)


def test_only_answers_that_both_coded_count():
    table = coded_by_both(np.array([0, 1, -1, 1]), np.array([0, 0, 1, -1]), 2)

    assert table.tolist() == [[1, 0], [1, 0]]


def test_kappa_of_cohens_own_example():
    """Cohen 1960: 200 answers, kappa 0.492; the error is that of statsmodels 0.15.0."""
    found = kappa(np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]]))

    assert found is not None
    assert (found.coefficient, found.share, found.answers) == (pytest.approx(0.492, abs=5e-4), 0.7, 200)
    assert (found.high - found.low) / 2 / 1.959964 == pytest.approx(0.0510018, abs=1e-6)


def test_no_two_coders_differ_more_than_always():
    """The normal interval of few answers would go below -1."""
    found = kappa(np.array([[1, 1], [1, 0]]))

    assert found is not None
    assert (found.coefficient, found.low) == (pytest.approx(-0.5), -1.0)


def test_kappa_agrees_with_statsmodels():
    """cohens_kappa of statsmodels 0.15.0."""
    found = kappa(THREE_CODES)

    assert found is not None
    assert (found.coefficient, found.low, found.high) == pytest.approx((0.6808511, 0.5593519, 0.8023503), abs=1e-6)


def test_alpha_of_krippendorffs_own_examples():
    """Computing Krippendorff's Alpha-Reliability (2011), parts A and B: 0.095 and 0.692."""
    binary = alpha(coded("abaaaaaaba", "bbbaabaaaa"), rng())
    nominal = alpha(coded("aabbdcccedda", "babbbccceddd"), rng())

    assert binary is not None
    assert nominal is not None
    assert binary.coefficient == pytest.approx(0.095, abs=5e-4)
    assert nominal.coefficient == pytest.approx(0.692, abs=5e-4)


def test_alpha_agrees_with_the_package_krippendorff():
    """krippendorff 0.9.0, nominal."""
    found = alpha(THREE_CODES, rng(), draws=10)

    assert found is not None
    assert found.coefficient == pytest.approx(0.6823503, abs=1e-7)


def test_alpha_and_kappa_have_about_the_same_interval_for_many_answers():
    drawn, exact = alpha(THREE_CODES * 10, rng()), kappa(THREE_CODES * 10)

    assert drawn is not None
    assert exact is not None
    assert (drawn.low, drawn.high) == pytest.approx((exact.low, exact.high), abs=0.01)


def test_nothing_to_compare_has_no_agreement():
    for table in (np.zeros((2, 2), dtype=int), np.array([[9, 0], [0, 0]])):
        assert kappa(table) is None
        assert alpha(table, rng()) is None


def test_full_agreement_is_one():
    full = np.diag([10, 20, 5])
    by_chance, drawn = kappa(full), alpha(full, rng())

    assert by_chance is not None
    assert drawn is not None
    assert (by_chance.coefficient, by_chance.low, by_chance.high) == pytest.approx((1, 1, 1))
    assert (drawn.coefficient, drawn.low, drawn.high) == pytest.approx((1, 1, 1))


@given(tables)
def test_who_codes_first_does_not_matter(table):
    for one, other in ((kappa(table), kappa(table.T)), (alpha(table, rng(), draws=5), alpha(table.T, rng(), draws=5))):
        assert (one is None) == (other is None)
        if one and other:
            assert one.coefficient == pytest.approx(other.coefficient)
            assert one.coefficient <= 1 + 1e-9


@given(tables)
def test_chance_has_no_agreement(table):
    margins = np.outer(table.sum(axis=1), table.sum(axis=0))

    found = kappa(margins)

    assert found is None or found.coefficient == pytest.approx(0, abs=1e-9)
