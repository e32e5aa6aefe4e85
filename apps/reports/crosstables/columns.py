"""The category of every reader in a field, as one byte: its place among the keys, the last one for the silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

import numpy as np

from apps.analysis.tabulation import BLANK, NOT_SHOWN, VALUES
from apps.common.device_classes import DEVICES
from apps.reports.crosstables.fields import Field, Source
from apps.reports.report.material import EPOCH, Bytes, Flags, Material
from apps.surveys.arms import Arm, withheld

MOST_WEEKS, EIGHT = 26, 8
CHOSEN = 1
MONDAY = 3
"""1970 began on a Thursday; so many days later, weeks begin on Mondays."""


@dataclass(frozen=True)
class Coded:
    """`codes` (readers,): places in `keys`, `len(keys)` for whoever gave no answer or was not asked."""

    keys: tuple[str, ...]
    codes: Bytes

    @property
    def lines(self) -> range:
        """Of a table: the categories, and the silent ones behind them."""
        return range(len(self.keys) + 1)


@dataclass(frozen=True)
class Several:
    """Who chose which options, eight of them in a byte: `patterns`, each (readers,), and who `answered` (readers,)."""

    keys: tuple[str, ...]
    patterns: tuple[Bytes, ...]
    answered: Flags


def coded(material: Material, field: Field, places: Bytes | None = None) -> Coded:
    """`places`: of a map, as `places.places_of_readers` finds them."""
    if field.source == Source.LANGUAGE:
        return of_names(field.keys, material.language, material.languages)
    if field.source == Source.DEVICE:
        return of_names(field.keys, material.device, DEVICES)
    if field.source == Source.WEEK:
        return of_weeks(material)
    if field.source == Source.PLACE:
        return Coded(field.keys, silent(material, field) if places is None else places)
    assert field.question is not None
    return looked_up(material.column(field.question.id, field.part), [int(key) for key in field.keys], field.keys)


def silent(material: Material, field: Field) -> Bytes:
    return np.full(len(material), len(field.keys), dtype=np.uint8)


def looked_up(column: Bytes, codes: Sequence[int], keys: tuple[str, ...]) -> Coded:
    table = np.full(VALUES, len(keys), dtype=np.uint8)
    table[list(codes)] = np.arange(len(codes), dtype=np.uint8)
    return Coded(keys, table[column])


def of_names(keys: tuple[str, ...], column: Bytes, names: Sequence[str]) -> Coded:
    places = [place for place, name in enumerate(names) if name in keys]
    found = np.full(VALUES, len(keys), dtype=np.uint8)
    found[places] = [keys.index(names[place]) for place in places]
    return Coded(keys, found[column])


def of_weeks(material: Material) -> Coded:
    """Weeks from Monday on which somebody began, by the day they begin with; several in one where they are many."""
    if not len(material):
        return Coded((), np.zeros(0, dtype=np.uint8))
    week = (material.day + MONDAY) // 7
    first, last = int(week.min()), int(week.max())
    width = ceil((last - first + 1) / MOST_WEEKS)
    number = ceil((last - first + 1) / width)
    starts = [EPOCH + timedelta(days=7 * (first + place * width) - MONDAY) for place in range(number)]
    return Coded(tuple(start.isoformat() for start in starts), ((week - first) // width).astype(np.uint8))


def several(material: Material, field: Field) -> Several:
    """Options that were ticked, or that have any place in a ranking."""
    question, codes = field.question, [int(key) for key in field.keys]
    assert question is not None
    if question.kind == "rank_top_k":
        ranks = [material.column(question.id, str(place)) for place in range(1, question.top + 1)]
        patterns = tuple(ranked(ranks, eight) for eight in by_eight(codes))
        return Several(field.keys, patterns, np.logical_or.reduce([pattern > 0 for pattern in patterns]))
    first = material.column(question.id, option=codes[0])
    patterns = tuple(ticked(material, question.id, eight) for eight in by_eight(codes))
    return Several(field.keys, patterns, (first != BLANK) & (first != NOT_SHOWN))


def by_eight(codes: Sequence[int]) -> list[Sequence[int]]:
    return [codes[start : start + EIGHT] for start in range(0, len(codes), EIGHT)]


def ranked(ranks: Sequence[Bytes], codes: Sequence[int]) -> Bytes:
    bit = np.zeros(VALUES, dtype=np.uint8)
    bit[list(codes)] = 1 << np.arange(len(codes), dtype=np.uint8)
    found = bit[ranks[0]]
    for rank in ranks[1:]:
        found |= bit[rank]
    return found


def ticked(material: Material, question: str, codes: Sequence[int]) -> Bytes:
    found = np.zeros(len(material), dtype=np.uint8)
    for place, code in enumerate(codes):
        found |= (material.column(question, option=code) == CHOSEN).view(np.uint8) << np.uint8(place)
    return found


def asked_readers(material: Material, fields: Sequence[Field]) -> Flags | None:
    """Without those whom the lot kept from one of these questions; None where that is nobody."""
    hidden = withheld(material.definition)
    drawn = any(field.question is not None and field.question.id in hidden for field in fields)
    away = material.arm == Arm.C
    return ~away if drawn and away.any() else None


def filtered(material: Material, filters: Sequence[tuple[Field, Sequence[str]]], places: Bytes | None) -> Flags:
    """Readers who pass all filters, (readers,)."""
    found = np.ones(len(material), dtype=bool)
    for field, keys in filters:
        column = coded(material, field, places)
        wanted = np.zeros(VALUES, dtype=bool)
        wanted[[column.keys.index(key) for key in keys]] = True
        found &= wanted[column.codes]
    return found
