"""Several choices of one reader, counted by readers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.choices import stages
from apps.analysis.column_letters import compare_columns
from apps.analysis.multiple_answers import any_place, choices, compare_options, option_tables
from tests.analysis.profiles import TOP_THREE, unrolled

answers = st.integers(1, 40).flatmap(
    lambda size: st.tuples(
        arrays(np.uint8, (size, 3), elements=st.integers(0, 1)),
        arrays(np.uint8, size, elements=st.integers(1, 2)),
    )
)


def test_shares_are_of_readers_who_answered():
    """Three answered: both options, one, none. One left it blank, one was not asked."""
    codes = np.array([[1, 1], [1, 0], [0, 0], [97, 97], [255, 255]], dtype=np.uint8)

    found = choices(codes)

    assert (found.chosen.tolist(), found.base, found.per_reader) == ([2, 1], 3, 1)


def test_nobody_chose_nothing():
    found = choices(np.full((2, 3), 255, dtype=np.uint8))

    assert (found.chosen.tolist(), found.base, found.per_reader) == ([0, 0, 0], 0, 0)


def test_each_option_has_its_own_table():
    codes = np.array([[1, 0], [0, 1], [1, 1], [97, 97]], dtype=np.uint8)

    first, second = option_tables(codes, np.array([5, 5, 6, 6], dtype=np.uint8), (5, 6))

    assert first.counts.tolist() == [[1, 1], [1, 0]]
    assert second.counts.tolist() == [[1, 1], [1, 0]]
    assert first.left_out == 1


def test_options_are_compared_as_one_family():
    """80 against 50 of 100 for one option; the other is alike on both sides and doubles the p of the first."""
    one = np.repeat([1, 0, 1, 0], [80, 20, 50, 50])
    other = np.tile([1, 0], 100)
    columns = np.repeat([1, 2], 100).astype(np.uint8)
    tables = option_tables(np.column_stack([one, other]).astype(np.uint8), columns, (1, 2))

    found = compare_options(tables)

    alone = compare_columns(tables[0])
    assert found.letters == (("B", ""), ("", ""))
    assert found.adjusted[0, 0] == pytest.approx(2 * alone.p[0, 0])


def test_a_ranking_becomes_choices_of_any_place():
    places = unrolled(TOP_THREE, 3)

    found = choices(any_place(places, range(6)))

    assert found.chosen.tolist() == stages(places, range(6)).ranked.tolist()
    assert found.base == 100


def test_who_ranked_nothing_has_not_answered():
    places = np.array([[2, 255], [97, 97], [98, 255]], dtype=np.uint8)

    assert any_place(places, (1, 2)).tolist() == [[0, 1], [255, 255], [255, 255]]


@given(answers)
def test_tables_add_up_to_the_choices(given_answers):
    codes, columns = given_answers

    tables = option_tables(codes, columns, (1, 2))

    assert [int(table.counts[0].sum()) for table in tables] == choices(codes).chosen.tolist()
    assert {table.readers for table in tables} == {len(codes)}
