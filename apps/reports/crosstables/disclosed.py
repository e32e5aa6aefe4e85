"""What of a table may be shown: cells and totals that are hidden, for the sake of small ones, beside all other tables.

A table counts the same readers as the tables of its two questions, so its totals are theirs: hidden where they are
hidden, shown where they are shown. Where a filter leaves a part of the readers, the part and the rest are both
protected, because the table of all is there, too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from apps.analysis.suppression import hidden_in_part
from apps.analysis.table_suppression import Totals, hidden_in_table
from apps.analysis.tabulation import Counts
from apps.inquiries.privacy import Profile
from apps.reports.crosstables.fields import SILENT, Field, Source
from apps.reports.disclosure import cells_to_hide
from apps.reports.report.material import Flags

Published = Mapping[str, Any]
Lines = tuple[Flags, Flags]
"""Which totals of rows and of columns are hidden."""
Before = Callable[[Sequence[str], Sequence[str]], Flags | None]
"""By the keys of rows and columns: what the same table hid when it was published last."""


def nothing_before(rows: Sequence[str], columns: Sequence[str]) -> None:
    """For a table that was not published yet."""


@dataclass(frozen=True)
class Side:
    """The lines of a table on one side, the silent ones last: `keys`, whether a line's total is `hidden`, and whether
    it is `kept`; one that is known to hold nobody is not."""

    keys: tuple[str, ...]
    hidden: Flags
    kept: Flags

    @classmethod
    def of(cls, field: Field, keys: tuple[str, ...], counts: Counts, profile: Profile, published: Published) -> "Side":
        """`counts` (keys + 1,): everybody's totals."""
        hidden = hidden_lines(field, keys, counts, profile, published)
        return cls((*keys, SILENT), hidden, (counts > 0) | hidden)

    @classmethod
    def told(cls, keys: tuple[str, ...], counts: Counts) -> "Side":
        """All of its totals are shown elsewhere."""
        return cls((*keys, SILENT), np.zeros(len(counts), dtype=bool), counts > 0)

    @property
    def hidden_kept(self) -> Flags:
        return self.hidden[self.kept]

    @property
    def kept_keys(self) -> list[str]:
        return [key for key, kept in zip(self.keys, self.kept, strict=True) if kept]


def hidden_lines(field: Field, keys: tuple[str, ...], counts: Counts, profile: Profile, published: Published) -> Flags:
    """Which categories of a field have totals that its own table hides; `counts` (keys + 1,) with the silent last.

    How many gave no answer is told by every table. What was noted, as a device, has a table without empty lines.
    """
    smallest = profile.smallest_cell if field.opinion else profile.smallest_group
    base, before = int(counts[:-1].sum()), published_table(field, published)
    there = (counts[:-1] > 0) | (field.source == Source.QUESTION)
    hidden, names = np.zeros(len(counts), dtype=bool), [key for key, known in zip(keys, there, strict=True) if known]
    hidden[:-1][there] = cells_to_hide(
        names, counts[:-1][there], base, profile=profile, smallest=smallest, before=before
    )
    return hidden


def hidden_options(field: Field, chosen: Counts, base: int, profile: Profile, published: Published) -> Flags:
    """The same for a question with several answers; `chosen` (options,) of `base` readers who answered."""
    smallest = profile.smallest_cell if field.opinion else profile.smallest_group
    before = published_table(field, published)
    return cells_to_hide(field.keys, chosen, base, profile=profile, smallest=smallest, before=before)


def published_table(field: Field, published: Published) -> Mapping[str, Any]:
    """The field's own table in the newest epoch; what it hides stays hidden."""
    if field.source in (Source.DEVICE, Source.LANGUAGE):
        name = "devices" if field.source == Source.DEVICE else "languages"
        return published.get("method", {}).get(name) or {}
    if field.question is None:
        return {}
    entries = (each for each in published.get("questions", ()) if each["id"] == field.question.id)
    entry: Mapping[str, Any] = next(entries, {})
    if field.question.kind == "item_by_item":
        return entry.get("rows", {}).get(field.part, {})
    if field.question.kind == "rank_top_k":
        return entry.get("any" if field.several else "first", {})
    return entry


@dataclass(frozen=True)
class Masked:
    """Everybody's table without the lines that are known to hold nobody: `counts` (rows, columns), and with totals what
    is `hidden`, (rows + 1, columns + 1)."""

    rows: Side
    columns: Side
    counts: Counts
    hidden: Flags

    @property
    def lines(self) -> Lines:
        return self.rows.hidden_kept, self.columns.hidden_kept


def masked(
    counts: Counts, rows: Side, columns: Side, smallest: int, before: Before = nothing_before, *, turned: bool = False
) -> Masked:
    """`counts` with the silent ones last. The one way in which two answers against each other are hidden anywhere."""
    kept, lines = counts[np.ix_(rows.kept, columns.kept)], (rows.hidden_kept, columns.hidden_kept)
    hidden = mask(kept, lines, smallest, before(rows.kept_keys, columns.kept_keys), turned=turned)
    return Masked(rows, columns, kept, hidden)


def mask(counts: Counts, lines: Lines, smallest: int, before: Flags | None = None, *, turned: bool = False) -> Flags:
    """Of everybody's table (rows, columns), with totals: (rows + 1, columns + 1).

    `turned`: rows are taken as columns. The same answers have the same mask, whichever of them stands in the rows.
    """
    if turned:
        return mask(counts.T, lines[::-1], smallest, None if before is None else before.T).T
    return hidden_in_table(counts, smallest, before, Totals(*lines, any_size=True))


def mask_of_part(
    counts: Counts, everybody: Counts, lines: Lines, hidden: Flags, smallest: int, *, turned: bool = False
) -> Flags:
    """Of the table of a part of the readers; `hidden`: everybody's mask."""
    if turned:
        return mask_of_part(counts.T, everybody.T, lines[::-1], hidden.T, smallest).T
    rows = hidden_in_part(counts.sum(axis=1), everybody.sum(axis=1), smallest, lines[0])
    columns = hidden_in_part(counts.sum(axis=0), everybody.sum(axis=0), smallest, lines[1])
    return hidden_in_table(counts, smallest, hidden, Totals(rows, columns, any_size=True), everybody)
