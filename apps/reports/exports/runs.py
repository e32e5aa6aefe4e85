"""Columns of codes become texts: what several beside each other become is made ready once, then looked up."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from apps.reports.exports.columns import Column
from apps.reports.exports.responses import BYTE_TYPES, Block, Responses
from apps.responses.export_records import NONE

MOST_COMBINATIONS = 4096
Cell = Callable[[Column, object], bytes]
"""What a value becomes, with what its label becomes where the column has one; None: not shown."""


@dataclass
class Run:
    """Neighbouring columns. Their cells stand ready as one text for each combination of codes that came up so far."""

    between: bytes
    columns: list[Column]
    tables: list[np.ndarray]
    codes: list[np.ndarray]  # of each column those that anybody has
    ready: np.ndarray = field(init=False)
    known: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.ready = np.full(self.combinations, None, dtype=object)
        self.known = np.zeros(self.combinations, dtype=bool)

    @property
    def combinations(self) -> int:
        return math.prod(len(codes) for codes in self.codes)

    def cells(self, block: Block) -> list[bytes]:
        numbers = np.zeros(len(block), dtype=np.int64)
        for column, codes in zip(self.columns, self.codes, strict=True):
            places = np.zeros(256, dtype=np.int64)
            places[codes] = np.arange(len(codes))
            numbers = numbers * len(codes) + places[block.bytes_of(column)]
        for number in np.unique(numbers[~self.known[numbers]]).tolist():
            self.ready[number], self.known[number] = self.text(number), True
        return self.ready[numbers].tolist()

    def text(self, number: int) -> bytes:
        found = []
        for table, codes in zip(reversed(self.tables), reversed(self.codes), strict=True):
            number, place = divmod(number, len(codes))
            found.append(table[codes[place]])
        return self.between.join(reversed(found))


def table_of(column: Column, responses: Responses, cell: Cell) -> np.ndarray:
    """A text for each byte."""
    told = responses.words.get(column.name) or tuple(range(NONE))
    texts = np.full(256, cell(column, None), dtype=object)
    texts[: len(told)] = [cell(column, value) for value in told]
    return texts


def parts_of(responses: Responses, cell: Cell, *, between: bytes) -> list[Run | Column]:
    """The columns from left to right; those of codes in runs that are as long as their combinations stay few."""
    parts: list[Run | Column] = []
    for column in responses.columns:
        if column.type not in BYTE_TYPES:
            parts.append(column)
            continue
        codes = np.flatnonzero(np.bincount(responses.codes[:, responses.places[column.name]], minlength=256))
        last, table = parts[-1] if parts else None, table_of(column, responses, cell)
        if isinstance(last, Run) and last.combinations * len(codes) <= MOST_COMBINATIONS:
            parts[-1] = Run(between, [*last.columns, column], [*last.tables, table], [*last.codes, codes])
        else:
            parts.append(Run(between, [column], [table], [codes]))
    return parts
