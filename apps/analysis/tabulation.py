"""One-way counts of coded answers.

Answers come as `codes`, an array of bytes of shape (readers, slots): an option's code, 97 seen and left blank, 98 don't
know, 99 prefer not to say, 255 not shown. Everything here is a sum over readers, so parts (versions of a questionnaire,
chunks of a table, shards of a database) may be counted apart and added.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
Counts = NDArray[np.int64]

BLANK, DONT_KNOW, PREFER_NOT, NOT_SHOWN = 97, 98, 99, 255
VALUES = 256


@dataclass(frozen=True)
class Distribution:
    """How often each code was chosen. Don't-know and prefer-not belong to the base, a blank does not."""

    codes: tuple[int, ...]
    counts: Counts
    base: int
    blank: int
    not_shown: int


@dataclass(frozen=True)
class Ranking:
    """`first`: the option put first; `ranked`: readers who put the option anywhere among their choices."""

    first: Distribution
    ranked: Counts


def histograms(codes: Codes) -> Counts:
    """How often each byte occurs in each slot: (readers, slots) → (slots, 256)."""
    columns = np.ascontiguousarray(codes.T)
    return np.stack([np.bincount(column, minlength=VALUES) for column in columns]) if len(columns) else no_histograms()


def no_histograms(slots: int = 0) -> Counts:
    """(slots, 256) of nobody: what counts are added to."""
    return np.zeros((slots, VALUES), dtype=np.int64)


def distribution(histogram: Counts, codes: Sequence[int]) -> Distribution:
    """The counts of one slot, histogram (256,), for the codes that it offers, in their order."""
    counts = histogram[list(codes)].astype(np.int64)
    return Distribution(
        codes=tuple(codes),
        counts=counts,
        base=int(counts.sum()),
        blank=int(histogram[BLANK]),
        not_shown=int(histogram[NOT_SHOWN]),
    )


def ranking(places: Counts, codes: Sequence[int]) -> Ranking:
    """Top-k choices, histograms (k, 256) of first, second … place. An option stands at most once in a reader's list."""
    return Ranking(first=distribution(places[0], codes), ranked=places.sum(axis=0)[list(codes)].astype(np.int64))


def answered_any(codes: Codes) -> int:
    """Readers who gave an answer in at least one of the slots (readers, slots)."""
    return int(((codes != BLANK) & (codes != NOT_SHOWN)).any(axis=1).sum())


def asked_any(codes: Codes) -> int:
    """Readers who were shown at least one of the slots (readers, slots)."""
    return int((codes != NOT_SHOWN).any(axis=1).sum())


def shares(counts: Counts, base: int) -> NDArray[np.float64]:
    """Parts of the base; all zero where nobody answered."""
    return counts / base if base else np.zeros(len(counts))
