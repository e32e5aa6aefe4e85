"""What readers chose, option after option: the stages of rankings.

A ranking is a chain of choices. At each stage the reader takes one option from all that they have not taken before;
after their last choice no stage is left. Rankings come as codes, (readers, places) bytes. A place without one of the
options (blank, not shown, retired) is passed over: the choices among the others stand without it (Luce's axiom).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import VALUES, Codes, Counts

Flags = NDArray[np.bool_]

MOST_OPTIONS = 20
"""Nobody ranks more; sets of options are kept as bits."""
MOST_BINS = 1 << 20


@dataclass(frozen=True)
class Stages:
    """Distinct choices: `open` (stages, k) the options to choose from, `taken` (stages,) the one that was chosen,
    `readers` (stages,) how many chose so."""

    open: Flags
    taken: NDArray[np.int64]
    readers: Counts

    @property
    def options(self) -> int:
        return self.open.shape[1]

    @property
    def place(self) -> NDArray[np.int64]:
        """0 for first choices, 1 for second ones …, (stages,)."""
        return self.options - self.open.sum(axis=1)

    @property
    def first(self) -> Counts:
        """Readers who put the option first, (k,)."""
        return by_option(self, self.place == 0)

    @property
    def ranked(self) -> Counts:
        """Readers who put the option anywhere among their choices, (k,)."""
        return by_option(self, 1)


def stages(places: Codes, codes: Sequence[int]) -> Stages:
    """Count the choices in `places` (readers, places) among the options `codes`, in their order."""
    size = len(codes)
    if size > MOST_OPTIONS:
        raise ValueError(f"{size} options are more than {MOST_OPTIONS}")
    position = np.full(VALUES, -1)
    position[list(codes)] = np.arange(size)
    before = np.zeros(len(places), dtype=np.int64)
    found = []
    for column in places.T:
        option = position[column]
        bit = np.left_shift(1, np.maximum(option, 0))
        chosen = (option >= 0) & (before & bit == 0)
        found.append(counted(before[chosen] * size + option[chosen], size << size))
        before = np.where(chosen, before | bit, before)
    keys, readers = (np.concatenate(each) for each in zip(*found, strict=True))
    taken_before, taken = np.divmod(keys, max(size, 1))
    return Stages((taken_before[:, None] >> np.arange(size)) & 1 == 0, taken, readers)


def counted(keys: NDArray[np.int64], bins: int) -> tuple[NDArray[np.int64], Counts]:
    """Distinct keys, all below `bins`, and how often each occurs."""
    if bins > MOST_BINS:
        return np.unique(keys, return_counts=True)
    readers = np.bincount(keys, minlength=1)
    there = np.flatnonzero(readers)
    return there, readers[there]


def by_option(chosen: Stages, parts: NDArray | int) -> Counts:
    """Readers who took each option, (k,), each stage counted `parts` (stages,) times."""
    return np.bincount(chosen.taken, chosen.readers * parts, chosen.options).astype(np.int64)


def borda(chosen: Stages, places: int) -> Counts:
    """Points of each option, (k,): with three places to fill 3, 2, 1 and none for those left out; with all options
    ranked the last one has none, either."""
    return by_option(chosen, np.maximum(min(places, chosen.options - 1) - chosen.place, 0))


def preferences(chosen: Stages) -> Counts:
    """Readers who put the first option before the second, (k, k): ranked beats unranked, two unranked say nothing."""
    found = np.zeros((chosen.options, chosen.options), dtype=np.int64)
    np.add.at(found, chosen.taken, chosen.open * chosen.readers[:, None])
    np.fill_diagonal(found, 0)
    return found


def condorcet_winner(preferred: Counts) -> int | None:
    """The option that more readers put before any other one than after it; None where there is no such option."""
    ahead = preferred > preferred.T
    np.fill_diagonal(ahead, True)
    winners = np.flatnonzero(ahead.all(axis=1))
    return int(winners[0]) if len(winners) else None
