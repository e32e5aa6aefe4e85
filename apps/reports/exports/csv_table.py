"""CSV, written in blocks: every code is looked up in a table of cells that were made ready once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from apps.common.csv_files import guarded
from apps.reports.exports.columns import Column
from apps.reports.exports.responses import BYTE_TYPES, Block, Responses, day_of
from apps.reports.exports.wording import said
from apps.responses.exported import NONE

BOM, END = b"\xef\xbb\xbf", b"\r\n"


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


def write(responses: Responses, path: Path, *, language: str, seen: Callable[[int], object]) -> None:
    tables = {
        column.name: table_of(column, responses, language) for column in responses.columns if column.type in BYTE_TYPES
    }
    with path.open("wb", buffering=1 << 20) as file:
        file.write(BOM + b",".join(cell(name) for name in head(responses)) + END)
        for block in responses.blocks():
            rows = zip(*(cells_of(column, block, tables) for column in responses.columns), strict=True)
            file.write(END.join(map(b",".join, rows)) + END)
            seen(len(block))


def cells_of(column: Column, block: Block, tables: dict[str, np.ndarray]) -> list[bytes]:
    if column.name in tables:
        return tables[column.name][block.bytes_of(column)].tolist()
    if column.type == "id":
        return [b'"%b"' % each.encode() for each in block.ids]
    if column.type == "day":
        days, places = np.unique(block.days, return_inverse=True)
        ready = np.array([cell(day_of(each).isoformat()) for each in days.tolist()], dtype=object)
        return ready[places].tolist()
    return [cell(value) for value in block.values(column)]
