"""The report as it is at this moment, for the desk: worked out by the worker, told by whoever shows it."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.inquiries.models import Inquiry
from apps.reports.calculations.asking import ask
from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.maps.rows import Spoken
from apps.reports.models import Calculation
from apps.reports.queries import newest, statements_told
from apps.reports.report.about import About
from apps.reports.report.blocks import Report
from apps.reports.report.document import code_version, report_content, with_inputs
from apps.reports.report.facts import facts
from apps.reports.report.settings import LIVE, Settings
from apps.reports.report.telling import report_of
from apps.reports.texts.quoted import quotable_in
from apps.surveys.queries import Instrument, version_of

KIND = "report"


def calculate(inquiry: Inquiry, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """For the worker: everything there is to tell now, under the settings of the desk."""
    return counted(inquiry, LIVE)


def counted(inquiry: Inquiry, settings: Settings) -> dict[str, Any]:
    """The report of this moment as data; call it where one moment is seen."""
    from apps.reports.report.gathering import gather

    material = gather(inquiry, seed=settings.seed, with_texts=True)
    if material is None:
        raise CannotBeCalculated("no_questions")
    return report_content(with_inputs(inquiry, material), settings)


def ask_for_report(inquiry: Inquiry) -> Calculation:
    """What was counted by other code than ours is not waited for: it is counted again at once."""
    found = ask(inquiry=inquiry, kind=KIND)
    return found if found.content is None or is_ours(found.content) else ask(inquiry=inquiry, kind=KIND, at_once=True)


def tables_left_out(inquiry_id: int) -> list[dict[str, Any]]:
    """Tables chosen by editors that are not in the report as it was counted last (`crosstables.together`)."""
    asked = Calculation.objects.filter(inquiry_id=inquiry_id, kind=KIND)
    found: list[dict[str, Any]] | None = asked.values_list("content__parts__tables__left_out", flat=True).first()
    return found or []


def is_ours(content: Mapping[str, Any]) -> bool:
    """Whether it has the shape that this code tells of."""
    return bool(content.get("code") == code_version())


def told(calculation: Calculation, language: str) -> Report | None:
    """In `language`, which must be the active one; None while there is nothing yet."""
    if calculation.content is None or not is_ours(calculation.content):
        return None
    at = timezone.localtime(calculation.ready_at)
    stamp = ((_("Counted"), f"{date_format(at, 'DATE_FORMAT')} {at:%H:%M}"),)
    return report_of(about_of(calculation.inquiry, calculation.content, language), stamp=stamp)


def about_of(inquiry: Inquiry, content: Mapping[str, Any], language: str, *, intervals: bool = True) -> About:
    operator = content["method"]["operator"] or content["method"]["publication"]
    definition = version_used(inquiry, content).definition
    return About(
        content=content,
        definition=definition,
        language=language,
        operator=operator,
        facts=facts(content, operator),
        intervals=intervals,
        statements=statements_of(inquiry, language),
        quotable=quotable_in(inquiry.pk, content, definition),
    )


def version_used(inquiry: Inquiry, content: Mapping[str, Any]) -> Instrument:
    """The version in whose words the report is told: the newest when it was made."""
    used = version_of(inquiry.pk, content["version"])
    if used is None:
        raise LookupError(content["version"])
    return used


def statements_of(inquiry: Inquiry, language: str) -> Mapping[int, Spoken]:
    """Those that may be told of today: what was withdrawn since is in no report any more."""
    return statements_told(newest(inquiry.pk).telling, language)
