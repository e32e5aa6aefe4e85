"""Files of the report as it is now, asked for on the desk: one set for each language, made by the worker."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from apps.common.retention import rows
from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import keeps_to
from apps.reports.calculations.asking import ask
from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.documents.links import place_of
from apps.reports.documents.making import drawn_figures, file_name, keep
from apps.reports.documents.pdf import Imprint
from apps.reports.method import operator_of
from apps.reports.models import Calculation, CalculationState, Document
from apps.reports.report import live
from apps.surveys.queries import published_instrument

KIND = "documents"
NAME = re.compile(r"[A-Za-z0-9_.-]{1,80}")
KEPT = timedelta(days=1)
REPLACED = timedelta(minutes=15)
"""So long links of a page that is still open lead somewhere, after newer files were made."""


def ask_for_documents(inquiry: Inquiry) -> dict[str, Calculation]:
    """By language. What has not changed is not made again."""
    return {code: ask(inquiry=inquiry, kind=KIND, parameters={"language": code}) for code, _name in settings.LANGUAGES}


def calculate(inquiry: Inquiry, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """For the worker: makes and keeps the files, and says where they are and what the pictures show."""
    language = parameters["language"]
    counted, instrument = report_as_shown(inquiry), published_instrument(inquiry.pk)
    with override(language):
        report = live.told(counted, language)
    if report is None or instrument is None:
        raise CannotBeCalculated("no_questions")
    made_at = counted.ready_at or timezone.now()
    key = keep(inquiry, report, Imprint(operator_of(inquiry), made_at, place_of(inquiry, language)), instrument)
    transaction.on_commit(lambda: remove_replaced(inquiry, key), robust=True)
    pictures = [
        [file_name(figure), figure.headline, figure.chart.alt if figure.chart else ""]
        for figure in drawn_figures(report)
    ]
    return {"key": key, "pictures": pictures}


def remove_replaced(inquiry: Inquiry, key: str) -> None:
    """Older sets that no page leads to any more: where answers come in, there would soon be hundreds.

    Not within the moment that a calculation sees: both languages are made at once, and the one that came second would
    fail over what the first has removed.
    """
    shown = Calculation.objects.filter(inquiry=inquiry, kind=KIND).exclude(content=None)
    led_to = {key, *shown.values_list("content__key", flat=True)}
    past(timezone.now() - REPLACED).filter(inquiry=inquiry).exclude(report_sha256__in=led_to).delete()


def report_as_shown(inquiry: Inquiry) -> Calculation:
    """What the page shows; where nobody has looked at it yet, what it would show."""
    found = Calculation.objects.filter(inquiry=inquiry, kind=live.KIND, state=CalculationState.READY).first()
    if found and found.content and keeps_to(found.content["profile"]["name"], inquiry.privacy_profile):
        return found
    now = timezone.now()
    return Calculation(inquiry=inquiry, kind=live.KIND, content=live.calculate(inquiry, {}), ready_at=now)


def document(inquiry: Inquiry, key: str, name: str) -> Document | None:
    """None, too, for what could not be the name of one."""
    if not NAME.fullmatch(name):
        return None
    return Document.objects.filter(inquiry=inquiry, report_sha256=key, name=name).first()


def past(limit: datetime) -> QuerySet[Document]:
    return Document.objects.filter(kept=False, made_at__lt=limit)


RULES = (rows("documents", KEPT, past),)
