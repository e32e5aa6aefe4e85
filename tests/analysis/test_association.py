"""Tests of a table, compared with what R, Agresti and scipy print."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import chi2_contingency, hypergeom
from scipy.stats import contingency as scipy_contingency

from apps.analysis.association import (
    FEWEST_DRAWS,
    Method,
    adjusted_residuals,
    affordable_draws,
    association,
    cochran_holds,
    corrected_v,
    fisher_p,
    monte_carlo_p,
    pearson,
    random_tables,
)
from apps.analysis.crosstabs import cross_table, pairs, table_of
from tests.analysis.golden import golden

JOB = np.array([[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]])
tables = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 60))
)
full_tables = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(20, 200))
)


def rng():
    return np.random.default_rng(20261125)


@pytest.mark.parametrize("name", ["X-chisq-agresti", "X-chisq-job"])
def test_pearson_agrees_with_the_golden_vectors(name):
    vector = golden(name)

    found = association(table_of(np.array(vector["input"]["table"])), rng(), draws=100)

    statistic, freedom, p = vector["published"]
    assert (found.statistic, found.freedom) == (pytest.approx(statistic, abs=vector["tolerance"]), freedom)
    if found.method is Method.PEARSON:
        assert found.p == pytest.approx(p, rel=1e-3)


def test_a_table_that_fails_cochrans_rule_is_tested_by_random_tables():
    vector = golden("X-fisher-job")

    found = association(table_of(np.array(vector["input"]["table"])), rng(), draws=100_000)

    assert (found.method, found.cochran, found.draws) == (Method.MONTE_CARLO, False, 100_000)
    assert found.p == pytest.approx(vector["published"][0], abs=vector["tolerance"])
    assert found.error == pytest.approx(0.0013, abs=1e-4)


def test_the_same_seed_draws_the_same_tables():
    first, second = (association(table_of(JOB), rng()) for _ in range(2))

    assert first.p == second.p


def test_equality_of_four_proportions_agrees_with_the_golden_vector():
    vector = golden("X-prop4")
    agreeing, readers = np.array(vector["input"]["x"]), np.array(vector["input"]["n"])

    found = association(table_of(np.vstack([agreeing, readers - agreeing])), rng())

    assert (found.statistic, found.p) == pytest.approx(tuple(vector["published"]), abs=vector["tolerance"])


def test_cramers_v_agrees_with_the_golden_vector():
    vector = golden("X-cramer")
    place = np.arange(150)
    counted = pairs((place % 10).astype(np.uint8), (place % 4).astype(np.uint8))
    table = cross_table(counted, range(10), range(4))

    found = association(table, rng(), draws=10)

    plain, corrected = vector["published"]
    assert np.sqrt(found.statistic / 150 / 3) == pytest.approx(plain, abs=vector["tolerance"])
    assert found.v == pytest.approx(corrected, abs=vector["tolerance"])


def test_two_by_two_is_fishers_where_cochrans_rule_fails():
    """Eleven of 60 readers in the small row; 4.4 of them are expected in one cell."""
    found = association(table_of(np.array([[2, 9], [22, 27]])), rng())

    assert found.method is Method.FISHER
    assert found.p == pytest.approx(0.1728047, abs=1e-7)


@pytest.mark.parametrize(("name", "alternative"), [("X-fisher-tea", "greater"), ("X-fisher-convict", "less")])
def test_fishers_exact_test_agrees_with_the_golden_vectors(name, alternative):
    vector = golden(name)

    p = fisher_p(np.array(vector["input"]["table"]), alternative)

    assert p == pytest.approx(vector["published"][0], abs=vector["tolerance"])


def test_nothing_is_tested_below_fifty_readers():
    found = association(table_of(np.array([[20, 5], [4, 20]])), rng())

    assert (found.method, found.p) == (Method.TOO_FEW, None)
    assert found.v > 0.5


def test_one_row_is_no_table():
    found = association(table_of(np.array([[30, 40], [0, 0]])), rng())

    assert (found.method, found.p, found.freedom, found.v) == (Method.ONE_LINE, None, 0, 0)


def test_nobody_is_no_table():
    found = association(table_of(np.zeros((2, 3), dtype=int)), rng())

    assert (found.method, found.p, found.statistic, found.v) == (Method.TOO_FEW, None, 0, 0)


def weighted_table(factor):
    first, second = rng().integers(0, 2, 400).astype(np.uint8), rng().integers(0, 3, 400).astype(np.uint8)
    weights = rng().uniform(0.3, 3, 400) * factor
    return cross_table(pairs(first, second, weights=weights), (0, 1), (0, 1, 2))


def test_weights_ten_times_as_large_change_nothing():
    one, ten = association(weighted_table(1), rng()), association(weighted_table(10), rng())

    assert one.method is ten.method is Method.RAO_SCOTT
    assert (one.statistic, one.p, one.v) == pytest.approx((ten.statistic, ten.p, ten.v))


def test_weights_are_tested_on_the_effective_number_of_readers():
    """X² of the table scaled to n, times the effective number, by n."""
    table = weighted_table(1)

    found = association(table, rng())

    scaled = chi2_contingency(table.weights * (400 / table.weights.sum()), correction=False)
    assert found.statistic == pytest.approx(scaled.statistic * table.effective / 400)


def test_weights_and_sparse_cells_leave_no_test():
    first = np.array([0] * 60 + [1] * 3, dtype=np.uint8)
    second = np.array([0, 1] * 31 + [1], dtype=np.uint8)

    found = association(cross_table(pairs(first, second, weights=np.linspace(1, 2, 63)), (0, 1), (0, 1)), rng())

    assert (found.method, found.p) == (Method.SPARSE, None)


@given(full_tables)
def test_pearson_is_scipys(counts):
    theirs = chi2_contingency(counts, correction=False)

    found = association(table_of(counts), rng())

    assert (found.statistic, found.freedom, found.p) == pytest.approx((theirs.statistic, theirs.dof, theirs.pvalue))


@given(tables)
def test_the_correction_only_lowers_v(counts):
    counts = counts + 1

    found = association(table_of(counts), rng(), draws=10)

    assert 0 <= found.v <= scipy_contingency.association(counts, method="cramer") + 1e-9


@given(tables, st.integers(0, 3))
def test_empty_rows_change_nothing(counts, at):
    counts = counts + 1
    wider = np.insert(counts, min(at, len(counts)), 0, axis=0)

    plain, with_empty = (association(table_of(each), rng(), draws=10) for each in (counts, wider))

    assert (plain.statistic, plain.freedom, plain.v) == pytest.approx(
        (with_empty.statistic, with_empty.freedom, with_empty.v)
    )


@given(tables)
def test_residuals_vanish_by_row_when_weighted_back(counts):
    """Of two columns the residuals of each row are opposite, because what one has too many the other has too few."""
    two = np.column_stack([counts[:, 0], counts[:, 1:].sum(axis=1)]).astype(float)

    residuals = adjusted_residuals(two)

    assert residuals[:, 0] == pytest.approx(-residuals[:, 1])


def test_adjusted_residuals_of_two_by_two_are_the_root_of_pearson():
    counts = np.array([[30.0, 10], [20, 40]])

    assert abs(adjusted_residuals(counts)) == pytest.approx(np.full((2, 2), np.sqrt(pearson(counts)[0])))


def test_cochrans_rule_wants_four_of_five_expected_counts_of_five():
    assert cochran_holds(np.array([[5.0, 5, 5, 5, 1]]))
    assert not cochran_holds(np.array([[5.0, 5, 5, 1, 1]]))
    assert not cochran_holds(np.array([[5.0, 5, 5, 5, 0.9]]))


@settings(max_examples=20)
@given(arrays(np.int64, (2, 3), elements=st.integers(1, 12)))
def test_random_tables_come_near_the_asymptotic_p(counts):
    """With a few more readers in each cell both must tell about the same."""
    counts = counts * 12

    p = monte_carlo_p(counts, rng(), 4000)

    assert p == pytest.approx(chi2_contingency(counts, correction=False).pvalue, abs=0.05)


@pytest.mark.parametrize("times", [1, 5000])
def test_random_tables_have_the_margins_and_scatter_as_they_must(times):
    """By the walk for few readers, cell by cell for many. The first cell is hypergeometric."""
    counts = JOB * times

    drawn = random_tables(counts, rng(), 3000)

    assert drawn.shape == (3000, 4, 4)
    assert (drawn.sum(axis=2) == counts.sum(axis=1)).all()
    assert (drawn.sum(axis=1) == counts.sum(axis=0)).all()
    assert (drawn >= 0).all()
    for row, column in ((0, 0), (1, 2), (3, 3)):
        cell = hypergeom(counts.sum(), counts[row].sum(), counts[:, column].sum())
        assert drawn[:, row, column].mean() == pytest.approx(cell.mean(), abs=4 * cell.std() / np.sqrt(3000))
        assert drawn[:, row, column].std() == pytest.approx(cell.std(), rel=0.06)


def test_large_tables_are_drawn_less_often():
    assert affordable_draws(JOB) > affordable_draws(JOB * 10_000) >= FEWEST_DRAWS


def test_v_of_a_single_reader_is_nothing():
    assert corrected_v(0.0, 1.0, (2, 2)) == 0
