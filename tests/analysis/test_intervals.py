"""When one answer may be called more frequent than another."""

import numpy as np
import pytest

from apps.analysis.intervals import difference, goodman, lead, wilson
from tests.analysis.golden import golden


def test_goodman_agrees_with_the_golden_intervals():
    vector = golden("M-goodman-1")
    counts = np.array(vector["input"]["counts"])

    low, high = goodman(counts, int(counts.sum()))

    assert np.column_stack([low, high]) == pytest.approx(np.array(vector["published"]), abs=vector["tolerance"])


@pytest.mark.parametrize(("kind", "readers"), [(np.uint8, 60), (np.int32, 40_000), (np.int64, 2_000_000_000)])
def test_goodman_does_not_overflow(kind, readers):
    """Half and half are as sure of themselves as the formula says, however the counts are stored."""
    low, high = goodman(np.array([readers, readers], dtype=kind), 2 * readers)

    c = 5.023886187314888  # chi² with one degree of freedom at 1 - 0.05 / 2
    reach = np.sqrt(c * (c + 2.0 * readers)) / (2 * (2 * readers + c))
    assert np.array([low, high]) == pytest.approx(np.array([[0.5 - reach] * 2, [0.5 + reach] * 2]), rel=1e-12)


def test_a_wide_distance_makes_one_leader():
    """53 % against 22, 18 and 7 % of 412."""
    found = lead(np.array([90, 218, 74, 30]), 412)

    assert found.leaders == (1,)
    assert 0.1 < found.width < 0.15


def test_a_distance_within_the_interval_makes_two_leaders_the_larger_first():
    assert lead(np.array([150, 160, 20]), 330).leaders == (1, 0)


def test_few_readers_show_no_leader():
    assert lead(np.array([7, 3, 2]), 12).leaders == (0, 1, 2)


def test_a_thousand_times_the_readers_show_one():
    assert lead(np.array([7000, 3000, 2000]), 12000).leaders == (0,)


def test_a_difference_of_shares_agrees_with_the_golden_vector():
    vector = golden("P-diff-newcombe")
    given_input = vector["input"]

    found = difference((given_input["x1"], given_input["n1"]), (given_input["x2"], given_input["n2"]))

    assert found == pytest.approx(tuple(vector["published"]), abs=vector["tolerance"])


def test_a_difference_turned_round_changes_its_sign():
    low, high = difference((9, 10), (3, 10))

    assert difference((3, 10), (9, 10)) == pytest.approx((-high, -low))
    assert (low, high) == pytest.approx((0.1705, 0.8090), abs=1e-4)  # Newcombe 1998, Table II (b), method 10


def test_where_nobody_answered_anything_is_possible():
    low, high = wilson(np.array([0.0, 5]), np.array([0.0, 10]))

    assert (low[0], high[0]) == (0, 1)
    assert 0 < low[1] < 0.5 < high[1] < 1
