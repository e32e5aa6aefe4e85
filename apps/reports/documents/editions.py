"""Files of published reports: made once, kept as long as the report, and served as they are.

Only one thing makes them anew: a statement that was withdrawn or corrected since, or a text that may not be quoted any
more, is in no file.
"""

import logging
from collections.abc import Iterator
from hashlib import sha256

from django.conf import settings
from django.utils.translation import override

from apps.inquiries.models import Inquiry
from apps.inquiries.queries import inquiry_by_id
from apps.reports.documents.asked import document
from apps.reports.documents.links import place_of
from apps.reports.documents.making import keep
from apps.reports.documents.pdf import Imprint
from apps.reports.documents.report_file import as_edition
from apps.reports.method import operator_of
from apps.reports.models import Document, FrozenReport
from apps.reports.report.editions import frozen_key, frozen_report, told
from apps.reports.report.live import statements_of
from apps.reports.texts.quoted import words_told
from apps.surveys.definition import canonical
from apps.surveys.queries import instrument

log = logging.getLogger(__name__)


def edition_file(inquiry: Inquiry, number: int, language: str, name: str) -> Document | None:
    """None where there is no such report, no such picture in it, or where the worker has not made it yet."""
    found = frozen_key(inquiry.pk, number)
    return document(inquiry, key_of(frozen_report(found), inquiry, language), name) if found else None


def key_of(frozen: FrozenReport, inquiry: Inquiry, language: str) -> str:
    """By the hash of its data and the words of readers that it may still tell of."""
    told_of = {entry["number"] for entry in map_statements(frozen)}
    words = sorted(
        (number, each.text) for number, each in statements_of(inquiry, language).items() if number in told_of
    )
    quoted = words_told(inquiry.pk, frozen.content, instrument(frozen.version_id).definition)
    told_of_all = [frozen.sha256, frozen.number, language, words, *([quoted] if quoted else [])]
    return sha256(canonical(told_of_all)).hexdigest()


def map_statements(frozen: FrozenReport) -> list[dict[str, int]]:
    found = frozen.content["parts"].get("map")
    return found["summary"]["statements"] if found else []


def make_due() -> int:
    """Files that are missing are made, those with words that may not be told any more go. Returns how many reports."""
    made = 0
    for inquiry_id in FrozenReport.objects.values_list("inquiry_id", flat=True).distinct():
        inquiry = inquiry_by_id(inquiry_id)
        wanted = {key: (frozen, code) for frozen, code, key in editions_of(inquiry)} if inquiry else {}
        kept = Document.objects.filter(inquiry_id=inquiry_id, kept=True)
        kept.exclude(report_sha256__in=wanted).delete()
        there = set(kept.values_list("report_sha256", flat=True).distinct())
        for key in wanted.keys() - there:
            made += make(inquiry, *wanted[key], key) if inquiry else 0
    return made


def editions_of(inquiry: Inquiry) -> Iterator[tuple[FrozenReport, str, str]]:
    for pk in FrozenReport.objects.filter(inquiry=inquiry).values_list("pk", flat=True):
        for code, _name in settings.LANGUAGES:
            yield frozen_report(pk), code, key_of(frozen_report(pk), inquiry, code)


def make(inquiry: Inquiry, frozen: FrozenReport, language: str, key: str) -> bool:
    """One that cannot be made keeps no other from being made."""
    imprint = Imprint(operator_of(inquiry), frozen.published_at, place_of(inquiry, language, frozen.number))
    try:
        with override(language):
            report = as_edition(told(frozen, inquiry, language), frozen)
        keep(inquiry, report, imprint, instrument(frozen.version_id), key=key, kept=True)
    except Exception:
        log.exception("no files of report %s of %s", frozen.number, inquiry)
        return False
    return True
