"""A report as a file. A new format is one function and one row here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.inquiries.models import Inquiry
from apps.reports.models import FrozenReport
from apps.reports.report.blocks import Report
from apps.reports.report.document import data_hash
from apps.reports.report.editions import told
from apps.reports.report.live import about_of
from apps.reports.report.page import report_html
from apps.reports.report.telling import report_of
from apps.surveys.definition import canonical

SHEETS = ("toikake.css", "charts.css", "map.css", "report.css")


@dataclass(frozen=True)
class Source:
    """What is written: the numbers of this moment, or a published report."""

    inquiry: Inquiry
    content: dict[str, Any]
    frozen: FrozenReport | None = None

    def told(self, language: str) -> Report:
        """In `language`, which must be the active one."""
        if self.frozen is not None:
            return told(self.frozen, self.inquiry, language, intervals=True)
        stamp = ((_("Hash of the data"), data_hash(self.content)), (_("Code"), str(self.content["code"])))
        return report_of(about_of(self.inquiry, self.content, language), stamp=stamp)


def as_json(source: Source, language: str) -> bytes:
    """The same in all languages: numbers and codes."""
    return canonical(source.content) + b"\n"


def as_html(source: Source, language: str) -> bytes:
    """A page in one file: its style lies in it, and it asks nobody for anything."""
    with override(language):
        report = source.told(language)
        context = {"report": report, "body": report_html(report), "language": language, "style": style()}
        return render_to_string("report/file.html", context).encode()


def as_pdf(source: Source, language: str) -> bytes:
    """To print and to keep, with the questionnaire as its last part."""
    from apps.reports.documents.report_file import report_pdf

    with override(language):
        report = source.told(language)
    return report_pdf(report, source.inquiry, source.content, source.frozen)


def style() -> SafeString:
    """Our own sheets, in the file itself: it is no page of the site, whose policy would refuse them there."""
    folder = Path(settings.BASE_DIR) / "static" / "css"
    sheets = "\n".join((folder / name).read_text(encoding="utf-8") for name in SHEETS)
    return mark_safe(f"<style>{sheets}</style>")  # noqa: S308


Write = Callable[[Source, str], bytes]
FORMATS: dict[str, Write] = {"html": as_html, "pdf": as_pdf, "json": as_json}
"""By name: (source, language) → the whole file."""
