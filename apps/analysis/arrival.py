"""When readers came, and whether those who came late answered otherwise. Days are whole numbers; hours may be, too."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from apps.analysis.association import Association, association
from apps.analysis.crosstabs import Bytes, CrossTable, cross_table, pairs
from apps.analysis.intervals import difference, wilson
from apps.analysis.tabulation import VALUES, Counts

Days = NDArray[np.integer]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]

EARLY, LATE = 0, 1


@dataclass(frozen=True)
class Bins:
    """Readers from `starts[i]` up to, not including, `starts[i] + width`, each (bins,). No bin is left out."""

    starts: Days
    width: int
    readers: Counts


@dataclass(frozen=True)
class Course:
    """How answers changed: `counts` (bins, codes), `readers` (bins,) who gave one of the codes, and of each share the
    95 % interval `low` … `high` (bins, codes)."""

    bins: Bins
    counts: Counts
    readers: Counts
    low: Numbers
    high: Numbers


@dataclass(frozen=True)
class EarlyAndLate:
    """`table`: codes by early and late. `late_less_early`: interval of the difference of shares of each code, None
    where one of the two is empty."""

    table: CrossTable
    association: Association
    late_less_early: tuple[tuple[float, float] | None, ...]


def arrivals(days: Days, width: int = 1) -> Bins | None:
    """From the first to the last day, (readers,). None where nobody came."""
    if not len(days):
        return None
    first = int(days.min())
    readers = np.bincount((days - first) // width)
    return Bins(first + width * np.arange(len(readers)), width, readers)


def course(days: Days, answers: Bytes, codes: Sequence[int], width: int = 1) -> Course | None:
    """The shares of `codes` among the answers (readers,) of each bin."""
    bins = arrivals(days, width)
    if bins is None:
        return None
    place = np.full(VALUES, -1)
    place[[code % VALUES for code in codes]] = np.arange(len(codes))
    code = place[answers.view(np.uint8)]
    given = code >= 0
    cell = (days[given] - bins.starts[0]) // width * len(codes) + code[given]
    counts = np.bincount(cell, minlength=len(bins.readers) * len(codes)).reshape(-1, len(codes))
    readers = counts.sum(axis=1)
    low, high = wilson(counts, np.broadcast_to(readers[:, None], counts.shape))
    return Course(bins, counts, readers, low, high)


def early(days: Days, part: float = 0.5) -> Flags | None:
    """Who belongs to the first `part` of readers, (readers,): whole days, as near to it as they come. None where all
    came on one day."""
    bins = arrivals(days)
    if bins is None or len(bins.readers) < 2:
        return None
    reached = np.cumsum(bins.readers)[:-1] / len(days)
    last = int(np.abs(reached - part).argmin())
    return days <= bins.starts[last]


def early_and_late(answers: Bytes, is_early: Flags, codes: Sequence[int], rng: Generator) -> EarlyAndLate:
    """The `codes` among the answers (readers,) of those who came early, and of the others."""
    side = np.where(is_early, EARLY, LATE).astype(np.uint8)
    table = cross_table(pairs(answers, side), codes, (EARLY, LATE))
    bases = table.counts.sum(axis=0)
    apart = tuple(
        difference((int(row[LATE]), int(bases[LATE])), (int(row[EARLY]), int(bases[EARLY]))) if bases.all() else None
        for row in table.counts
    )
    return EarlyAndLate(table, association(table, rng), apart)
