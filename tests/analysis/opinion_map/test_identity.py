import numpy as np
import pytest

from apps.analysis.opinion_map.identity import kept_ids


def members(*words: str) -> np.ndarray:
    """One word per group, one sign per reader: # belongs to it."""
    return np.array([[float(sign == "#") for sign in word] for word in words])


HALVES = members("####....", "....####")


def test_same_readers_are_the_same_group_in_whichever_order_they_come():
    assert kept_ids(HALVES, HALVES[::-1], np.array([7, 3])).tolist() == [3, 7]


@pytest.mark.parametrize(
    ("now", "ids"),
    [
        (members("###.....", "...#####"), [0, 1]),
        (members("###.....", "...#....", "....####"), [0, 2, 1]),
        (members("########"), [2]),
        (members("#.#.#.#.", ".#.#.#.#"), [2, 3]),
    ],
    ids=["a few change sides", "some split off", "all are one", "others find each other"],
)
def test_most_of_both_makes_it_the_same_group(now, ids):
    assert kept_ids(HALVES, now, np.array([0, 1])).tolist() == ids


def test_id_that_was_ever_given_out_is_not_given_again():
    assert kept_ids(members("####...."), HALVES, np.array([1]), newest=4).tolist() == [1, 5]


def test_first_groups_count_from_nought():
    assert kept_ids(np.zeros((0, 8)), HALVES, np.zeros(0, dtype=np.int64)).tolist() == [0, 1]


def test_soft_memberships_overlap_softly():
    before = np.array([[0.9, 0.8, 0.2], [0.1, 0.2, 0.8]])

    assert kept_ids(before, before[::-1], np.array([0, 1])).tolist() == [1, 0]
