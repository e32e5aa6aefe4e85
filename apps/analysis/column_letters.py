"""Which columns of a table differ, said by letters: a cell carries the letters of the columns it clearly exceeds."""

from dataclasses import dataclass, replace
from itertools import combinations
from string import ascii_uppercase

import numpy as np
from scipy.special import ndtr

from apps.analysis.association import SMALLEST_TESTED
from apps.analysis.crosstabs import CrossTable, Flags, Numbers


@dataclass(frozen=True)
class Comparisons:
    """`letters` (rows × columns) and what they rest on: `z`, `p`, `adjusted` (Holm) are (rows tested, pairs).

    `compared`: the columns with enough readers; `pairs`: the columns (first, second) of each comparison, by position.
    """

    letters: tuple[tuple[str, ...], ...]
    compared: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    z: Numbers
    p: Numbers
    adjusted: Numbers


def compare_columns(table: CrossTable, *, level: float = 0.05, smallest: int = SMALLEST_TESTED) -> Comparisons:
    """Each row's shares in each two columns, as one family of tests for the whole table (Holm 1979).

    Columns of fewer than `smallest` readers are not compared. Of two rows one is the mirror of the other and is tested
    once. Columns must not hold the same reader twice: no column is a total of others.
    """
    enough = table.counts.sum(axis=0) >= smallest
    if len(table.counts) != 2:
        return compare_shares(table.column_shares, table.effective_by_column, enough, level=level)
    found = compare_shares(table.column_shares[:1], table.effective_by_column, enough, level=level)
    mirrored = signs(-found.z, found.adjusted < level, found.pairs, len(enough))
    return replace(found, letters=found.letters + letters(mirrored))


def compare_shares(shares: Numbers, readers: Numbers, enough: Flags, *, level: float = 0.05) -> Comparisons:
    """Shares (rows, columns) of `readers` (columns,), effective ones where they are weighted; only the columns that
    have `enough` (columns,) are compared."""
    compared = tuple(int(place) for place in np.flatnonzero(enough))
    couples = tuple(combinations(compared, 2))
    z = pooled_z(shares, readers, couples)
    p = 2 * ndtr(-np.abs(z))
    adjusted = holm(p.ravel()).reshape(p.shape)
    larger = signs(z, adjusted < level, couples, len(readers))
    return Comparisons(letters(larger), compared, couples, z, p, adjusted)


def pooled_z(shares: Numbers, readers: Numbers, couples: tuple[tuple[int, int], ...]) -> Numbers:
    """(p₁ - p₂) / √(p (1 - p) (1/n₁ + 1/n₂)) with the pooled share p; shares (rows, columns), readers (columns,).

    Zero where both shares are 0 or both are 1.
    """
    one, other = (np.array([couple[side] for couple in couples], dtype=np.int64) for side in (0, 1))
    n, m = readers[one], readers[other]
    pooled = (shares[:, one] * n + shares[:, other] * m) / (n + m)
    spread = np.sqrt(np.clip(pooled * (1 - pooled), 0, None) * (1 / n + 1 / m))
    return np.divide(shares[:, one] - shares[:, other], spread, out=np.zeros_like(spread), where=spread > 1e-12)


def holm(p: Numbers) -> Numbers:
    """Holm's adjusted p of each of (tests,): the k-th smallest times the tests left, never less than the one before."""
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted


def signs(z: Numbers, clear: Flags, couples: tuple[tuple[int, int], ...], columns: int) -> Flags:
    """(rows, columns, columns): whether in this row the first column clearly exceeds the second."""
    larger = np.zeros((len(z), columns, columns), dtype=bool)
    for number, (one, other) in enumerate(couples):
        larger[:, one, other] = clear[:, number] & (z[:, number] > 0)
        larger[:, other, one] = clear[:, number] & (z[:, number] < 0)
    return larger


def letters(larger: Flags) -> tuple[tuple[str, ...], ...]:
    """Of each cell the letters of the columns that it exceeds, from what `signs` finds, (rows, columns, columns)."""
    names = [letter(place) for place in range(larger.shape[1])]
    return tuple(tuple(" ".join(names[other] for other in np.flatnonzero(column)) for column in row) for row in larger)


def letter(place: int) -> str:
    """A … Z, AA, AB …"""
    rest, last = divmod(place, 26)
    return (letter(rest - 1) if rest else "") + ascii_uppercase[last]
