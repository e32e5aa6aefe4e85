"""Which tests a table has."""

import numpy as np
import pytest
from scipy.stats import kendalltau, kruskal

from apps.analysis.association import association
from apps.analysis.column_letters import compare_columns
from apps.analysis.crosstabs import cross_table, pairs
from apps.analysis.table_tests import table_tests

SCALE, GROUPS, DONT_KNOW = (1, 2, 3, 4, 5), (11, 12, 13), 98


def rng():
    return np.random.default_rng(6)


def readers():
    """A scale with don't-know, three groups of which the last stands higher, a second scale that follows the first."""
    group = rng().choice(GROUPS, 600)
    first = np.clip(rng().integers(1, 6, 600) + (group == 13), 1, 5)
    second = np.clip(first + rng().integers(-1, 2, 600), 1, 5)
    first[::20] = DONT_KNOW
    return first.astype(np.uint8), group.astype(np.uint8), second.astype(np.uint8)


def test_a_nominal_table_has_association_and_letters():
    first, group, _ = readers()
    table = cross_table(pairs(first, group), (*SCALE, DONT_KNOW), GROUPS)

    found = table_tests(table, rng())

    assert found.association.p == association(table, rng()).p
    assert found.comparisons.letters == compare_columns(table).letters
    assert (found.together, found.heights) == (None, None)


def test_a_scale_against_groups_has_heights_without_those_who_do_not_know():
    first, group, _ = readers()
    table = cross_table(pairs(first, group), (*SCALE, DONT_KNOW), GROUPS)
    theirs = kruskal(*(first[(group == each) & (first <= 5)] for each in GROUPS))

    found = table_tests(table, rng(), row_scale=SCALE)

    assert found.together is None
    assert found.heights is not None
    assert (found.heights.statistic, found.heights.p) == pytest.approx((theirs.statistic, theirs.pvalue))
    assert found.association.freedom == 10


def test_groups_may_be_the_rows():
    first, group, _ = readers()
    table = cross_table(pairs(group, first), GROUPS, (*SCALE, DONT_KNOW))
    turned = cross_table(pairs(first, group), (*SCALE, DONT_KNOW), GROUPS)

    found = table_tests(table, rng(), column_scale=SCALE)

    assert found.heights == table_tests(turned, rng(), row_scale=SCALE).heights


def test_two_scales_rise_together():
    first, _, second = readers()
    knows = first != DONT_KNOW
    table = cross_table(pairs(first, second), (*SCALE, DONT_KNOW), SCALE)

    found = table_tests(table, rng(), row_scale=SCALE, column_scale=SCALE)

    assert found.heights is None
    assert found.together is not None
    assert found.together.tau_b == pytest.approx(kendalltau(first[knows], second[knows]).statistic)
    assert found.together.tau_low > 0.5


def test_weights_ten_times_as_large_change_nothing():
    first, _, second = readers()
    weights = rng().uniform(0.3, 3, 600)

    one, ten = (
        table_tests(
            cross_table(pairs(first, second, weights=weights * factor), (*SCALE, DONT_KNOW), SCALE),
            rng(),
            row_scale=SCALE,
            column_scale=SCALE,
        )
        for factor in (1, 10)
    )

    assert one.together is not None
    assert ten.together is not None
    assert vars(one.together) == pytest.approx(vars(ten.together))
    assert one.association.p == pytest.approx(ten.association.p)
    assert one.comparisons.adjusted == pytest.approx(ten.comparisons.adjusted)
