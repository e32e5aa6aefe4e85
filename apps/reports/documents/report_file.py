"""The PDF of a report for a command: the same numbers give the same bytes, whenever and wherever it is made."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.common.templatetags.toikake import in_language
from apps.inquiries.models import Inquiry
from apps.reports.documents.links import place_of
from apps.reports.documents.pdf import Imprint, pdf
from apps.reports.documents.questionnaire import questionnaire
from apps.reports.method import operator_of
from apps.reports.models import FrozenReport
from apps.reports.report.blocks import Report, Words
from apps.reports.report.editions import title_of
from apps.surveys.queries import version_of


def report_pdf(report: Report, inquiry: Inquiry, content: Mapping[str, Any], frozen: FrozenReport | None) -> bytes:
    """A published one bears its day; one of this moment the day of the last answer in it."""
    link = place_of(inquiry, report.language, frozen.number if frozen else None)
    imprint = Imprint(operator_of(inquiry), frozen.published_at if frozen else last_day(content), link)
    used = version_of(inquiry.pk, content["version"])
    with override(report.language):
        report = as_edition(report, frozen) if frozen else report
        appendix = (questionnaire(used, report.language),) if used else ()
    return pdf(report, imprint, appendix)


def as_edition(report: Report, frozen: FrozenReport) -> Report:
    """With the title and the notes that its editors gave it; in the active language, which must be the report's."""
    notes = in_language(frozen.notes, report.language)
    said = [_("It takes the place of an earlier one.")] if frozen.corrects else []
    words = tuple(Words(text) for text in (*said, notes) if text)
    return replace(report, title=title_of(frozen, report.language), summary=(*words, *report.summary))


def last_day(content: Mapping[str, Any]) -> datetime:
    day = content["dates"]["last"]
    return datetime.combine(date.fromisoformat(day) if day else date(2000, 1, 1), time(), UTC)
