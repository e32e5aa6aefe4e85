"""All files of a report: its PDF, and each picture as SVG and PNG with what is printed beside it. By the worker."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from apps.inquiries.models import Inquiry
from apps.reports.documents.pdf import Imprint, pdf
from apps.reports.documents.questionnaire import questionnaire
from apps.reports.drawings.drawing import png, sheet
from apps.reports.models import Document
from apps.reports.report.blocks import Figure, Report
from apps.surveys.definition import canonical
from apps.surveys.queries import Instrument

MAKING = 1
"""Raised whenever the same report would give other bytes."""
PDF, SVG, PNG = "application/pdf", "image/svg+xml", "image/png"


@dataclass(frozen=True)
class Made:
    name: str
    content_type: str
    content: bytes


def fingerprint(report: Report, imprint: Imprint) -> str:
    """Of all that is printed: the same files are not made twice."""
    bare = replace(
        report, sections=tuple(replace(part, blocks=tuple(map(plain, part.blocks))) for part in report.sections)
    )
    bare = replace(bare, summary=tuple(map(plain, report.summary)))
    said = {**asdict(bare), "author": imprint.author, "link": imprint.link, "made_at": imprint.made_at.isoformat()}
    return sha256(canonical([MAKING, said])).hexdigest()


def plain(block: Any) -> Any:
    """Without the page's own drawings, which no file has."""
    return replace(block, panels=()) if isinstance(block, Figure) else block


def drawn_figures(report: Report) -> list[Figure]:
    """Each once, in the order of the report."""
    found = (block for section in report.sections for block in section.blocks if isinstance(block, Figure))
    return list({figure.id: figure for figure in found if figure.chart}.values())


def file_name(figure: Figure) -> str:
    """Its id, as it may stand in an address."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", figure.id)


def files_of(report: Report, imprint: Imprint, instrument: Instrument) -> Iterator[Made]:
    with override(report.language):
        appendix = questionnaire(instrument, report.language)
    yield Made(f"report-{report.language}.pdf", PDF, pdf(report, imprint, (appendix,)))
    stamp = " · ".join(f"{name} {said}" for name, said in (*report.stamp, ("", imprint.link)) if said)
    for figure in drawn_figures(report):
        drawn = sheet(figure, language=report.language, stamp=stamp)
        yield Made(f"{file_name(figure)}-{report.language}.svg", SVG, drawn)
        yield Made(f"{file_name(figure)}-{report.language}.png", PNG, png(drawn))


def keep(
    inquiry: Inquiry, report: Report, imprint: Imprint, instrument: Instrument, *, key: str = "", kept: bool = False
) -> str:
    """Make them unless they are there; returns the key under which they lie. `kept`: for as long as the inquiry is."""
    key = key or fingerprint(report, imprint)
    there = Document.objects.filter(inquiry=inquiry, report_sha256=key)
    if there.exists():
        there.update(made_at=timezone.now())
        return key
    files = [
        Document(
            inquiry=inquiry,
            report_sha256=key,
            name=made.name,
            content_type=made.content_type,
            content=made.content,
            sha256=sha256(made.content).hexdigest(),
            kept=kept,
        )
        for made in files_of(report, imprint, instrument)
    ]
    Document.objects.bulk_create(files, ignore_conflicts=True)  # two runs make the same bytes
    return key
