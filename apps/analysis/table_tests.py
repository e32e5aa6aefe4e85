"""Everything that a report says of one table, by what its two questions are."""

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from apps.analysis.association import SMALLEST_TESTED, Association, association
from apps.analysis.column_letters import Comparisons, compare_columns
from apps.analysis.crosstabs import CrossTable, part_of
from apps.analysis.ordered_association import (
    Heights,
    RankAssociation,
    Superiority,
    heights,
    rank_association,
    superiority,
)


@dataclass(frozen=True)
class TableTests:
    """`together`: two scales that rise together. `heights`: one scale at which groups stand; `second_higher`: the
    second of two groups. None where the questions are of another kind, or nobody stands apart."""

    association: Association
    comparisons: Comparisons
    together: RankAssociation | None
    heights: Heights | None
    second_higher: Superiority | None = None


def table_tests(
    table: CrossTable,
    rng: Generator,
    *,
    row_scale: Sequence[int] = (),
    column_scale: Sequence[int] = (),
    draws: int | None = None,
) -> TableTests:
    """`row_scale` and `column_scale`: the codes that are steps of a scale, in order; empty for a nominal question.

    What is no step, as don't-know, takes part in the test of the whole table but not in those of the scale.
    """
    steps = part_of(table, row_scale or table.row_codes, column_scale or table.column_codes).effective_counts
    together, stand, higher = None, None, None
    if row_scale and column_scale:
        together = rank_association(steps, smallest=SMALLEST_TESTED)
    elif row_scale or column_scale:
        groups = steps if row_scale else steps.T
        stand = heights(groups, smallest=SMALLEST_TESTED)
        if stand is not None and stand.p is not None and groups.shape[1] == 2:
            higher = superiority(*groups.T)
    return TableTests(association(table, rng, draws=draws), compare_columns(table), together, stand, higher)
