"""A CSV file row by row. What cannot be read is told with file, line and column, in a sentence."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

LONGEST_FIELD = 10_000_000
LARGEST = 2**63 - 1
LONGEST_NUMBER = 20


class FileFault(Exception):
    """A file that cannot be taken in. `column`: its place in the row, from 1, and its name; 0 where it is the row."""

    def __init__(self, file: str, line: int, problem: str, column: int = 0, name: str = "") -> None:
        where = f", column {column} ({name})" if name else f", column {column}" if column else ""
        super().__init__(f"{file}, line {line}{where}: {problem}.")
        self.file, self.line, self.column = file, line, column


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `line` is where it begins, for a quoted text may go on over several."""

    file: str
    line: int
    columns: Mapping[str, int]
    fields: Sequence[str]

    def text(self, name: str) -> str:
        text = self.fields[self.columns[name]]
        if "\x00" in text:
            raise self.fault(name, "the text holds a NUL character")
        return text

    def optional(self, name: str) -> str:
        return self.text(name) if name in self.columns else ""

    def integer(self, name: str, *, least: int = -LARGEST, most: int = LARGEST) -> int:
        text = self.fields[self.columns[name]].strip()
        if not (text.isascii() and text.removeprefix("-").isdigit()):
            raise self.fault(name, f"“{shortened(text)}” is not a whole number")
        number = int(text) if len(text) <= LONGEST_NUMBER else LARGEST + 1
        if not least <= number <= most:
            raise self.fault(name, f"{shortened(text)} is out of range")
        return number

    def one_of(self, name: str, known: Mapping[str, int]) -> int:
        text = self.text(name).strip()
        if text not in known:
            raise self.fault(name, f"“{shortened(text)}” is none of {', '.join(sorted(known))}")
        return known[text]

    def fault(self, name: str, problem: str) -> FileFault:
        return FileFault(self.file, self.line, problem, self.columns[name] + 1, name)


def shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def rows(path: Path, needed: Sequence[str]) -> Iterator[Row]:
    """The rows under a head that names at least the columns `needed`; others are there or not."""
    lines = csv_rows(path)
    _line, head = next(lines, (1, []))
    columns = {name.strip(): place for place, name in reversed(list(enumerate(head)))}
    for name in needed:
        if name not in columns:
            raise FileFault(path.name, 1, f"there is no column “{name}”")
    if len(columns) < len(head):
        place = next(place for place, name in enumerate(head) if columns[name.strip()] != place)
        raise FileFault(path.name, 1, "this name stands twice", place + 1, head[place].strip())
    for line, fields in lines:
        if len(fields) != len(head):
            problem = f"the row ends here, the head has {len(head)} columns"
            if len(fields) > len(head):
                problem = f"the row goes on, the head has {len(head)} columns"
            raise FileFault(path.name, line, problem, min(len(fields), len(head) + 1))
        yield Row(path.name, line, columns, fields)


def csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(line on which it begins, fields) of each row that is not empty."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(decoded(path), newline=""), strict=True)
    line = 1
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileFault(path.name, line, f"this is not CSV: {error}") from error
        if fields:
            yield line, fields
        line = reader.line_num + 1


def decoded(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, before = raw.count(b"\n", 0, error.start) + 1, raw.rfind(b"\n", 0, error.start) + 1
        problem = f"byte {error.start - before + 1} of the line is not UTF-8"
        raise FileFault(path.name, line, problem) from error


class _Lines:
    """Takes whole rows that end in carriage return and line feed, and writes them with a line feed only."""

    def __init__(self, file: TextIO) -> None:
        self.file = file

    def write(self, row: str) -> int:
        return self.file.write(row[:-2] + "\n")


def write_rows(path: Path, lines: Iterable[Sequence[object]]) -> int:
    """Returns how many. Python quotes only those line ends that it writes itself, so it must believe to write both."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(_Lines(file), lineterminator="\r\n")
        return sum(1 for line in lines if writer.writerow(line))
