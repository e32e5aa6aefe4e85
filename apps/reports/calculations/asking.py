"""Asking for a calculation: the same question is worked out again only when something has changed since."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.common.retention import rows
from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import keeps_to
from apps.reports.calculations.kinds import KINDS
from apps.reports.models import Calculation, CalculationState
from apps.reports.report.document import code_version
from apps.surveys.definition import document_hash

KEPT = timedelta(days=1)
REST = 10
"""An answer that took long is not worked out again at once: it may be as old as ten times the time it took."""
GIVEN_UP = timedelta(minutes=10)
"""A run that has neither ended nor failed by then was killed."""

# Answers and votes by their logs; erasures take their rows along, so the numbers of rows are looked at, too.
WATERMARK = """
    SELECT md5(concat_ws('.',
        (SELECT max(id) FROM surveys_surveyversion WHERE inquiry_id = %(inquiry)s),
        (SELECT max(id) FROM responses_responselog WHERE inquiry_id = %(inquiry)s),
        (SELECT count(*) FROM responses_response WHERE inquiry_id = %(inquiry)s),
        (SELECT max(id) FROM debates_opinionmap WHERE debate_id = %(inquiry)s),
        (SELECT max(review.id) FROM responses_quotereview AS review
            JOIN responses_response AS answer ON answer.pseudonym = review.response_id
            WHERE answer.inquiry_id = %(inquiry)s),
        (SELECT extract(epoch FROM max(coding.at)) FROM responses_coding AS coding
            JOIN responses_codebook AS book ON book.id = coding.book_id WHERE book.inquiry_id = %(inquiry)s),
        (SELECT string_agg(id::text, ',' ORDER BY id) FROM reports_reporttable WHERE inquiry_id = %(inquiry)s),
        (SELECT max(number) FROM reports_weightrun WHERE inquiry_id = %(inquiry)s),
        (SELECT changed_at FROM reports_methodnotes WHERE inquiry_id = %(inquiry)s),
        (SELECT concat_ws('|', name, operator, funder, contact, inquiry.title, privacy_profile, has_control_arms,
                article.title, url, author, published_on)
            FROM inquiries_inquiry AS inquiry
            JOIN accounts_publication AS publication ON publication.id = publication_id
            LEFT JOIN inquiries_article AS article ON article.inquiry_id = inquiry.id WHERE inquiry.id = %(inquiry)s))),
        (SELECT privacy_profile FROM inquiries_inquiry WHERE id = %(inquiry)s)
"""


def watermark(inquiry_id: int) -> str:
    """It is another one whenever answers, questions or the map are, or what staff say about texts. It ends with the
    privacy profile."""
    with connection.cursor() as cursor:
        cursor.execute(WATERMARK, {"inquiry": inquiry_id})
        seen, profile = cursor.fetchone()
    return f"{seen}.{code_version()}.{profile}"


def profile_in(mark: str) -> str:
    return mark.rpartition(".")[2]


def ask(
    *, inquiry: Inquiry, kind: str, parameters: Mapping[str, Any] | None = None, at_once: bool = False
) -> Calculation:
    """What is known by now, and a job for the worker where that is missing or old. Its `content` is None until then.
    `at_once`: what is old is not good enough, however long it took.

    The row and the job come together, or neither; whoever asks the same while it runs waits for the same run. What was
    worked out under a looser privacy profile is not known any more.
    """
    from apps.reports.tasks import make_calculation

    if kind not in KINDS:
        raise KeyError(kind)
    wanted, now = dict(parameters or {}), timezone.now()
    with transaction.atomic():
        found, made = Calculation.objects.select_for_update().get_or_create(
            inquiry=inquiry,
            kind=kind,
            sha256=document_hash(wanted),
            defaults={"parameters": wanted, "state": CalculationState.WAITING, "asked_at": now},
        )
        mark = watermark(inquiry.pk)
        if found.content is not None and not keeps_to(profile_in(found.wanted_watermark), profile_in(mark)):
            found.content, found.ready_at = None, None
        if made or due(found, mark, at_once=at_once):
            found.state, found.asked_at, found.wanted_watermark = CalculationState.WAITING, now, mark
            found.save(update_fields=["state", "content", "ready_at", "asked_at", "wanted_watermark"])
            make_calculation.defer(calculation_id=found.pk)
    return found


def due(found: Calculation, mark: str, *, at_once: bool = False) -> bool:
    now = timezone.now()
    if found.state == CalculationState.WAITING:
        return found.asked_at < now - GIVEN_UP
    if found.wanted_watermark == mark:
        return False
    return at_once or found.ready_at is None or now - found.ready_at > REST * timedelta(milliseconds=found.took_ms)


def past(limit: Any) -> QuerySet[Calculation]:
    return Calculation.objects.filter(asked_at__lt=limit)


RULES = (rows("calculations", KEPT, past),)
