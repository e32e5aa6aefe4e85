"""When readers came, and who came early. Days are whole numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import Counts

Days = NDArray[np.integer]
Flags = NDArray[np.bool_]

EARLY, LATE = 0, 1


@dataclass(frozen=True)
class Bins:
    """Readers from `starts[i]` up to, not including, `starts[i] + width`, each (bins,). No bin is left out."""

    starts: Days
    width: int
    readers: Counts


def arrivals(days: Days, width: int = 1) -> Bins | None:
    """From the first to the last day, (readers,). None where nobody came."""
    if not len(days):
        return None
    first = int(days.min())
    readers = np.bincount((days - first) // width)
    return Bins(first + width * np.arange(len(readers)), width, readers)


def early(days: Days, part: float = 0.5) -> Flags | None:
    """Who belongs to the first `part` of readers, (readers,): whole days, as near to it as they come. None where all
    came on one day."""
    bins = arrivals(days)
    if bins is None or len(bins.readers) < 2:
        return None
    reached = np.cumsum(bins.readers)[:-1] / len(days)
    last = int(np.abs(reached - part).argmin())
    return days <= bins.starts[last]
