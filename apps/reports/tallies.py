"""Answer columns, counted. One tally carries everything that one-way tables need; versions add up by code."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from apps.analysis.tabulation import NOT_SHOWN, Codes, Counts, answered_any, asked_any, histograms, no_histograms
from apps.surveys.definition import Definition, Question, Slot

if TYPE_CHECKING:
    from apps.responses.queries import AnswerColumns
    from apps.surveys.queries import Instrument

COMPLETE, PARTIAL, BREAK_OFF = "complete", "partial", "break_off"


class UnreadableCodesError(Exception):
    """Packed answers that do not fit their version: `verify_ledger --rebuild-codes` mends them."""


@dataclass
class Tally:
    """`slots`: how often each byte occurs. `asked`, `answered`: readers by question. `statuses`: how far they came."""

    slots: dict[Slot, Counts] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    versions: set[int] = field(default_factory=set)
    days: set[date] = field(default_factory=set)

    @property
    def readers(self) -> int:
        return self.statuses.total()

    def histogram(self, question: Question, part: str | None = None, option: int | None = None) -> Counts:
        """How often each byte stands there. Readers of a version without this slot were not shown it."""
        counts = self.slots.get(Slot(question.id, part, option), no_histograms(1)[0]).copy()
        counts[NOT_SHOWN] += self.readers - counts.sum()
        return counts

    def add(self, columns: "AnswerColumns", instrument: "Instrument") -> None:
        slots = instrument.definition.slots
        codes = unpacked(columns, len(slots))
        for slot, counts in zip(slots, histograms(codes), strict=True):
            self.slots[slot] = self.slots.get(slot, 0) + counts
        for question, places in slots_by_question(instrument.definition).items():
            self.asked[question] += asked_any(codes[:, places])
            self.answered[question] += answered_any(codes[:, places])
        self.statuses.update(statuses(columns))
        self.versions.add(instrument.number)
        self.days |= {columns.first_day, columns.last_day}


def tally(parts: "Iterable[AnswerColumns]", instruments: "Mapping[int, Instrument]") -> Tally:
    """`instruments` by the id of the version."""
    counted = Tally()
    for columns in parts:
        counted.add(columns, instruments[columns.version_id])
    return counted


def unpacked(columns: "AnswerColumns", slots: int) -> Codes:
    """The packed bytes as (readers, slots), without a copy."""
    if len(columns.codes) != columns.readers * slots:
        raise UnreadableCodesError(f"{len(columns.codes)} bytes for {columns.readers} readers with {slots} slots")
    return np.frombuffer(columns.codes, dtype=np.uint8).reshape(columns.readers, slots)


def statuses(columns: "AnswerColumns") -> dict[str, int]:
    """How far readers came, by the rule that stands in their rows: the desk and the admin count the same."""
    return {status: columns.statuses.count(status[0].encode()) for status in (COMPLETE, PARTIAL, BREAK_OFF)}


def slots_by_question(definition: Definition) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, slot in enumerate(definition.slots):
        found.setdefault(slot.question, []).append(place)
    return found
