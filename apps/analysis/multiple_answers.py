"""Questions of which a reader may choose several options: one yes or no for each option, all of the same readers.

Answers come as codes, (readers, options) bytes: 1 chosen, 0 not chosen, anything else not answered. Shares are shares
of readers, not of choices, and sum to more than one; a test looks at one option at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from apps.analysis.column_letters import Comparisons, compare_shares
from apps.analysis.crosstabs import Bytes, CrossTable, Flags, Numbers, cross_table, pairs
from apps.analysis.tabulation import NOT_SHOWN, VALUES, Codes, Counts

CHOSEN, NOT_CHOSEN = 1, 0


@dataclass(frozen=True)
class Choices:
    """`chosen` (options,): readers who chose the option, of `base` who answered; `per_reader`: choices of each of those
    (the M.T. of Japanese reports, as a number)."""

    chosen: Counts
    base: int
    per_reader: float


def choices(codes: Codes) -> Choices:
    """Of (readers, options)."""
    answered = ((codes == CHOSEN) | (codes == NOT_CHOSEN)).all(axis=1)
    chosen = (codes[answered] == CHOSEN).sum(axis=0)
    base = int(answered.sum())
    return Choices(chosen, base, float(chosen.sum() / base) if base else 0.0)


def option_tables(
    codes: Codes,
    columns: Bytes,
    column_codes: Sequence[int],
    *,
    weights: Numbers | None = None,
    chosen: Flags | None = None,
) -> tuple[CrossTable, ...]:
    """A table of two rows, chosen and not chosen, for each of the options."""
    return tuple(
        cross_table(
            pairs(np.ascontiguousarray(option), columns, weights=weights, chosen=chosen),
            (CHOSEN, NOT_CHOSEN),
            column_codes,
        )
        for option in codes.T
    )


def compare_options(tables: Sequence[CrossTable], *, level: float = 0.05, smallest: int = 50) -> Comparisons:
    """Each option's share in each two columns, one family of tests for all options; letters are (options, columns)."""
    shares = np.stack([table.column_shares[0] for table in tables])
    enough = tables[0].counts.sum(axis=0) >= smallest
    return compare_shares(shares, tables[0].effective_by_column, enough, level=level)


def any_place(places: Codes, codes: Sequence[int]) -> Codes:
    """Rankings (readers, places) as choices (readers, options): whether an option has any place. Who ranked none of
    them has not answered."""
    position = np.full(VALUES, len(codes))
    position[list(codes)] = np.arange(len(codes))
    found = np.zeros((len(places), len(codes) + 1), dtype=np.uint8)
    for column in places.T:
        found[np.arange(len(places)), position[column]] = CHOSEN
    found[~found[:, :-1].any(axis=1)] = NOT_SHOWN
    return found[:, :-1]
