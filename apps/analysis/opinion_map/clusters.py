"""k-means and silhouettes of points in the plane, without chance: the first distinct points are the first centres."""

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.votes import Numbers

CHUNK = 4_096  # points at a time, so that memory does not grow with readers × centres


def k_means(points: Numbers, weights: Numbers, k: int, *, steps: int) -> tuple[Numbers, NDArray[np.intp]]:
    """At most `steps` weighted Lloyd steps on points (n, d), weights (n,): centres (≤ k, d), each point's centre (n,).

    Starts from the first k distinct points in their order; centres that lose all their points are dropped.
    """
    centres = first_distinct(points, k)
    labels = nearest(points, centres)
    for _ in range(steps):
        before, kept = labels, len(centres)
        centres = means(points, weights, labels, kept)
        labels = nearest(points, centres)
        if len(centres) == kept and np.array_equal(labels, before):
            break
    return centres, labels


def first_distinct(points: Numbers, k: int) -> Numbers:
    """The first k of points (n, d) that differ, in their order: (≤ k, d)."""
    _, first = np.unique(points, axis=0, return_index=True)
    return points[np.sort(first)[:k]]


def means(points: Numbers, weights: Numbers, labels: NDArray[np.intp], k: int) -> Numbers:
    """Weighted means of the points (n, d) by their label (n,); labels that nobody has are left out: (≤ k, d)."""
    mass = np.bincount(labels, weights, minlength=k)
    sums = np.stack([np.bincount(labels, weights * column, minlength=k) for column in points.T], axis=1)
    return sums[mass > 0] / mass[mass > 0, None]


def nearest(points: Numbers, centres: Numbers) -> NDArray[np.intp]:
    """The closest centre of each point; the lower number wins a tie."""
    found = np.empty(len(points), dtype=np.intp)
    half = (centres**2).sum(axis=1) / 2  # |p - c|² less |p|², halved: the same order with one product
    for start in range(0, len(points), CHUNK):
        found[start : start + CHUNK] = (half - points[start : start + CHUNK] @ centres.T).argmin(axis=1)
    return found


def squared_distances(points: Numbers, centres: Numbers) -> Numbers:
    """(n, d), (k, d) → (n, k)."""
    return np.asarray(((points[:, None] - centres) ** 2).sum(axis=2))


def mean_silhouette(points: Numbers, labels: NDArray[np.intp]) -> float:
    """Mean over points (n, d) of (b - a) / max(a, b), 0 for a point alone in its cluster (Rousseeuw 1987)."""
    distances = np.sqrt(squared_distances(points, points))
    present = np.unique(labels)
    sums = np.stack([distances[:, labels == label].sum(axis=1) for label in present], axis=1)
    sizes = np.array([(labels == label).sum() for label in present])
    own = np.searchsorted(present, labels)
    row = np.arange(len(points))
    alone = sizes[own] == 1
    inside = sums[row, own] / np.maximum(sizes[own] - 1, 1)
    between = sums / sizes
    between[row, own] = np.inf
    outside = between.min(axis=1)
    larger = np.maximum(inside, outside)
    widths = np.divide(outside - inside, larger, out=np.zeros(len(points)), where=larger > 0)
    return float(np.where(alone, 0.0, widths).mean())
