import numpy as np
import pytest

from apps.analysis.opinion_map.clusters import first_distinct, k_means, mean_silhouette

CORNERS = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 1.0], [10.0, 1.0]])
EVEN = np.ones(4)


def test_two_pairs_become_two_clusters():
    centres, labels = k_means(CORNERS, EVEN, 2, steps=20)

    assert centres.tolist() == [[0.0, 0.5], [10.0, 0.5]]
    assert labels.tolist() == [0, 1, 0, 1]


def test_heavy_point_pulls_its_centre():
    centres, _ = k_means(CORNERS, np.array([3.0, 1.0, 1.0, 1.0]), 2, steps=20)

    assert centres[0].tolist() == [0.0, 0.25]


def test_first_centres_are_the_first_distinct_points():
    points = np.array([[5.0, 5.0], [1.0, 1.0], [5.0, 5.0], [0.0, 0.0]])

    assert first_distinct(points, 2).tolist() == [[5.0, 5.0], [1.0, 1.0]]


def test_fewer_points_than_clusters_are_a_cluster_each():
    centres, labels = k_means(CORNERS, EVEN, 10, steps=20)

    assert centres.tolist() == CORNERS.tolist()
    assert labels.tolist() == [0, 1, 2, 3]


def test_silhouette_of_a_case_done_by_hand():
    # Points 0, 1 and 5 on a line, the first two together: widths 4/5 and 3/4, and 0 for the one alone.
    points = np.array([[0.0, 0.0], [1.0, 0.0], [5.0, 0.0]])

    assert mean_silhouette(points, np.array([0, 0, 1])) == pytest.approx((4 / 5 + 3 / 4) / 3)
