"""Groups keep their names from one run to the next: the same readers, in the main, are the same group."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from apps.analysis.opinion_map.votes import Numbers

Ids = NDArray[np.int64]
MAJORITY = 0.5  # of the larger of the two groups has to be in both


def kept_ids(before: Numbers, now: Numbers, ids: Ids, *, newest: int | None = None) -> Ids:
    """Ids of the groups of this run, (k₂,), given those of the run before, `ids` (k₁,).

    `before` (k₁, n) and `now` (k₂, n) are memberships of the same readers: nothing about them has to be kept, for they
    can be placed by the statements' side of the former run. The pairing with the largest overlap in all (Kuhn 1955)
    counts where most of the larger group is in both; any other group is new and gets an id that was never given out:
    `newest` is the largest that ever was.
    """
    overlap = before @ now.T
    rows, columns = linear_sum_assignment(overlap, maximize=True)
    found = np.full(len(now), -1, dtype=np.int64)
    for row, column in zip(rows, columns, strict=True):
        larger = max(before[row].sum(), now[column].sum())
        if overlap[row, column] > MAJORITY * larger:
            found[column] = ids[row]
    largest = max([int(ids.max(initial=-1)), -1 if newest is None else newest])
    new = np.flatnonzero(found < 0)
    found[new] = largest + 1 + np.arange(len(new))
    return found
