"""Reports of small inquiries, as the worker makes them and as they are told."""

from typing import Any

from django.utils.translation import override

from apps.common.snapshots import one_moment
from apps.inquiries.models import Inquiry
from apps.reports.models import FrozenReport
from apps.reports.report.blocks import Block, Figure, Quotes, Report, Section, Table, Terms, Words
from apps.reports.report.live import about_of, counted
from apps.reports.report.settings import LIVE, Settings
from apps.reports.report.telling import report_of
from apps.surveys.definition import document_hash
from tests.reports.factories import answer_as
from tests.responses.factories import instrument_of

WHOLE = {"Q1": 4, "Q2": {"a": 3, "b": 2}, "Q4": 2, "Q5": 1, "Q6": 1, "Q7": 1, "Q8": 2, "Q9": [1, 3, 2], "Q3": "だから"}


def content_of(inquiry: Inquiry, settings: Settings = LIVE) -> dict[str, Any]:
    with one_moment():
        return counted(inquiry, settings)


def published(inquiry: Inquiry) -> FrozenReport:
    """The report as it stands, frozen; its files are still to be made."""
    content = content_of(inquiry)
    used = instrument_of(inquiry)
    return FrozenReport.objects.create(
        inquiry=inquiry,
        number=1,
        version_id=used.version_id,
        content=content,
        sha256=document_hash(content),
        code_version="1",
    )


def told(inquiry: Inquiry, language: str = "en", content: dict[str, Any] | None = None, **about: Any) -> Report:
    with override(language):
        return report_of(about_of(inquiry, content or content_of(inquiry), language, **about))


def a_crowd(inquiry: Inquiry, readers: int = 60) -> None:
    """Readers who differ in everything, some of whom leave things out."""
    for number in range(readers):
        answers: dict[str, Any] = {
            "Q1": (1, 2, 3, 4, 5, 98)[number % 6],
            "Q2": {"a": number % 4 + 1, "b": (number // 2) % 4 + 1},
            "Q4": number % 5 + 1,
            "Q5": number % 4 + 1,
            "Q6": number % 5 + 1,
            "Q7": number % 5 + 1,
            "Q8": (number * 3) % 5 + 1,
            "Q9": [number % 6 + 1, (number + 1) % 6 + 1] if number % 3 else [(number + 2) % 6 + 1],
            "B1": number % 6 + 1,
        }
        kept = dict(list(answers.items())[: 9 if number % 5 else 4])
        answer_as(inquiry, number, kept, finished=number % 5 > 0, language=("ja", "en")[number % 2], screen=8)


def figures_of(report: Report) -> dict[str, Figure]:
    return {block.id: block for section in report.sections for block in section.blocks if isinstance(block, Figure)}


def texts_of(report: Report) -> list[str]:
    """Every text that somebody may read."""
    found = [report.title, report.headline, *(text for pair in report.stamp for text in pair)]
    for block in report.summary:
        found += texts_in(block)
    for section in report.sections:
        found += texts_of_section(section)
    return [text for text in found if text]


def texts_of_section(section: Section) -> list[str]:
    return [section.title, section.lead, *(text for block in section.blocks for text in texts_in(block))]


def texts_in(block: Block) -> list[str]:
    if isinstance(block, Words):
        return [block.text]
    if isinstance(block, Terms):
        return [block.title, *(text for pair in block.pairs for text in pair)]
    if isinstance(block, Quotes):
        return [block.rule, *(text for pair in block.quotes for text in pair)]
    if isinstance(block, Table):
        return [block.caption, *block.columns, *block.notes, *(cell for row in block.rows for cell in row)]
    marks = (
        [text for row in block.chart.rows for mark in row.marks for text in (mark.label, mark.text)]
        if block.chart
        else []
    )
    return [block.headline, block.question, block.base, *block.facts, *block.notes, *texts_in(block.table), *marks]
