"""A workbook of three sheets: the answers, the codebook, what is to be known. No text is taken for a formula."""

import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from apps.common.punctuation import named
from apps.reports.exports.codebook import marks_of, period
from apps.reports.exports.columns import Column
from apps.reports.exports.csv_table import head
from apps.reports.exports.formats import TooManyRows
from apps.reports.exports.responses import Block, Responses, day_of
from apps.reports.exports.runs import Run, parts_of
from apps.reports.exports.wording import HEADINGS, SIMULATED, said

MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
DATA = "xl/worksheets/sheet1.xml"
SQUEEZE = 3
ROW = b"\x00"
LAST_ROW = re.compile(rb'(<dimension ref="A1:[A-Z]+)1(?=")')
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""A text that looks like the file format's own way of writing such signs."""
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(responses: Responses, path: Path, *, language: str, seen: Callable[[int], object]) -> None:
    if len(responses) > MOST_ROWS:
        raise TooManyRows(MOST_ROWS)
    with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as made:
        frame = Path(made) / "frame.xlsx"
        write_frame(responses, frame, language)
        with ZipFile(frame) as framed, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=SQUEEZE) as book:
            for info in framed.infolist():
                content = framed.read(info)
                if info.filename != DATA:
                    book.writestr(info, content, ZIP_DEFLATED)
                    continue
                begun, end, rest = content.partition(b"</sheetData>")
                with book.open(DATA, "w", force_zip64=True) as sheet:
                    sheet.write(LAST_ROW.sub(b"\\g<1>%d" % (len(responses) + 1), begun, count=1))
                    for rows in sheet_rows(responses, language, seen):
                        sheet.write(rows)
                    sheet.write(end + rest)


def write_frame(responses: Responses, path: Path, language: str) -> None:
    """The workbook with a head and no answers: setting those cell by cell takes ten times as long."""
    words = HEADINGS[language]
    with Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent), **PLAIN}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(words["data"])
        sheet.freeze_panes(1, 1)
        write_row(sheet, 0, head(responses), bold)
        explained = book.add_worksheet(words["codebook"])
        explained.freeze_panes(1, 1)
        for width, place in ((18, 0), (60, 1), (8, 2), (40, 3), (20, 4)):
            explained.set_column(place, place, width, wrapped)
        for place, row in enumerate(codebook_rows(responses, language)):
            write_row(explained, place, row, bold if not place else None)
        about = book.add_worksheet(words["about"])
        about.set_column(0, 0, 100, wrapped)
        for place, line in enumerate(about_lines(responses, language)):
            write_row(about, place, [line], None)


def write_row(sheet: Worksheet, place: int, row: list[Any], form: Any = None) -> None:
    for column, value in enumerate(row):
        if isinstance(value, str):
            sheet.write_string(place, column, value[:LONGEST_TEXT], form)
        elif value is not None:
            sheet.write_number(place, column, value, form)


def sheet_rows(responses: Responses, language: str, seen: Callable[[int], object]) -> Iterator[bytes]:
    """The rows of answers as they stand in the file, block by block. Each cell names its column and, for its row,
    holds a sign that no text may hold, in whose place the row's number is put."""
    letters = dict(zip(head(responses), map(column_letters, count()), strict=False))

    def coded(column: Column, value: Any) -> bytes:
        found = cell(letters[column.name], value)
        label = column.values.get(value) if column.has_label_column else None
        return found + (cell(letters[f"{column.name}_label"], said(label, language)) if label else b"")

    parts = parts_of(responses, coded, between=b"")
    for block in responses.blocks():
        columns = (
            part.cells(block)
            if isinstance(part, Run)
            else [cell(letters[part.name], each) for each in plain(part, block)]
            for part in parts
        )
        rows = enumerate(zip(*columns, strict=True), start=block.start + 2)
        yield b"".join(
            b'<row r="%d">%b</row>' % (number, b"".join(cells).replace(ROW, b"%d" % number)) for number, cells in rows
        )
        seen(len(block))


def plain(column: Column, block: Block) -> list[Any]:
    values = block.values(column)
    return [day_of(each).isoformat() for each in values] if column.type == "day" else values


def cell(letters: str, value: Any) -> bytes:
    """Nothing where there is nothing; a number, or a text that stands in the cell itself."""
    if value is None:
        return b""
    place = b'<c r="%b%b"' % (letters.encode(), ROW)
    if not isinstance(value, str):
        return place + b"><v>%b</v></c>" % str(value).encode()
    text = CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", ESCAPE_LIKE.sub("_x005F_", value[:LONGEST_TEXT]))
    return place + b' t="inlineStr"><is><t xml:space="preserve">%b</t></is></c>' % escape(text).encode()


def column_letters(number: int) -> str:
    """0: A, 25: Z, 26: AA."""
    letters = ""
    number += 1
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def codebook_rows(responses: Responses, language: str) -> Iterator[list[Any]]:
    words = HEADINGS[language]
    yield [words["column"], words["question"], words["code"], words["label"], ""]
    for column in responses.columns:
        yield [column.name, said(column.label, language)]
        yield from (value_row(column, code, language) for code in column.values)


def value_row(column: Column, code: int, language: str) -> list[Any]:
    marks = ", ".join(HEADINGS[language][mark] for mark, on in marks_of(column, code) if on)
    return [column.name, None, code, said(column.values[code], language), marks or None]


def about_lines(responses: Responses, language: str) -> list[str]:
    words = HEADINGS[language]
    told = [said(SIMULATED, language)] if responses.simulated else []
    return [
        said(responses.inquiry.title, language),
        *told,
        named(words["responses"], f"{len(responses):,}", language),
        named(words["period"], period(responses), language),
        *responses.notes[language],
    ]
