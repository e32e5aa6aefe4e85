"""Simulated readers: planted opinions come back within sampling error, through the real way in."""

from io import StringIO

import pytest
from django.core.management import call_command

from apps.reports.models import ResultEpoch
from apps.responses.models import Response, ResponseLog, VisitCount
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db


def simulate(slug: str = "one-founder-ai", **options: object) -> str:
    output = StringIO()
    call_command("simulate_readers", slug, stdout=output, **options)
    return output.getvalue()


def test_it_fills_the_inquiry_and_shows_the_result_at_once():
    inquiry = make_inquiry()

    said = simulate(readers=200, seed=3)

    inquiry.refresh_from_db()
    assert said == "one-founder-ai: 200 simulated readers, aggregation no. 1\n"
    assert inquiry.simulated
    assert Response.objects.filter(simulated=True).count() == ResponseLog.objects.count() == 200
    assert VisitCount.objects.filter(screen="cover").exists()
    assert ResultEpoch.objects.get().content["answered"] == 200
