import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.analysis.summaries import bin_edges, net, round_width, summary
from tests.analysis.golden import golden

some_values = st.dictionaries(st.integers(-50, 2000), st.integers(1, 30), min_size=1, max_size=40)


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
    values = np.arange(0.0, 100.0)

    assert bin_edges(values, np.ones(100), 10).tolist() == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]


def test_small_bins_join_their_neighbours():
    """Nobody stands alone in a bin: the reader with 990 shares one with the others."""
    edges = bin_edges(np.array([1.0, 2.0, 990.0]), np.array([12, 11, 1]), 10)

    assert edges.tolist() == [0, 1000]


def test_one_single_value_makes_one_bin():
    edges = bin_edges(np.array([7.0]), np.array([20]), 10)

    assert edges[0] <= 7 < edges[-1]


@pytest.mark.parametrize(("width", "rounded"), [(1, 1), (1.1, 2), (0.3, 0.5), (34, 50), (99, 100), (0.1, 0.1)])
def test_widths_are_rounded_up(width, rounded):
    assert round_width(width) == pytest.approx(rounded)


@given(some_values, st.integers(1, 20))
def test_every_reader_falls_into_a_bin_and_no_bin_is_small(held, smallest):
    values, counts = np.array(list(held), dtype=float), np.array(list(held.values()))

    edges = bin_edges(values, counts, smallest)
    binned = np.histogram(values, edges, weights=counts)[0]

    assert (np.diff(edges) > 0).all()
    assert binned.sum() == counts.sum()
    assert counts.sum() < smallest or (binned >= smallest).all()
