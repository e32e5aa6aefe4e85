"""Inquiries with answers and visits whose numbers are known."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from apps.inquiries.models import Inquiry
from apps.participants.queries import identify
from apps.reports.models import ResultEpoch
from apps.responses.models import Response, VisitCount
from apps.surveys.models import SurveyVersion
from tests.responses.factories import record

COMPLETE = {
    "Q1": 4, "Q1L": 1, "Q2": {"a": 3, "b": 2}, "Q4": 2, "Q5": 1, "Q6": 1, "Q7": {"code": 1}, "Q8": {"code": 2},
    "Q9": [1, 2, 3], "B1": 2, "B2": 2, "B3": 3,
}  # fmt: skip


def answer(inquiry: Inquiry, token: str, answers: dict[str, Any], *, days_ago: int = 0, **changes: Any) -> None:
    """One reader's answers through the real way in, then moved to an earlier day."""
    identity = identify(inquiry_id=inquiry.pk, token=token.encode().ljust(16))
    record(inquiry, answers, identity=identity, **changes)
    if days_ago:
        day = timezone.localdate() - timedelta(days=days_ago)
        Response.objects.filter(pk=identity.pseudonym).update(started_day=day, changed_day=day)


def visits(inquiry: Inquiry, screen: str, counts: Iterable[tuple[str, int]], *, at: datetime | None = None) -> None:
    hour = (at or timezone.now()).replace(minute=0, second=0, microsecond=0)
    for source, number in counts:
        VisitCount.objects.create(
            inquiry=inquiry, hour=hour, screen=screen, source=source, device="phone", language="ja", visits=number
        )


def make_epoch(inquiry: Inquiry, version: SurveyVersion, **fields: Any) -> ResultEpoch:
    known = {"number": 1, "answered": 10, "log_watermark": 1, "content": {}, "sha256": "e" * 64, "code_version": "1"}
    return ResultEpoch.objects.create(inquiry=inquiry, version=version, **{**known, **fields})
