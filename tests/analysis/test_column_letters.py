"""Which columns differ, and that a table of many tests does not find differences in noise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.column_letters import compare_columns, holm, letter, pooled_z
from apps.analysis.crosstabs import cross_table, pairs, table_of
from tests.analysis.golden import golden

tables = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 200))
)
probabilities = st.lists(st.floats(0, 1), min_size=1, max_size=12).map(np.array)


def two_rows(agreeing, readers):
    return table_of(np.vstack([agreeing, np.array(readers) - agreeing]))


def test_pairs_of_columns_agree_with_the_golden_vector():
    vector = golden("X-pair-holm")

    found = compare_columns(two_rows(vector["input"]["x"], vector["input"]["n"]))

    plain, adjusted = vector["published"]
    assert found.p[0] == pytest.approx(plain, abs=vector["tolerance"])
    assert found.adjusted[0] == pytest.approx(adjusted, abs=vector["tolerance"])
    assert found.letters == (("", "A C", "", ""), ("B", "", "B", ""))


def test_two_proportions_agree_with_the_golden_vector():
    vector = golden("X-ztest")
    readers = np.array(vector["input"]["n"], dtype=float)

    z = pooled_z(np.array([vector["input"]["x"]]) / readers, readers, ((0, 1),))

    assert z[0, 0] == pytest.approx(vector["published"][0], abs=vector["tolerance"])


def test_a_cell_carries_the_letters_of_the_columns_it_exceeds():
    """80, 50 and 45 of 100 agree."""
    found = compare_columns(two_rows([80, 50, 45], [100, 100, 100]))

    assert found.letters == (("B C", "", ""), ("", "A", "A"))


def test_a_column_of_few_readers_is_not_compared():
    found = compare_columns(two_rows([80, 5, 45], [100, 49, 100]))

    assert (found.compared, found.pairs) == ((0, 2), ((0, 2),))
    assert found.letters == (("C", "", ""), ("", "", "A"))


def test_one_column_is_compared_with_nothing():
    found = compare_columns(table_of(np.array([[60], [40], [3]])))

    assert found.letters == (("",), ("",), ("",))
    assert found.p.shape == (3, 0)


def test_an_option_that_nobody_or_everybody_chose_differs_nowhere():
    found = compare_columns(table_of(np.array([[0, 0], [70, 80], [0, 0]])))

    assert found.letters == (("", ""), ("", ""), ("", ""))
    assert found.z.tolist() == [[0], [0], [0]]


def test_weights_ten_times_as_large_change_no_letter():
    rng = np.random.default_rng(5)
    first = rng.integers(0, 3, 600).astype(np.uint8)
    second = np.where(rng.random(600) < 0.7, first, 0).astype(np.uint8)
    weights = rng.uniform(0.3, 3, 600)

    one, ten = (
        compare_columns(cross_table(pairs(first, second, weights=weights * factor), range(3), range(3)))
        for factor in (1, 10)
    )

    assert one.letters == ten.letters
    assert one.adjusted == pytest.approx(ten.adjusted)
    assert any(any(row) for row in one.letters)


@given(tables)
def test_a_difference_has_one_direction(counts):
    found = compare_columns(table_of(counts))

    for row in found.letters:
        for place, cell in enumerate(row):
            assert letter(place) not in cell.split()
            assert all(letter(place) not in row[ord(other) - ord("A")].split() for other in cell.split())


@given(probabilities)
def test_holm_lies_between_the_plain_p_and_bonferronis(p):
    adjusted = holm(p)

    assert (adjusted >= p - 1e-15).all()
    assert (adjusted <= np.minimum(p * len(p), 1) + 1e-15).all()
    assert adjusted.min() == pytest.approx(min(1, p.min() * len(p)))


@given(probabilities)
def test_holm_keeps_the_order(p):
    order = np.argsort(p, kind="stable")

    assert (np.diff(holm(p)[order]) >= 0).all()


def test_letters_go_on_after_z():
    assert [letter(place) for place in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
