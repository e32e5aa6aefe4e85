"""A report as plain data for the typesetter: words, widths of columns, names of pictures. Nothing of it is markup."""

from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any

from apps.reports.documents.signs import Setting, each
from apps.reports.drawings.drawing import svg
from apps.reports.drawings.measure import width
from apps.reports.report.blocks import Block, Figure, Quotes, Report, Section, Table, Terms, Words

WIDE = 680
"""Pixels across the text: 13 of them are then about 9 points."""
APART = {"method", "questionnaire"}
"""Sections that are looked up on their own: each begins a page."""
FEW = 6
"""As many columns leave room for whole words in their heads."""
MANY = 8
"""From more columns on the type is small (`report.typ`), and sentences leave room for the numbers beside them."""
INSETS, INSETS_OF_MANY = 0.7, 1.3
WIDEST_CELL, WIDEST_OF_MANY, NUMBER = 26.0, 17.0, 9.0
"""In em: no column counts for more; numbers that are shorter throughout are set to the right."""


class LaidOut:
    """`data` for the page, `files` beside it."""

    def __init__(self, report: Report) -> None:
        self.setting = Setting(report.language)
        self.language = report.language
        self.files: dict[str, bytes] = {}
        self.data: dict[str, Any] = {
            "language": report.language,
            "title": self.words(report.title),
            "headline": self.words(report.headline),
            "simulated": report.simulated,
            "summary": self.blocks(report.summary),
            "leading": self.blocks(leading(report)),
            "sections": [self.section(section) for section in report.sections],
            "stamp": each(report.stamp, self.words),
        }

    def words(self, words: str) -> str:
        return self.setting(words)

    def section(self, section: Section) -> dict[str, Any]:
        return {
            "title": self.words(section.title),
            "apart": section.id in APART,
            "lead": self.words(section.lead),
            "blocks": self.blocks(section.blocks),
        }

    def blocks(self, blocks: Sequence[Block]) -> list[dict[str, Any]]:
        return [self.block(block) for block in blocks]

    @singledispatchmethod
    def block(self, block: Any) -> dict[str, Any]:
        raise TypeError(block)

    @block.register
    def _(self, block: Words) -> dict[str, Any]:
        return {"kind": "words", "tone": block.tone, "text": self.words(block.text)}

    @block.register
    def _(self, block: Terms) -> dict[str, Any]:
        return {"kind": "terms", "title": self.words(block.title), "pairs": each(block.pairs, self.words)}

    @block.register
    def _(self, block: Quotes) -> dict[str, Any]:
        return {"kind": "quotes", "rule": self.words(block.rule), "quotes": each(block.quotes, self.words)}

    @block.register
    def _(self, block: Table) -> dict[str, Any]:
        return {"kind": "table", **self.table(block)}

    @block.register
    def _(self, block: Figure) -> dict[str, Any]:
        return {
            "kind": "figure",
            "headline": self.words(block.headline),
            "question": self.words(block.question),
            "base": self.words(block.base),
            "chart": self.picture(block),
            "alt": self.words(block.chart.alt) if block.chart else "",
            "table": self.table(block.table),
            "facts": each(block.facts, self.words),
            "notes": each(block.notes, self.words),
        }

    def picture(self, figure: Figure) -> str:
        """Its name among the files; empty where there is none."""
        if figure.chart is None:
            return ""
        name = f"{len(self.files)}.svg"
        drawn = svg(figure.chart, language=self.language, width=WIDE).decode()
        self.files[name] = self.words(drawn).encode()
        return name

    def table(self, table: Table) -> dict[str, Any]:
        columns = [[row[place] for row in table.rows if place < len(row)] for place in range(len(table.columns))]
        longest = [max((width(cell, 1) for cell in cells), default=0) for cells in columns]
        heads = [width(head, 1) for head in table.columns]
        few = len(table.columns) <= MANY
        widest, insets = (WIDEST_CELL, INSETS) if few else (WIDEST_OF_MANY, INSETS_OF_MANY)
        head_room = WIDEST_CELL / (3 if len(table.columns) <= FEW else 4)
        return {
            "columns": each(table.columns, self.words),
            "rows": [each(fill(row, len(table.columns)), self.words) for row in table.rows],
            "widths": [
                max(min(one, widest), min(head, head_room), 3) + insets
                for one, head in zip(longest, heads, strict=True)
            ],
            "right": [
                bool(place) and one <= NUMBER and all(is_number(cell) for cell in columns[place])
                for place, one in enumerate(longest)
            ],
            "caption": self.words(table.caption),
            "notes": each(table.notes, self.words),
            "strong": list(table.strong),
        }


def leading(report: Report) -> tuple[Figure, ...]:
    """The first picture of all, for the first page if there is room; none where that page has one already."""
    found = [block for section in report.sections for block in section.blocks if isinstance(block, Figure)]
    own = any(isinstance(block, Figure) for block in report.summary)
    return () if own else tuple(figure for figure in found if figure.chart)[:1]


def is_number(cell: str) -> bool:
    """Or what stands in place of one: nobody, withheld, nothing."""
    return any(sign.isdigit() for sign in cell) or len(cell) <= 1


def fill(row: Sequence[str], long: int) -> list[str]:
    return [*row, *[""] * (long - len(row))][:long]
