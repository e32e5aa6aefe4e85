"""Two answers against each other, by cases that a person can check, and by what must hold for any readers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.crosstabs import cross_table, pairs, part_of, table_of

CODES = (1, 2, 3, 98)
any_pairs = st.integers(1, 60).flatmap(
    lambda size: st.tuples(*[arrays(np.uint8, size, elements=st.sampled_from([*CODES, 97, 255]))] * 2)
)


def bytes_of(*codes):
    return np.array(codes, dtype=np.uint8)


def test_readers_are_counted_where_both_answered():
    """Five readers; one left the first blank, one was not shown the second."""
    counted = pairs(bytes_of(1, 1, 2, 97, 2), bytes_of(5, 4, 5, 5, 255))

    table = cross_table(counted, (1, 2), (5, 4))

    assert table.counts.tolist() == [[1, 1], [1, 0]]
    assert (table.readers, table.left_out, table.weighted) == (3, 2, False)


def test_rows_and_columns_come_in_the_order_asked_for():
    counted = pairs(bytes_of(1, 1, 2), bytes_of(5, 4, 5))

    assert cross_table(counted, (2, 1), (4, 5)).counts.tolist() == [[0, 1], [1, 1]]


def test_signed_bytes_are_the_same_bytes():
    """-1 is 255: not shown."""
    signed, unsigned = np.array([1, -1, 2], dtype=np.int8), bytes_of(7, 7, 8)

    table = cross_table(pairs(signed, unsigned), (1, 2, -1), (7, 8))

    assert table.counts.tolist() == [[1, 0], [0, 1], [1, 0]]


def test_weights_add_up_in_each_cell_and_shares_stand_within_columns():
    table = cross_table(pairs(bytes_of(1, 1, 2), bytes_of(5, 5, 5), weights=np.array([1.0, 2.0, 3.0])), (1, 2), (5, 4))

    assert table.counts.tolist() == [[2, 0], [1, 0]]
    assert table.weights.tolist() == [[3, 0], [3, 0]]
    assert table.squares.tolist() == [[5, 0], [9, 0]]
    assert table.column_shares.tolist() == [[0.5, 0], [0.5, 0]]
    assert table.effective == pytest.approx(36 / 14)


def test_a_third_answer_filters():
    first, second, third = bytes_of(1, 1, 2, 2), bytes_of(1, 2, 1, 2), bytes_of(9, 9, 9, 8)

    table = cross_table(pairs(first, second, weights=np.full(4, 2.0), chosen=third == 9), (1, 2), (1, 2))

    assert table.counts.tolist() == [[1, 1], [1, 0]]
    assert table.weights.sum() == 6


def test_a_table_of_nobody_has_no_readers_and_no_effective_ones():
    table = cross_table(pairs(bytes_of(), bytes_of()), (1, 2), (1, 2))

    assert (table.readers, table.effective, table.left_out) == (0, 0, 0)
    assert table.effective_counts.tolist() == table.column_shares.tolist() == [[0, 0], [0, 0]]


@pytest.mark.parametrize("weight", [-1.0, np.nan, np.inf])
def test_weights_that_are_none_are_refused(weight):
    with pytest.raises(ValueError, match="finite and not negative"):
        pairs(bytes_of(1), bytes_of(1), weights=np.array([weight]))


def test_answers_that_are_no_bytes_are_refused():
    """Each of their bytes would count as a reader."""
    with pytest.raises(ValueError, match="bytes, one a reader"):
        pairs(np.array([1, 2]), bytes_of(1, 2))


def test_a_table_counted_elsewhere_has_one_reader_a_count():
    table = table_of(np.array([[3, 1], [1, 3]]))

    assert (table.readers, table.effective, table.weighted) == (8, 8, False)


def test_a_part_of_a_table_leaves_the_others_out():
    table = cross_table(pairs(bytes_of(1, 1, 98, 97), bytes_of(5, 4, 5, 5)), (1, 2, 98), (5, 4))

    part = part_of(table, (2, 1), (4,))

    assert (part.counts.tolist(), part.left_out) == ([[0], [1]], 3)


@given(any_pairs)
def test_every_reader_is_in_one_cell_or_left_out(answers):
    table = cross_table(pairs(*answers), CODES, CODES)

    assert table.readers + table.left_out == len(answers[0])


@given(any_pairs, any_pairs)
def test_parts_counted_apart_add_up(one, other):
    together = pairs(*(np.concatenate(both) for both in zip(one, other, strict=True)))

    added = pairs(*one) + pairs(*other)

    assert np.array_equal(added.readers, together.readers)
    assert np.array_equal(added.weights, together.weights)
    assert np.array_equal(added.squares, together.squares)


@given(any_pairs, st.randoms())
def test_the_order_of_readers_does_not_matter(answers, random):
    order = random.sample(range(len(answers[0])), len(answers[0]))

    assert np.array_equal(pairs(*answers).readers, pairs(*(column[order] for column in answers)).readers)


@given(any_pairs)
def test_the_first_against_the_second_is_the_second_against_the_first_turned(answers):
    assert np.array_equal(pairs(*answers).readers, pairs(*answers[::-1]).readers.T)


@given(any_pairs)
def test_nothing_is_written_into_the_answers(answers):
    before = [column.copy() for column in answers]

    pairs(*answers)

    assert all(np.array_equal(*both) for both in zip(before, answers, strict=True))
