"""How long answers, and what belongs to them, may be kept."""

from datetime import timedelta

from django.utils import timezone

from apps.common.retention import Retention, rows
from apps.responses.forgetting_words import count_words, forget_words
from apps.responses.models import Coding, IdempotencyKey, QuoteReview

TWELVE_MONTHS = timedelta(days=366)  # whatever the year

RULES = (
    rows(
        "idempotency keys",
        timedelta(days=7),
        lambda limit: IdempotencyKey.objects.filter(day__lte=timezone.localdate(limit)),
    ),
    Retention("free text", TWELVE_MONTHS, count=count_words, purge=forget_words),
    rows("codings", TWELVE_MONTHS, lambda limit: Coding.objects.filter(response__inquiry__closes_at__lt=limit)),
    rows(
        "decisions on quotes",
        TWELVE_MONTHS,
        lambda limit: QuoteReview.objects.filter(response__inquiry__closes_at__lt=limit),
    ),
)
