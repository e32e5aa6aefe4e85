"""Parquet with types: codes are small whole numbers, days are days; what codes mean stands in each field's metadata."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from apps.reports.exports.codebook import codebook, described
from apps.reports.exports.columns import Column
from apps.reports.exports.responses import Block, Responses
from apps.responses.export_records import NONE

ROWS_AT_ONCE = 100_000
WORDS = pa.dictionary(pa.int8(), pa.string())
TYPES = {
    "id": pa.string(),
    "word": WORDS,
    "day": pa.date32(),
    "code": pa.int16(),
    "number": pa.float64(),
    "date": pa.date32(),
    "text": pa.string(),
}


def type_of(column: Column) -> pa.DataType:
    return pa.int16() if column.source == "version" else TYPES[column.type]


def schema(responses: Responses) -> pa.Schema:
    told = {"toikake": json.dumps(codebook(responses), ensure_ascii=False)}
    fields = [
        pa.field(
            column.name,
            type_of(column),
            metadata={"toikake": json.dumps(described(column), ensure_ascii=False)},
        )
        for column in responses.columns
    ]
    return pa.schema(fields, metadata=told)


def write(responses: Responses, path: Path, *, language: str, seen: Callable[[int], object]) -> None:
    """In both languages at once, whatever language is asked for."""
    form = schema(responses)
    with pq.ParquetWriter(path, form, compression="zstd") as writer:
        for block in responses.blocks(ROWS_AT_ONCE):
            arrays = [array(column, block) for column in responses.columns]
            writer.write_table(pa.Table.from_arrays(arrays, schema=form))
            seen(len(block))


def array(column: Column, block: Block) -> pa.Array:
    if column.type == "code":
        codes = block.bytes_of(column)
        return pa.array(codes.astype(np.int16), mask=codes == NONE)
    if column.type == "word":
        codes, told = block.bytes_of(column), block.responses.words[column.name]
        if column.source == "version":
            return pa.array(np.array(told, dtype=np.int16)[codes])
        places = pa.array(codes.astype(np.int8), mask=codes == NONE)
        return pa.DictionaryArray.from_arrays(places, pa.array(list(told), pa.string()))
    if column.type == "day":
        return pa.array(block.days, pa.int32()).cast(pa.date32())
    return pa.array([typed(column, value) for value in block.values(column)], TYPES[column.type])


def typed(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.type == "date":
        return date.fromisoformat(value)
    return float(value) if column.type == "number" else value
