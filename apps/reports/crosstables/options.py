"""A question with several answers against another one: each option a table of its own, who chose it and who did not."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from apps.analysis.crosstabs import pairs
from apps.analysis.tabulation import VALUES, Counts
from apps.reports.crosstables.columns import EIGHT, Coded, Several, several
from apps.reports.crosstables.disclosed import Side, hidden_options, mask, mask_of_part
from apps.reports.crosstables.fields import Field
from apps.reports.crosstables.indicative_tests import tests_of_options
from apps.reports.crosstables.known import Known, Readers
from apps.reports.crosstables.numbers import Numbers, shown
from apps.reports.report.material import Flags, Material

HAS_BIT = np.array([(np.arange(VALUES) >> bit) & 1 for bit in range(EIGHT)], dtype=bool)
"""Which patterns of eight options hold the first, the second …"""


@dataclass(frozen=True)
class OptionCounts:
    """`chosen` (options, columns); of the columns how many readers are in them, and how many of those `answered`."""

    chosen: Counts
    columns: Counts
    answered: Counts


def options_table(
    material: Material, rows: Field, columns: Field, across: Coded, readers: Readers, known: Known
) -> dict[str, Any]:
    """The last row is everybody: the totals of the columns, which all options share."""
    down, profile, smallest = several(material, rows), material.profile, material.profile.smallest_group
    everybody = option_counts(down, across, readers.everybody)
    told = everybody if readers.part is None else option_counts(down, across, readers.part)
    side = Side.of(columns, across.keys, everybody.columns, profile, known.epoch)
    of_options = everybody.chosen.sum(axis=1)
    small = hidden_options(rows, of_options, int(everybody.answered.sum()), profile, known.epoch)
    options = np.flatnonzero((of_options > 0) | small)
    counts, totals = told.chosen[np.ix_(options, side.kept)], told.columns[side.kept]
    option_keys = [down.keys[option] for option in options]
    hidden, before = (
        np.zeros((len(options) + 1, len(totals) + 1), dtype=bool),
        known.before(option_keys, side.kept_keys),
    )
    for place, option in enumerate(options):
        lines = np.repeat(small[option], 2), side.hidden_kept
        whole = beside_the_others(everybody.chosen[option], everybody.columns)[:, side.kept]
        found = mask(whole, lines, smallest, None if before is None else before[[place, place, -1]])
        if readers.part is not None:
            found = mask_of_part(beside_the_others(counts[place], totals), whole, lines, found, smallest)
        hidden[place], hidden[-1] = found[0], found[-1]
    lines_and_totals = np.vstack([counts, totals])
    numbers = Numbers(
        option_keys,
        side.kept_keys,
        np.column_stack([lines_and_totals, lines_and_totals.sum(axis=1)]),
        hidden,
        profile,
    )
    answered, rng = told.answered[side.kept], np.random.default_rng(material.seed)
    return {"kind": "several", **shown(numbers), **tests_of_options(numbers, answered, rng, known.draws)}


def option_counts(down: Several, across: Coded, readers: Flags | None) -> OptionCounts:
    """Option by option from the patterns of eight."""
    size = len(across.lines)
    counts = [pairs(pattern, across.codes, chosen=readers).readers[:, :size] for pattern in down.patterns]
    chosen = [counts[place // EIGHT][HAS_BIT[place % EIGHT]].sum(axis=0) for place in range(len(down.keys))]
    answered = pairs(down.answered.view(np.uint8), across.codes, chosen=readers).readers[1, :size]
    return OptionCounts(np.stack(chosen), counts[0].sum(axis=0), answered)


def beside_the_others(chosen: Counts, columns: Counts) -> Counts:
    return np.stack([chosen, columns - chosen])
