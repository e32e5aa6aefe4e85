"""A table in words: heads, cells, totals, filters. In the active language; no array is needed for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.reports.crosstables.fields import SILENT, Field
from apps.reports.crosstables.wording import category_name, field_name
from apps.reports.numbers import count_text, percent_text

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MARKS = {2: "▲▲", 1: "▲", -1: "▽", -2: "▽▽"}

Content = Mapping[str, Any]
Fields = Mapping[str, Field]


@dataclass(frozen=True)
class Cell:
    """`share` of its column; `letters`: columns that it clearly exceeds; `mark`: more or fewer than were to be
    expected, by `level` -2 … 2."""

    share: str
    count: str
    letters: str = ""
    mark: str = ""
    level: int = 0
    residual: str = ""
    row_share: str = ""


@dataclass(frozen=True)
class Head:
    """A column: its `letter` where it is compared, and `base`, everybody in it."""

    label: str
    letter: str
    base: str


@dataclass(frozen=True)
class Line:
    label: str
    cells: tuple[Cell, ...]
    silent: bool = False


@dataclass(frozen=True)
class Told:
    rows: str
    columns: str
    filters: tuple[tuple[str, str], ...]
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    several: bool
    whole: bool


def told(content: Content, fields: Fields, language: str, counts_to: int) -> Told:
    rows, columns = fields[content["rows"]], fields[content["columns"]]
    compared = set((content["tests"] or {}).get("compared", ()))
    bases = content["counts"][-1]
    heads = [
        Head(
            category_name(columns, key, language),
            LETTERS[place] if place in compared and place < len(LETTERS) else "",
            base_text(bases[place], content["small_columns"][place], counts_to),
        )
        for place, key in enumerate(content["column_keys"])
    ]
    heads.append(Head(_("All"), "", base_text(bases[-1], content["small_columns"][-1], counts_to)))
    lines = tuple(
        Line(
            category_name(rows, key, language),
            tuple(cell(content, row, column, counts_to) for column in range(len(heads))),
            silent=key == SILENT,
        )
        for row, key in enumerate(content["row_keys"])
    )
    return Told(
        rows=field_name(rows, language),
        columns=field_name(columns, language),
        filters=tuple(filter_text(each, fields, language) for each in content["filters"]),
        heads=tuple(heads),
        lines=lines,
        several=content["kind"] == "several",
        whole=content["whole"],
    )


def base_text(base: int | None, small: bool, counts_to: int) -> str:
    return f"n={count_text(base, counts_to)}{'*' if small and base is not None else ''}"


def filter_text(wanted: Mapping[str, Any], fields: Fields, language: str) -> tuple[str, str]:
    field = fields[wanted["field"]]
    return field_name(field, language), " / ".join(category_name(field, key, language) for key in wanted["codes"])


def cell(content: Content, row: int, column: int, counts_to: int) -> Cell:
    """Only answers are compared: silence has neither letters nor marks."""
    count = content["counts"][row][column]
    share, of_row = (percent_text(content[name][row][column], count) for name in ("column_shares", "row_shares"))
    plain = Cell(share, count_text(count, counts_to), row_share=of_row)
    answers = [place for place, key in enumerate(content["column_keys"]) if key != SILENT]
    if content["row_keys"][row] == SILENT or column not in answers or count is None:
        return plain
    place = answers.index(column)
    level = content["levels"][row][place]
    residuals = content["residuals"]
    return Cell(
        share,
        plain.count,
        letters=content["letters"][row][place],
        mark=MARKS.get(level, ""),
        level=level,
        residual=f"{residuals[row][place] + 0.0:+.1f}".replace("-", "−") if residuals else "",
        row_share=of_row,
    )
