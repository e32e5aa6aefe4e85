"""Published reports: which there are, and how one is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.common.recent import recent
from apps.common.templatetags.toikake import in_language
from apps.inquiries.models import Inquiry
from apps.reports.models import FrozenReport
from apps.reports.report.blocks import Report
from apps.reports.report.live import about_of
from apps.reports.report.telling import report_of


@dataclass(frozen=True, slots=True)
class Listed:
    """A published report in a list. `corrected_by`: the number of the one that takes its place."""

    number: int
    title: Mapping[str, str]
    published_on: Any
    corrected_by: int | None


@recent
def published_reports(inquiry_id: int) -> tuple[Listed, ...]:
    """The newest first; one small query."""
    rows = (
        FrozenReport.objects.filter(inquiry_id=inquiry_id)
        .order_by("-number")
        .values_list("number", "title", "published_at", "corrected_by__number")
    )
    return tuple(Listed(number, title, timezone.localdate(at), corrected) for number, title, at, corrected in rows)


def frozen_key(inquiry_id: int, number: int) -> int | None:
    return FrozenReport.objects.filter(inquiry_id=inquiry_id, number=number).values_list("pk", flat=True).first()


@lru_cache(maxsize=32)
def frozen_report(key: int) -> FrozenReport:
    """Kept by the process: a published report never changes."""
    return FrozenReport.objects.select_related("corrects").get(pk=key)


def told(frozen: FrozenReport, inquiry: Inquiry, language: str, *, intervals: bool = False) -> Report:
    """In the active language, with what identifies it. To the public, guides of 95 % are not drawn by default."""
    about = about_of(inquiry, frozen.content, language, intervals=intervals)
    return report_of(about, stamp=stamp(frozen))


def stamp(frozen: FrozenReport) -> tuple[tuple[str, str], ...]:
    at = timezone.localtime(frozen.published_at)
    return (
        (_("Report no."), str(frozen.number)),
        (_("Published"), f"{date_format(at, 'DATE_FORMAT')} {at:%H:%M}"),
        (_("Questionnaire version"), str(frozen.content["version"])),
        (_("Hash of the data"), frozen.sha256),
        (_("Code"), frozen.code_version),
    )


def title_of(frozen: FrozenReport, language: str) -> str:
    return in_language(frozen.title, language) or in_language(frozen.content["inquiry"]["title"], language)
