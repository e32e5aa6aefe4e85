"""A workbook of three sheets: the answers, the codebook, what is to be known. No text is taken for a formula."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from apps.reports.exports.codebook import marks_of, period
from apps.reports.exports.columns import Column
from apps.reports.exports.csv_table import head
from apps.reports.exports.formats import TooManyRows
from apps.reports.exports.responses import Block, Responses, day_of
from apps.reports.exports.wording import HEADINGS, NOTES, SIMULATED, said

MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(responses: Responses, path: Path, *, language: str, seen: Callable[[int], object]) -> None:
    if len(responses) > MOST_ROWS:
        raise TooManyRows(MOST_ROWS)
    words = HEADINGS[language]
    with Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent), **PLAIN}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(words["data"])
        sheet.freeze_panes(1, 1)
        write_row(sheet, 0, head(responses), bold)
        for block in responses.blocks():
            for place, row in enumerate(rows_of(block, language), start=block.start + 1):
                write_row(sheet, place, row)
            seen(len(block))
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


def rows_of(block: Block, language: str) -> Iterator[list[Any]]:
    cells: list[list[Any]] = []
    for column in block.responses.columns:
        values = block.values(column)
        cells.append([day_of(each).isoformat() for each in values] if column.type == "day" else values)
        if column.has_label_column:
            labels = {code: said(label, language) for code, label in column.values.items()}
            cells.append([labels.get(value) for value in values])
    for row in zip(*cells, strict=True):
        yield list(row)


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
        f"{words['responses']}: {len(responses):,}",
        f"{words['period']}: {period(responses)}",
        *NOTES[language],
    ]
