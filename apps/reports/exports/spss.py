"""SPSS: variable and value labels, missing values, levels of measurement. What was not shown is system-missing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from apps.common.punctuation import named
from apps.reports.exports.columns import Column, opinions
from apps.reports.exports.responses import Responses, day_of
from apps.reports.exports.wording import SIMULATED, said

LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_TITLE, LONGEST_NOTE = 255, 120, 64, 80  # bytes
MOST_DISCRETE = 3
RESERVED = frozenset(["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"])
TYPES = {
    "id": pl.String,
    "word": pl.String,
    "day": pl.Date,
    "code": pl.Int16,
    "number": pl.Float64,
    "date": pl.Date,
    "text": pl.String,
}


def write(responses: Responses, path: Path, *, language: str, seen: Callable[[int], object]) -> None:
    columns = {name_of(column): column for column in responses.columns}
    coded = {name: column for name, column in columns.items() if column.values}
    pyreadstat.write_sav(
        frame(responses, columns, seen),
        str(path),
        file_label=shortened(title(responses, language), LONGEST_TITLE),
        note=notes(responses, language),
        column_labels={
            name: shortened(said(column.label, language), LONGEST_LABEL) for name, column in columns.items()
        },
        variable_value_labels={
            name: {code: shortened(said(label, language), LONGEST_VALUE_LABEL) for code, label in column.values.items()}
            for name, column in coded.items()
        },
        missing_ranges={name: missing_of(column) for name, column in coded.items() if column.missing},
        variable_measure={name: column.measure for name, column in columns.items()},
        variable_format={name: "F3.0" for name, column in columns.items() if column.type == "code"},
        row_compress=True,
    )


def frame(responses: Responses, columns: dict[str, Column], seen: Callable[[int], object]) -> pl.DataFrame:
    kinds = {name: pl.Int16 if column.source == "version" else TYPES[column.type] for name, column in columns.items()}
    parts = []
    for block in responses.blocks():
        values = {name: [typed(column, value) for value in block.values(column)] for name, column in columns.items()}
        parts.append(pl.DataFrame(values, schema=kinds))
        seen(len(block))
    return pl.concat(parts) if parts else pl.DataFrame(schema=kinds)


def typed(column: Column, value: Any) -> Any:
    if column.type == "day":
        return day_of(value)
    if value is None:
        return "" if column.type == "text" else None
    if column.type == "date":
        return date.fromisoformat(value)
    return float(value) if column.type == "number" else value


def name_of(column: Column) -> str:
    """A few words are commands there."""
    return f"{column.name}_" if column.name.upper() in RESERVED else column.name


def missing_of(column: Column) -> list[Any]:
    """A range where nothing else lies in it, else the first three one by one: SPSS takes no more."""
    low, high = min(column.missing), max(column.missing)
    if not any(low <= code <= high for code in opinions(column)):
        return [{"lo": low, "hi": high}]
    return sorted(column.missing)[-MOST_DISCRETE:]


def title(responses: Responses, language: str) -> str:
    told = said(responses.inquiry.title, language)
    return named("模擬回答" if language == "ja" else "SIMULATED", told, language) if responses.simulated else told


def notes(responses: Responses, language: str) -> list[str]:
    """Lines of a document, each as long as SPSS takes it."""
    told = [said(SIMULATED, language)] if responses.simulated else []
    return [line for note in (*told, *responses.notes[language]) for line in broken(note)]


def broken(text: str) -> list[str]:
    lines = []
    while text:
        line = shortened(text, LONGEST_NOTE, end="")
        lines.append(line)
        text = text[len(line) :]
    return lines


def shortened(text: str, most: int, end: str = "…") -> str:
    """By bytes, never inside a character."""
    whole = text.encode()
    if len(whole) <= most:
        return text
    return whole[: most - len(end.encode())].decode(errors="ignore") + end
