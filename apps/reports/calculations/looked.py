"""How many different questions were asked lately: of many tests some look clear by chance alone."""

from django.utils import timezone

from apps.reports.calculations.asking import KEPT
from apps.reports.models import Calculation


def looked_at(inquiry_id: int, kind: str) -> int:
    since = timezone.now() - KEPT
    return Calculation.objects.filter(inquiry_id=inquiry_id, kind=kind, asked_at__gte=since).count()
