"""Answers by place on the opinion map: the same readers, joined in the worker's memory only."""

import json

import pytest
from django.utils import timezone

from apps.debates.maps.making import draw_map
from apps.debates.models import Ballot
from apps.inquiries.models import Inquiry
from apps.participants.queries import Identity
from apps.reports.calculations.asking import ask
from apps.reports.tasks import make_calculation
from apps.surveys.actions import publish_version
from apps.surveys.queries import published_instrument
from tests.debates.planting import camps_debate
from tests.reports.report.factories import content_of, figures_of, told
from tests.responses.factories import built_in_document, record

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(rows_of_the_module):
    """Readers in four camps by their votes; of each camp thirty answered the first question, all of them alike."""
    inquiry = camps_debate().inquiry
    if published_instrument(inquiry.pk) is None:
        publish_version(inquiry=inquiry, document=built_in_document())
    for number, ballot in enumerate(Ballot.objects.order_by("pseudonym")[:120]):
        record(inquiry, {"Q1": (1, 2, 4, 5)[number % 4]}, identity=Identity(inquiry.pk, bytes(ballot.pk)))
    for number in range(15):
        record(inquiry, {"Q1": 98}, identity=Identity(inquiry.pk, b"no votes" + number.to_bytes(8)))
    draw_map(debate=inquiry.debate, now=timezone.now())
    return inquiry.pk


@pytest.fixture
def inquiry(made, db):
    return Inquiry.objects.get(pk=made)


def crossed(inquiry):
    found = ask(inquiry=inquiry, kind="table", parameters={"rows": "Q1", "columns": "place", "filters": []})
    make_calculation(found.pk)
    found.refresh_from_db()
    return found


def test_answers_and_places_of_the_same_readers_come_together(inquiry):
    content = crossed(inquiry).content

    assert content["column_keys"][-1] == "silent"
    assert sorted(content["counts"][-1][:-2]) == [30, 30, 30, 30]
    assert content["counts"][-1][-2:] == [15, 135]
    assert content["tests"]["v"] > 0.8


def test_no_identity_is_in_it(inquiry):
    text = json.dumps(crossed(inquiry).content)

    assert not any(
        bytes(name).hex() in text or "planted" in text for name in Ballot.objects.values_list("pk", flat=True)
    )


def test_the_report_tells_them_in_both_languages(inquiry):
    content = content_of(inquiry)

    for language, group in (("en", "Group A"), ("ja", "グループA")):
        figure = figures_of(told(inquiry, language, content))["table-Q1-place"]
        assert figure.table.columns[1] == group
        assert figure.table.rows[-1][-1] == "n=135"
