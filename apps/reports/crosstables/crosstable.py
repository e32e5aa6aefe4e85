"""One table of two answers: counted, tested, and taken apart from what must not be seen. JSON without a word."""

from typing import Any

import numpy as np

from apps.analysis.crosstabs import cross_table, pairs
from apps.analysis.table_suppression import with_totals
from apps.analysis.tabulation import Counts
from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.crosstables.asked import Asked, Fields
from apps.reports.crosstables.columns import Coded, asked_readers, coded, filtered
from apps.reports.crosstables.disclosed import Masked, Side, mask_of_part, masked
from apps.reports.crosstables.fields import Field
from apps.reports.crosstables.indicative_tests import tests_of_table
from apps.reports.crosstables.known import Known, Readers
from apps.reports.crosstables.numbers import Numbers, shown
from apps.reports.crosstables.options import options_table
from apps.reports.report.material import Flags, Material


def crosstable(material: Material, fields: Fields, wanted: Asked, known: Known) -> dict[str, Any]:
    """Raises CannotBeCalculated where too few readers are left for any number."""
    rows, columns = fields[wanted.rows], fields[wanted.columns]
    readers = readers_of(material, fields, wanted, known)
    across = coded(material, columns, known.places)
    count = options_table if rows.several else plain_table
    return {**wanted.as_json(), **count(material, rows, columns, across, readers, known)}


def readers_of(material: Material, fields: Fields, wanted: Asked, known: Known) -> Readers:
    everybody = asked_readers(material, [fields[name] for name in wanted.names])
    profile, number = material.profile, len(material) if everybody is None else int(everybody.sum())
    if number < profile.smallest_base:
        raise CannotBeCalculated("few_readers", smallest=profile.smallest_base)
    if not wanted.filters:
        return Readers(everybody, None)
    part = filtered(material, [(fields[each.field], each.keys) for each in wanted.filters], known.places)
    if everybody is not None:
        part &= everybody
    left = int(part.sum())
    if left < profile.smallest_base:
        raise CannotBeCalculated("few_left", smallest=profile.smallest_base)
    if number - left < profile.smallest_group:
        raise CannotBeCalculated("few_left_out", smallest=profile.smallest_group)
    return Readers(everybody, part)


def plain_table(
    material: Material, rows: Field, columns: Field, across: Coded, readers: Readers, known: Known
) -> dict[str, Any]:
    """With those who gave no answer as a row and a column of their own, so that all totals are those of everybody."""
    down, profile = coded(material, rows, known.places), material.profile
    whole = whole_table(material, (rows, down), (columns, across), readers.everybody, known)
    counts, hidden = whole.counts, whole.hidden
    if readers.part is not None:
        counts = counted(down, across, readers.part)[np.ix_(whole.rows.kept, whole.columns.kept)]
        turned = columns.name < rows.name
        hidden = mask_of_part(counts, whole.counts, whole.lines, hidden, profile.smallest_group, turned=turned)
    numbers = Numbers(whole.rows.kept_keys, whole.columns.kept_keys, with_totals(counts), hidden, profile)
    tests = tests_of_table(numbers, rows.scale, columns.scale, np.random.default_rng(material.seed), known.draws)
    return {"kind": "plain", **shown(numbers), **tests}


def whole_table(
    material: Material, rows: tuple[Field, Coded], columns: tuple[Field, Coded], readers: Flags | None, known: Known
) -> Masked:
    """Everybody, by two answers; the same cells are hidden whichever of the two stands in the rows."""
    counts, profile = counted(rows[1], columns[1], readers), material.profile
    return masked(
        counts,
        Side.of(rows[0], rows[1].keys, counts.sum(axis=1), profile, known.epoch),
        Side.of(columns[0], columns[1].keys, counts.sum(axis=0), profile, known.epoch),
        profile.smallest_group,
        known.before,
        turned=columns[0].name < rows[0].name,
    )


def counted(rows: Coded, columns: Coded, readers: Flags | None) -> Counts:
    """With the silent ones as the last row and the last column."""
    return cross_table(pairs(rows.codes, columns.codes, chosen=readers), rows.lines, columns.lines).counts
