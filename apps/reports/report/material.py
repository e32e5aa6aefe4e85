"""Everybody's answers in memory, as arrays in one order: what all parts of a report are counted from.

No identity leaves it. `aligned` lays beside the answers what other tables hold of the same readers; the pseudonyms that
it goes by cannot be asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import NOT_SHOWN, Codes, answered_any, asked_any, histograms
from apps.common.lots import BITS, bound
from apps.surveys.definition import Definition, Slot

if TYPE_CHECKING:
    from apps.inquiries.privacy import Profile
    from apps.reports.tallies import Tally
    from apps.surveys.queries import Instrument

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
Numbers = NDArray[np.uint64]

STATUSES = ("complete", "partial", "break_off")
NOBODY, NO_ARM = -1, 15
EPOCH = date(1970, 1, 1)
SEED = 1
HALF = 8
"""Bytes of half a pseudonym."""


@dataclass(frozen=True)
class Material:
    """`codes` (readers, slots): an option's code, 97 left blank, 98 don't know, 99 prefer not to say, 255 not shown; a
    question that a reader's version did not have is not shown. `slots`: what stands in which column, those of the
    newest version first.

    Of each reader, all (readers,): `version` (place in `instruments`), `status` (place in `STATUSES`), `finished`,
    `simulated`, `language` (place in `languages`), `device` (place in `DEVICES`), `arm` (`surveys.arms.Arm`, 15 where
    none was drawn), `screen` (the furthest one), `day` (on which they began, since 1970).
    """

    instruments: "Sequence[Instrument]"  # the newest first, then those that somebody answered
    profile: "Profile"
    slots: tuple[Slot, ...]
    codes: Codes
    version: NDArray[np.uint16]
    status: Bytes
    finished: Flags
    simulated: Flags
    language: Bytes
    device: Bytes
    arm: Bytes
    screen: Bytes
    day: NDArray[np.int32]
    languages: tuple[str, ...]
    last_day: date | None
    compared: bool = False  # whether readers are divided by lot, so that change can be told from its cause
    seed: int = SEED
    inputs: Mapping[str, Any] = field(default_factory=dict)
    """What parts need beside the answers, by part: counts of views, the map, words. JSON."""
    written: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Of open questions, where it was asked for: how many saw it, and how many wrote something."""
    keys: tuple[Numbers, Numbers] | None = field(default=None, repr=False)
    """Both halves of the pseudonyms, in the order of the rows; for `aligned` alone."""

    def __len__(self) -> int:
        return len(self.day)

    @property
    def definition(self) -> Definition:
        return self.instruments[0].definition

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first day on which somebody began, and the last on which somebody changed an answer."""
        return (EPOCH + timedelta(days=int(self.day.min())) if len(self) else None), self.last_day

    @cached_property
    def places(self) -> Mapping[Slot, int]:
        return {slot: place for place, slot in enumerate(self.slots)}

    @cached_property
    def columns_of(self) -> Mapping[str, list[int]]:
        """Which columns belong to a question."""
        found: dict[str, list[int]] = {}
        for place, slot in enumerate(self.slots):
            found.setdefault(slot.question, []).append(place)
        return found

    def column(self, question: str, part: str | None = None, option: int | None = None) -> Bytes:
        """What every reader answered there (readers,); nobody was shown what is in no version."""
        place = self.places.get(Slot(question, part, option))
        return np.full(len(self), NOT_SHOWN, dtype=np.uint8) if place is None else self.codes[:, place]

    def beside(self, **changes: Any) -> "Material":
        """The same answers, which are not counted anew, beside other things."""
        found = replace(self, **changes)
        if "tally" in self.__dict__:
            found.__dict__["tally"] = self.tally
        return found

    def of(self, rows: Flags) -> "Material":
        """Only these readers (readers,)."""
        columns = ("version", "status", "finished", "simulated", "language", "device", "arm", "screen", "day")
        kept = {name: getattr(self, name)[rows] for name in columns}
        keys = None if self.keys is None else (self.keys[0][rows], self.keys[1][rows])
        return replace(self, codes=self.codes[rows], keys=keys, **kept)

    def drawn(self, share: float) -> "Material":
        """A part of the readers, drawn by lot: those whom the database draws, too."""
        if share >= 1 or self.keys is None:
            return self
        return self.of(self.keys[0] >> np.uint64(64 - BITS) < bound(share))

    def ranks(self, question: str) -> Codes:
        """Who put which option at which place: (readers, top)."""
        top = self.definition.question(question).top
        return np.stack([self.column(question, str(place)) for place in range(1, top + 1)], axis=1)

    def aligned(self, pseudonyms: bytes | NDArray[Any], length: int = 2 * HALF) -> Places:
        """In which row each of these pseudonyms stands, one after the other; -1 for whoever gave no answers.

        `pseudonyms`: bytes of `length` each.
        """
        high, low = halves(np.frombuffer(pseudonyms, dtype=np.uint8).reshape(-1, length)[:, : 2 * HALF])
        if self.keys is None or not len(self):
            return np.full(len(high), NOBODY)
        place = np.minimum(np.searchsorted(self.keys[0], high), len(self) - 1)
        there = (self.keys[0][place] == high) & (self.keys[1][place] == low)
        for row in np.flatnonzero(~there & (self.keys[0][place] == high)):  # two of one first half: once in a blue moon
            same = np.flatnonzero((self.keys[0] == high[row]) & (self.keys[1] == low[row]))
            place[row], there[row] = (same[0], True) if len(same) else (0, False)
        return np.where(there, place, NOBODY)

    @cached_property
    def tally(self) -> "Tally":
        """Everything that one-way tables need: the same counts as those of a result epoch."""
        from apps.reports.tallies import Tally

        counted = Tally()
        counted.slots = dict(zip(self.slots, histograms(self.codes), strict=True))
        for question, places in self.columns_of.items():
            counted.asked[question] = asked_any(self.codes[:, places])
            counted.answered[question] = answered_any(self.codes[:, places])
        readers = np.bincount(self.status, minlength=len(STATUSES)).tolist()
        counted.statuses.update(dict(zip(STATUSES, readers, strict=True)))
        counted.versions = {self.instruments[place].number for place in np.unique(self.version).tolist()}
        counted.days = {day for day in self.period if day is not None}
        return counted

    @cached_property
    def epoch(self) -> dict[str, Any]:
        """What a result epoch of the same answers holds."""
        from apps.reports.report.counted.epoch import epoch_of

        return epoch_of(self)


def halves(pseudonyms: Bytes) -> tuple[Numbers, Numbers]:
    """Each of them as two numbers."""
    both = np.ascontiguousarray(pseudonyms.reshape(-1, 2 * HALF)).view(">u8")
    return both[:, 0].astype(np.uint64), both[:, 1].astype(np.uint64)
