"""CSV, written in blocks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from apps.common.csv_files import guarded
from apps.reports.exports.columns import Column
from apps.reports.exports.responses import LENGTH_OF_ID, Block, Responses, day_of
from apps.reports.exports.runs import Run, parts_of
from apps.reports.exports.wording import said

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


def coded_cell(column: Column, value: Any, language: str) -> bytes:
    """With the label's cell behind it where the column has one."""
    if not column.has_label_column:
        return cell(value)
    label = column.values.get(value)
    return cell(value) + b"," + cell(None if label is None else said(label, language))


def write(responses: Responses, path: Path, *, language: str, seen: Callable[[int], object]) -> None:
    parts = parts_of(responses, lambda column, value: coded_cell(column, value, language), between=b",")
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
