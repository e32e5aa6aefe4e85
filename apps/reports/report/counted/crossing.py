"""Two answers against each other, hidden where they must be, when each of them is shown alone elsewhere.

A stranger has the two one-way tables, too. So those who did not answer stand in a line of their own, and an answer
whose total is shown though it is small goes with them: no line that is left is small, and what is hidden in one cannot
be told from its total (`analysis.table_suppression`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.table_suppression import SafeTable, Totals, safe_table
from apps.analysis.tabulation import Counts

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Side:
    """`answers` (readers,) with the `codes` of interest; of those in `hidden` the total is shown nowhere."""

    answers: Bytes
    codes: tuple[int, ...]
    hidden: frozenset[int] = frozenset()


def side_of(answers: Bytes, codes: Sequence[int], entry: Mapping[str, Any]) -> Side:
    """By what is shown of this answer alone."""
    return Side(answers, tuple(codes), frozenset(code for code in codes if entry["counts"].get(str(code)) is None))


def crossed(rows: Side, columns: Side, smallest: int, *, step: int) -> Counts:
    """(rows, columns) of the codes; -1 where hidden."""
    kept_rows, row = lines(rows, smallest)
    kept_columns, column = lines(columns, smallest)
    shape = len(kept_rows) + 1, len(kept_columns) + 1
    counts = np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1]).reshape(shape)
    there = counts.sum(axis=1) > 0, counts.sum(axis=0) > 0
    counts = counts[np.ix_(*there)]
    shown = table(counts, totals(rows, kept_rows, there[0], columns, kept_columns, there[1]), smallest, step)
    found = np.full(shape, -1)
    found[np.ix_(*there)] = np.where(shown.hidden, -1, shown.counts)[:-1, :-1]
    whole = laid(found[:-1, :-1], kept_rows, rows.codes, kept_columns, columns.codes)
    whole[chosen_by_nobody(rows)], whole[:, chosen_by_nobody(columns)] = 0, 0
    return whole


def table(counts: Counts, known: Totals, smallest: int, step: int) -> SafeTable:
    return safe_table(counts, smallest, step=step, totals=known)


def lines(side: Side, smallest: int) -> tuple[list[int], NDArray[np.int64]]:
    """Codes with a line of their own, and of each reader the line: everything else stands together in the last one,
    which has enough readers, too, or none."""
    readers = np.bincount(side.answers, minlength=256)
    kept = [code for code in side.codes if code in side.hidden or readers[code] >= smallest]
    while 0 < readers.sum() - readers[kept].sum() < smallest:
        open_ones = [code for code in kept if code not in side.hidden]
        if not open_ones:
            break
        kept.remove(min(open_ones, key=lambda code: readers[code]))
    place = np.full(256, len(kept))
    place[kept] = np.arange(len(kept))
    return kept, place[side.answers]


def totals(
    rows: Side,
    kept_rows: list[int],
    rows_there: NDArray[np.bool_],
    columns: Side,
    kept_columns: list[int],
    columns_there: NDArray[np.bool_],
) -> Totals:
    """Whether the total of each line is hidden; that of the last line is whatever the others leave."""

    def flags(side: Side, kept: list[int]) -> NDArray[np.bool_]:
        hidden = [code in side.hidden for code in kept]
        return np.array([*hidden, any(hidden)])

    return Totals(flags(rows, kept_rows)[rows_there], flags(columns, kept_columns)[columns_there])


def chosen_by_nobody(side: Side) -> NDArray[np.bool_]:
    """Of the codes; that nobody gave an answer is told by its own table, unless it is hidden there."""
    return np.array([code not in side.hidden and not (side.answers == code).any() for code in side.codes])


def laid(
    found: Counts, kept_rows: list[int], rows: Sequence[int], kept_columns: list[int], columns: Sequence[int]
) -> Counts:
    """Under all codes; those that went with the silent ones are hidden."""
    whole = np.full((len(rows), len(columns)), -1)
    places = np.ix_([rows.index(code) for code in kept_rows], [columns.index(code) for code in kept_columns])
    whole[places] = found
    return whole
