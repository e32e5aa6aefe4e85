"""All responses of an inquiry in memory, as bytes: about eighty a reader. Files are written from it block by block."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from apps.common.device_classes import DEVICES
from apps.inquiries.models import Inquiry
from apps.reports.exports.columns import Column, columns_of
from apps.reports.exports.signs import Signs, signs_of
from apps.reports.exports.themes import books_told, notes_of, themes_of
from apps.reports.exports.wording import NOTES
from apps.responses.coding import finished_books
from apps.responses.export_records import (
    DAY_BYTES,
    FIXED,
    NONE,
    STATUSES,
    Wanted,
    joined_records,
    versions_answered,
    worded_records,
)
from apps.responses.queries import languages, log_watermark
from apps.surveys.definition import Slot
from apps.surveys.queries import Instrument, instrument, published_instrument

Bytes = npt.NDArray[np.uint8]
ROWS_AT_ONCE = 10_000
LENGTH_OF_ID = 16
EPOCH = date(1970, 1, 1)
BYTE_TYPES = ("code", "word")
WRITTEN_TYPES = ("number", "date", "text")


@dataclass(frozen=True)
class Responses:
    """`codes`: a row for each reader, a column for each of `columns` that is a code or a word. `days`: since 1970."""

    inquiry: Inquiry
    instruments: Sequence[Instrument]  # newest first
    columns: tuple[Column, ...]
    words: Mapping[str, tuple[Any, ...]]  # what the bytes of a column of words stand for
    codes: Bytes
    days: npt.NDArray[np.int32]
    written: Sequence[str | None] | None  # of each reader the written answers as a JSON list
    order: npt.NDArray[np.intp]
    seed: int
    watermark: int
    raw_text: bool
    more_notes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What is to be known of signs and of themes, by language."""
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """Files that a format holds besides, made of the same moment, by their names."""

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def simulated(self) -> bool:
        return self.inquiry.simulated

    @property
    def notes(self) -> dict[str, tuple[str, ...]]:
        """What is to be known of every export, and of this one."""
        return {language: (*notes, *self.more_notes.get(language, ())) for language, notes in NOTES.items()}

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first and the last day on which a response began."""
        return (day_of(int(self.days.min())), day_of(int(self.days.max()))) if len(self) else (None, None)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where the bytes of a column stand."""
        return {column.name: place for place, column in enumerate(of_type(self.columns, BYTE_TYPES))}

    @cached_property
    def drawn_ids(self) -> str:
        """Sixteen characters for each, of no meaning, one after the other."""
        drawn = np.random.default_rng(self.seed)
        numbers = drawn.integers(0, 2**64, len(self), dtype=np.uint64)
        while drawn_twice(numbers):
            numbers = drawn.integers(0, 2**64, len(self), dtype=np.uint64)
        return numbers.astype(">u8").tobytes().hex()

    def blocks(self, rows: int = ROWS_AT_ONCE) -> Iterator["Block"]:
        for start in range(0, len(self), rows):
            yield Block(self, start, self.order[start : start + rows])


@dataclass(frozen=True)
class Block:
    """Some rows, in the order of the files."""

    responses: Responses
    start: int
    rows: npt.NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def codes(self) -> Bytes:
        """Turned, so that a column lies together."""
        return np.ascontiguousarray(self.responses.codes[self.rows].T)

    @cached_property
    def days(self) -> npt.NDArray[np.int32]:
        return self.responses.days[self.rows]

    @property
    def joined_ids(self) -> str:
        return self.responses.drawn_ids[self.start * LENGTH_OF_ID : (self.start + len(self)) * LENGTH_OF_ID]

    @cached_property
    def ids(self) -> list[str]:
        text = self.joined_ids
        return [text[place : place + LENGTH_OF_ID] for place in range(0, len(text), LENGTH_OF_ID)]

    @cached_property
    def written(self) -> dict[str, list[Any]]:
        texts = self.responses.written
        if texts is None:
            return {}
        values = [json.loads(texts[row] or "[]") for row in self.rows.tolist()]
        names = of_type(self.responses.columns, WRITTEN_TYPES)
        return {column.name: [as_written(column, each[place]) for each in values] for place, column in enumerate(names)}

    def bytes_of(self, column: Column) -> Bytes:
        return self.codes[self.responses.places[column.name]]

    def values(self, column: Column) -> list[Any]:
        """Python's own values; None where nothing is there. Days are numbers since 1970."""
        if column.type == "id":
            return self.ids
        if column.type == "day":
            return self.days.tolist()
        if column.type in WRITTEN_TYPES:
            return self.written[column.name]
        table = np.full(256, None, dtype=object)
        told = self.responses.words.get(column.name) or tuple(range(NONE))
        table[: len(told)] = told
        return table[self.bytes_of(column)].tolist()


def drawn_twice(numbers: npt.NDArray[np.uint64]) -> bool:
    ordered = np.sort(numbers)
    return bool((ordered[1:] == ordered[:-1]).any())


def day_of(number: int) -> date:
    return EPOCH + timedelta(days=number)


