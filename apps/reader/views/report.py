"""A published report: the same for everybody, under an address that stays."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from apps.common.templatetags.toikake import in_language
from apps.inquiries.models import Inquiry
from apps.inquiries.rules import visible_inquiry
from apps.reader.addresses import chosen_language
from apps.reader.gate import reader_page
from apps.reader.shell import LANGUAGE_NAMES
from apps.reader.topic import Topic, topic_of
from apps.reader.whole_page import WholePage
from apps.reports.charts import who_runs
from apps.reports.models import FrozenReport
from apps.reports.queries import Telling, recent_newest
from apps.reports.report.editions import frozen_key, frozen_report, published_reports, title_of, told
from apps.reports.report.page import report_html
from apps.reports.rules import may_publish_results
from apps.reports.texts.quoted import words_told
from apps.surveys.queries import instrument


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the page depends on. A statement that was taken off since is in no report any more, nor is a text
    that may not be quoted any more."""

    key: int
    topic: Topic
    language: str
    chosen: str
    corrected_by: int | None
    telling: Telling
    quoted: tuple[str, ...]
    runs: tuple[str, str, str]
    inquiry: Inquiry = field(compare=False)


@reader_page("GET", "HEAD")
def report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    inquiry = visible_inquiry(slug)
    key = frozen_key(inquiry.pk, number) if may_publish_results(inquiry, timezone.now()) else None
    if key is None:
        raise Http404
    listed = next((each for each in published_reports(inquiry.pk) if each.number == number), None)
    shown = Shown(
        key=key,
        topic=topic_of(inquiry, request.LANGUAGE_CODE),
        language=request.LANGUAGE_CODE,
        chosen=chosen_language(request),
        corrected_by=listed.corrected_by if listed else None,
        telling=recent_newest(inquiry.pk).telling,
        quoted=quoted_in(frozen_report(key), inquiry),
        runs=who_runs(inquiry),
        inquiry=inquiry,
    )
    return drawn(shown).reply(request)


def quoted_in(frozen: FrozenReport, inquiry: Inquiry) -> tuple[str, ...]:
    return words_told(inquiry.pk, frozen.content, instrument(frozen.version_id).definition)


@lru_cache(maxsize=32)
def drawn(shown: Shown) -> WholePage:
    frozen, language = frozen_report(shown.key), shown.language
    other = "ja" if language == "en" else "en"
    with override(language):
        context: dict[str, Any] = {
            "topic": shown.topic,
            "frozen": frozen,
            "title": title_of(frozen, language),
            "notes": in_language(frozen.notes, language),
            "corrected_by": shown.corrected_by,
            "body": report_html(told(frozen, shown.inquiry, language)),
            "language": language,
            "chosen_language": shown.chosen,
            "other_language": {"code": other, "name": LANGUAGE_NAMES[other], "address": f"?lang={other}"},
        }
        return WholePage.of(render_to_string("reader/report.html", context))
