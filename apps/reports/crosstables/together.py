"""Which tables stand in one report together: those that tell no more of one another's hidden numbers than may be told.

Every table hides its own small cells (`disclosed`). Where tables form a ring, A by B, B by C, C by A, or show the same
two answers twice, each may tell what another one hides. What all of them print is solved as one system
(`analysis.joint_audit`); a table that narrows a hidden number to less than the profile's smallest is left out, and the
report says so. It is decided from printed numbers alone, so everybody can decide it again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from apps.analysis.joint_audit import NARROWER, Intervals
from apps.analysis.joint_tables import Printed
from apps.analysis.linear_program import Unsolvable
from apps.inquiries.privacy import Profile
from apps.reports.crosstables.fields import fields_of
from apps.reports.crosstables.parts import first_question
from apps.reports.crosstables.sheets import Name, Sheet, Withheld, links, printed, sheet_of_feelings, sheets_of
from apps.surveys.definition import Definition

Json = dict[str, Any]

PARTS = ("breaks", "tables", "groups")
MOST_UNKNOWNS = 5_000
"""Beyond that, so many answers hang together that nobody would wait for the proof."""


class Together:
    """`apart`: questions from which a part of the readers was kept by lot."""

    def __init__(self, definition: Definition, profile: Profile, apart: frozenset[str] = frozenset()) -> None:
        self.definition, self.profile, self.apart = definition, profile, apart

    def kept(self, parts: Mapping[str, Any]) -> Json:
        """The same parts without the tables that cannot stand beside those before them. First come the tables that
        every report has, then those that editors chose, in their order."""
        fixed = list(self.sheets_of_feelings(parts))
        first = first_question(fields_of(self.definition))
        wanted = sorted(tables_in(parts, first), key=lambda each: not each[1])
        everything = fixed + [sheet for table, _always in wanted for sheet in self.sheets(table)]
        if self.clash(everything, everything) is None:
            return dict(parts)
        left, standing = [], fixed
        for table, _always in wanted:
            sheets = self.sheets(table)
            clash = self.clash(standing + sheets, sheets)
            if clash is None:
                standing = standing + sheets
            else:
                left.append((table, clash))
        return {name: without(part, left) if name in PARTS else part for name, part in parts.items()}

    def sheets(self, table: Json) -> list[Sheet]:
        return list(sheets_of(table, self.profile.counts_to, self.profile.share_digits))

    def sheets_of_feelings(self, parts: Mapping[str, Any]) -> Iterator[Sheet]:
        entries = {entry["id"]: entry for entry in (parts.get("questions") or {}).get("questions", ())}
        for found in (parts.get("ambivalence") or {}).get("questions", ()):
            yield sheet_of_feelings(found, entries[found["question"]], self.profile.counts_to)

    def clash(self, sheets: Sequence[Sheet], new: Sequence[Sheet]) -> Name | None:
        """A table of these that some of the `new` ones must not stand beside."""
        ring = on_rings([*sheets, *links(sheets, self.definition)])
        added = [sheet for sheet in ring if any(sheet is each for each in new)]
        if not added or not any(sheet.hidden.any() for sheet in ring):
            return None
        exposed = self.exposed(ring)
        if exposed is None:
            return None
        others = [sheet for sheet in [exposed, *ring] if sheet.table != added[0].table]
        return max(others, key=lambda sheet: len(questions(sheet) & questions(added[0])), default=added[0]).table

    def exposed(self, ring: Sequence[Sheet]) -> Sheet | None:
        """One with a number that all together tell more closely than may be, and more closely than it does itself; the
        last one where that cannot be found out."""
        system, withheld = printed(ring, self.apart_in(ring))
        if system.unknowns > MOST_UNKNOWNS:
            return ring[-1]
        try:
            return self.given_away(ring, system, withheld)
        except Unsolvable:  # something that we believe of these answers does not hold: better one table less
            return ring[-1]

    def given_away(
        self, ring: Sequence[Sheet], system: Printed, withheld: Mapping[int, Sequence[Withheld]]
    ) -> Sheet | None:
        hidden = [(at, *each) for at, found in withheld.items() for each in found]
        enough = [
            min(self.profile.smallest_group, ring[at].left_by_totals[row, column]) for at, _n, row, column in hidden
        ]
        intervals = Intervals(system, [number for _at, number, _row, _column in hidden])
        alone: dict[int, Alone] = {}
        for place in intervals.known_closely(np.array(enough, dtype=float)):
            at, _number, row, column = hidden[place]
            if at not in alone:
                alone[at] = Alone(ring[at], self.apart_in([ring[at]]))
            known_anyway = min(alone[at].width(row, column), self.profile.smallest_group)
            if intervals.high[place] - intervals.low[place] < known_anyway - NARROWER:
                return ring[at]
        return None

    def apart_in(self, sheets: Sequence[Sheet]) -> frozenset[str]:
        return frozenset(
            answer
            for sheet in sheets
            for answer in sheet.answers
            if answer.partition("=")[0].partition(".")[0] in self.apart
        )


class Alone:
    """How closely whoever has no other table knows the hidden numbers of one."""

    def __init__(self, sheet: Sheet, apart: frozenset[str]) -> None:
        system, withheld = printed([sheet], apart)
        self.places = {(row, column): place for place, (_number, row, column) in enumerate(withheld[0])}
        self.intervals = Intervals(system, [number for number, _row, _column in withheld[0]])

    def width(self, row: int, column: int) -> float:
        return self.intervals.width(self.places[row, column])


def on_rings(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Without those that tell nothing of others: an answer that stands in one table only, beside one whose totals are
    all told, makes a table of its own, whatever the others say (Dobra & Fienberg 2000, decomposable models)."""
    left = list(sheets)
    while True:
        times = Counter(answer for sheet in left for answer in sheet.answers)
        kept = [sheet for sheet in left if not is_loose_end(sheet, times)]
        if len(kept) == len(left):
            return kept
        left = kept


def is_loose_end(sheet: Sheet, times: Mapping[str, int]) -> bool:
    return any(
        times[one] == 1 and (times[other] == 1 or sheet.tells_totals(other))
        for one, other in (sheet.answers, sheet.answers[::-1])
    )


def questions(sheet: Sheet) -> set[str]:
    return {answer.partition("=")[0].partition(".")[0] for answer in sheet.answers}


def tables_in(parts: Mapping[str, Any], first: str | None) -> Iterator[tuple[Json, bool]]:
    """With whether the report always has it."""
    for name in PARTS:
        for table in (parts.get(name) or {}).get("tables", ()):
            yield table, name == "breaks" or (name == "groups" and table["rows"] == first)


def without(part: Json | None, left: Sequence[tuple[Json, Name]]) -> Json | None:
    gone = [(table, beside) for table, beside in left if part and any(table is each for each in part["tables"])]
    if part is None or not gone:
        return part
    told = [{"rows": table["rows"], "columns": table["columns"], "beside": list(beside)} for table, beside in gone]
    tables = [each for each in part["tables"] if not any(each is table for table, _beside in gone)]
    return {**part, "tables": tables, "left_out": [*part.get("left_out", ()), *told]}
