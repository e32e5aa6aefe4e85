import numpy as np
import pytest

from apps.analysis.opinion_map.agreement import adjusted_rand_index


def test_same_groups_under_other_names_agree_fully():
    assert adjusted_rand_index(np.array([0, 0, 1, 2]), np.array([5, 5, 9, 7])) == 1.0


def test_a_case_done_by_hand():
    # Pairs together in both: 2; in the first 6, in the second 4, of 15: chance 1.6.
    first, second = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])

    assert adjusted_rand_index(first, second) == pytest.approx((2 - 6 * 3 / 15) / ((6 + 3) / 2 - 6 * 3 / 15))


def test_one_group_against_one_group_agrees():
    assert adjusted_rand_index(np.zeros(4, dtype=int), np.zeros(4, dtype=int)) == 1.0
