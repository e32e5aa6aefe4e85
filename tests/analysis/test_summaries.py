import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.analysis.summaries import bin_edges, net, round_width, summary
from tests.analysis.golden import golden


def test_net_agrees_with_the_golden_vector():
    vector = golden("S-net")
    counts = np.array(vector["input"]["counts"])

    assert net(counts, np.array([1, 1, 0, -1, -1]), int(counts.sum())) == pytest.approx(vector["published"][0])


def test_net_has_everybody_in_its_base():
    """Of ten readers six lean up, two down, two do not know: 60 % less 20 %."""
    assert net(np.array([6, 2, 2]), np.array([1, -1, 0]), 10) == pytest.approx(0.4)
    assert net(np.array([0, 0, 0]), np.array([1, -1, 0]), 0) == 0


def test_summary_of_a_few_values():
    """0, 5, 5, 7, 10."""
    found = summary(np.array([10.0, 0, 5, 7]), np.array([1, 1, 2, 1]))

    assert found is not None
    assert (found.readers, found.mean, found.median) == (5, 5.4, 5)
    assert (found.lower_quartile, found.upper_quartile, found.smallest, found.largest) == (5, 7, 0, 10)


def test_summary_of_nobody_is_none():
    assert summary(np.array([1.0, 2.0]), np.array([0, 0])) is None


def test_bins_have_round_edges():
    assert bin_edges(0, 100).tolist() == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110]
    assert bin_edges(18, 64).tolist() == [15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65]


def test_one_single_value_makes_one_bin():
    assert bin_edges(7, 7).tolist() == [7, 8]


@pytest.mark.parametrize(("width", "rounded"), [(1, 1), (1.1, 2), (0.3, 0.5), (34, 50), (99, 100), (0.1, 0.1)])
def test_widths_are_rounded_up(width, rounded):
    assert round_width(width) == pytest.approx(rounded)


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_bins_hold_both_ends_and_are_not_many(low, span):
    edges = bin_edges(low, low + span)

    assert (np.diff(edges) > 0).all()
    assert edges[0] <= low + 1e-6
    assert low + span <= edges[-1] + 1e-6
    assert len(edges) <= 13