def as_written(column: Column, value: Any) -> Any:
    """What was written; a blank that is stored as a code is nothing, a consent is a word."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.type == "number":
        return value
    return value if isinstance(value, str) else None


def of_type(columns: Sequence[Column], types: Sequence[str]) -> list[Column]:
    return [column for column in columns if column.type in types]


def gather(inquiry: Inquiry, *, seed: int, raw_text: bool, seen: Callable[[int], object]) -> Responses:
    """Everything there is at this moment; inside `one_moment` where it has to agree with something else."""
    instruments = instruments_of(inquiry)
    definitions = [each.definition for each in instruments]
    books = books_told(finished_books(inquiry.pk) if raw_text else (), definitions)
    themes = themes_of(books)
    signs = signs_of(inquiry)
    columns = columns_of(
        definitions, with_words=raw_text, themes=[column for _theme, column in themes], signs=signs.columns
    )
    spoken = tuple(languages(inquiry.pk))
    words = {
        "version": tuple(each.number for each in instruments),
        "status": STATUSES,
        "language": spoken,
        "device": DEVICES,
    }
    named = {column.name: words[str(column.source)] for column in columns if column.type == "word"}
    worded = bool(of_type(columns, WRITTEN_TYPES))
    lines: list[Bytes] = []
    texts: list[str | None] = []
    for place, each in enumerate(instruments):
        themes_wanted, named_too = tuple(theme for theme, _column in themes), bool(signs.columns)
        asked = replace(asked_of(each, columns, spoken), themes=themes_wanted, named=named_too)
        part, said = read_version(each, asked, inquiry, worded=worded, seen=seen)
        lines.append(laid_out(part, asked, each, columns, signs, version=place))
        texts += said
        del part
    whole = lines.pop() if len(lines) == 1 else np.concatenate(lines)
    wide = len(of_type(columns, BYTE_TYPES))
    return Responses(
        inquiry=inquiry,
        instruments=instruments,
        columns=columns,
        words=named,
        codes=whole[:, :wide],
        days=np.ascontiguousarray(whole[:, wide : wide + DAY_BYTES]).view(">i4").ravel().astype(np.int32),
        written=texts if worded else None,
        order=in_order(whole),
        seed=seed,
        watermark=log_watermark(inquiry.pk),
        raw_text=raw_text,
        more_notes={name: (*signs.notes[name], *themed) for name, themed in notes_of(books, list(NOTES)).items()},
    )


def in_order(rows: Bytes) -> npt.NDArray[np.intp]:
    """Places of the rows from the least to the greatest, as bytes compare: eight of them at a time as one number."""
    numbers = []
    for first in range(0, rows.shape[1], 8):
        eight = np.zeros((len(rows), 8), dtype=np.uint8)
        some = rows[:, first : first + 8]
        eight[:, : some.shape[1]] = some
        numbers.append(eight.view(">u8").ravel().astype(np.uint64))
    return np.lexsort(numbers[::-1])


def instruments_of(inquiry: Inquiry) -> list[Instrument]:
    """The published version and all others that somebody answered, newest first."""
    published = published_instrument(inquiry.pk)
    found = {each: instrument(each) for each in versions_answered(inquiry.pk)}
    if published is not None:
        found[published.version_id] = published
    return sorted(found.values(), key=lambda each: -each.number)


def read_version(
    each: Instrument, asked: Wanted, inquiry: Inquiry, *, worded: bool, seen: Callable[[int], object]
) -> tuple[bytearray, list[str | None]]:
    """Records one after the other, and what was written where anything is asked for that is."""
    part, texts = bytearray(), list[str | None]()
    if worded:
        for record, said in worded_records(asked, inquiry.pk, seen=seen):
            part += record
            texts.append(said)
    else:
        for piece in joined_records(asked, inquiry.pk, seen=seen):
            part += piece
    if len(part) % asked.width:
        raise UnevenRecordsError(each.number)
    return part, texts


def asked_of(each: Instrument, columns: Sequence[Column], spoken: tuple[str, ...]) -> Wanted:
    sources = [str(column.source) for column in columns if isinstance(column.source, str)]
    return Wanted(
        version_id=each.version_id,
        slots=len(each.definition.slots),
        given=tuple(source[len("given ") :] for source in sources if source.startswith("given ")),
        coins=tuple(source[len("coin ") :] for source in sources if source.startswith("coin ")),
        words=tuple(column.source for column in of_type(columns, WRITTEN_TYPES) if isinstance(column.source, tuple)),
        languages=spoken,
    )


def laid_out(
    part: bytearray, asked: Wanted, each: Instrument, columns: Sequence[Column], signs: Signs, *, version: int
) -> Bytes:
    """The records of one version under the columns of all: bytes of codes and words, then the day, then the digest.
    Pseudonyms end here."""
    sent = np.frombuffer(part, dtype=np.uint8).reshape(-1, asked.width)
    named: list[Slot | str] = [
        *each.definition.slots,
        *(f"given {name}" for name in asked.given),
        *FIXED,
        *(f"coin {name}" for name in asked.coins),
        *(f"theme {book} {code}" for book, _question, code in asked.themes),
    ]
    places = {source: place for place, source in enumerate(named)}
    marks = dict(zip((each.source for each in signs.columns), signs.of(sent[:, asked.bytes_in_order :]).T, strict=True))
    wanted = of_type(columns, BYTE_TYPES)
    laid = np.full((len(sent), len(wanted) + asked.bytes_in_order - asked.bytes_of_codes), NONE, dtype=np.uint8)
    for place, column in enumerate(wanted):
        if column.source == "version":
            laid[:, place] = version
        elif column.source in places:
            laid[:, place] = sent[:, places[column.source]]
        elif column.source in marks:
            laid[:, place] = marks[column.source]
    laid[:, len(wanted) :] = sent[:, asked.bytes_of_codes : asked.bytes_in_order]
    return laid


class UnevenRecordsError(Exception):
    """Packed answers that do not fit their version: `verify_ledger --rebuild-codes` mends them."""
