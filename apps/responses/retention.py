"""How long answers, and what belongs to them, may be kept."""

from datetime import timedelta

from django.utils import timezone

from apps.common.retention import Retention, rows
from apps.participants.models import Bucket
from apps.responses.models import Coding, IdempotencyKey, QuoteReview
from apps.responses.words import count_words, forget_words

TWELVE_MONTHS = timedelta(days=366)  # whatever the year

RULES = (
    rows(
        "idempotency keys",
        timedelta(days=7),
        lambda limit: IdempotencyKey.objects.filter(day__lte=timezone.localdate(limit)),
    ),
    # An hour less than the day that the privacy page names, because the round comes once an hour.
    rows("limit buckets", timedelta(hours=23), lambda limit: Bucket.objects.filter(filled_at__lt=limit)),
    Retention("free text", TWELVE_MONTHS, count=count_words, purge=forget_words),
    rows("codings", TWELVE_MONTHS, lambda limit: Coding.objects.filter(response__inquiry__closes_at__lt=limit)),
    rows(
        "decisions on quotes",
        TWELVE_MONTHS,
        lambda limit: QuoteReview.objects.filter(response__inquiry__closes_at__lt=limit),
    ),
)
