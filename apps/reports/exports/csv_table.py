"""CSV, written in blocks: what several codes beside each other become is looked up, once it has been made ready."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from apps.common.csv_files import guarded
from apps.reports.exports.columns import Column
from apps.reports.exports.responses import BYTE_TYPES, LENGTH_OF_ID, Block, Responses, day_of
from apps.reports.exports.wording import said
from apps.responses.exported import NONE

BOM, END = b"\xef\xbb\xbf", b"\r\n"
MOST_COMBINATIONS = 4096


def cell(value: Any) -> bytes:
    """Quoted, and guarded where it is a text."""
    if value is None:
        return b'""'
    text = guarded(value) if isinstance(value, str) else str(value)
    return b'"' + text.replace('"', '""').encode() + b'"'


def head(responses: Responses) -> list[str]:
    names = ([column.name, f"{column.name}_label"] if column.has_label_column else [column.name]
             for column in responses.columns)  # fmt: skip
    return [name for both in names for name in both]


def table_of(column: Column, responses: Responses, language: str) -> np.ndarray:
    """A cell for each byte, with the label's cell behind it where the column has one."""
    told = responses.words.get(column.name) or tuple(range(NONE))
    cells = np.full(256, b'"",""' if column.has_label_column else b'""', dtype=object)
    for code, value in enumerate(told):
        cells[code] = cell(value)
        if column.has_label_column:
            label = column.values.get(code)
            cells[code] += b"," + cell(None if label is None else said(label, language))
    return cells


@dataclass
class Run:
    """Neighbouring columns. Their cells stand ready as one text for each combination of codes that came up so far."""

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
        return b",".join(reversed(found))


def parts_of(responses: Responses, language: str) -> list[Run | Column]:
    """The columns from left to right; those of codes in runs that are as long as their combinations stay few."""
    parts: list[Run | Column] = []
    for column in responses.columns:
        if column.type not in BYTE_TYPES:
            parts.append(column)
            continue
        codes = np.flatnonzero(np.bincount(responses.codes[:, responses.places[column.name]], minlength=256))
        last, table = parts[-1] if parts else None, table_of(column, responses, language)
        if isinstance(last, Run) and last.combinations * len(codes) <= MOST_COMBINATIONS:
            parts[-1] = Run([*last.columns, column], [*last.tables, table], [*last.codes, codes])
        else:
            parts.append(Run([column], [table], [codes]))
    return parts


def write(responses: Responses, path: Path, *, language: str, seen: Callable[[int], object]) -> None:
    parts = parts_of(responses, language)
    with path.open("wb", buffering=1 << 20) as file:
        file.write(BOM + b",".join(cell(name) for name in head(responses)) + END)
        for block in responses.blocks():
            rows = zip(*(cells_of(part, block) for part in parts), strict=True)
            file.write(END.join(map(b",".join, rows)) + END)
            seen(len(block))


def cells_of(part: Run | Column, block: Block) -> list[bytes]:
    if isinstance(part, Run):
        return part.cells(block)
    if part.type == "id":
        return quoted_ids(block)
    if part.type == "day":
        days, places = np.unique(block.days, return_inverse=True)
        ready = np.array([cell(day_of(each).isoformat()) for each in days.tolist()], dtype=object)
        return ready[places].tolist()
    return [cell(value) for value in block.values(part)]


def quoted_ids(block: Block) -> list[bytes]:
    """All at once: they are equally long and of plain letters."""
    cells = np.full((len(block), LENGTH_OF_ID + 2), ord('"'), dtype=np.uint8)
    cells[:, 1:-1] = np.frombuffer(block.joined_ids.encode(), dtype=np.uint8).reshape(-1, LENGTH_OF_ID)
    return cells.view(f"S{LENGTH_OF_ID + 2}").ravel().tolist()
