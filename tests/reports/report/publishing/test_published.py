"""A published report as everybody reads it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.inquiries.models import Inquiry, ResultsShown, State
from apps.reports.models import FrozenReport
from apps.reports.report.publishing import (
    change_method_notes,
)
from apps.surveys.definition import document_hash
from tests.reports.factories import answer_as, publish
from tests.reports.report.publishing.editions import published

pytestmark = pytest.mark.django_db


def test_a_correction_is_a_new_report_that_the_old_one_points_to(inquiry):
    first = published(inquiry)
    second = published(inquiry, notes={"en": "A wrong title was mended."}, corrects=first)
    reader = Client(headers={"accept-language": "en"})

    old, new = (reader.get(f"/q/{inquiry.slug}/report/{each.number}/").content.decode() for each in (first, second))

    assert "This report was corrected by a later one." in old
    assert "It takes the place of an earlier one." in new
    assert "A wrong title was mended." in new


@pytest.mark.parametrize("language", ["ja", "en"])
def test_everybody_reads_it_with_version_and_hash_and_is_led_to_it(inquiry, language):
    frozen = published(inquiry)
    publish(inquiry, force=True)
    reader = Client()

    page = reader.get(f"/q/{inquiry.slug}/report/1/?lang={language}")

    html = page.content.decode()
    assert page.status_code == 200
    assert frozen.sha256 in html
    assert f'<html lang="{language}">' in html
    assert page.headers["ETag"]
    assert (
        reader.get(f"/q/{inquiry.slug}/report/1/?lang={language}", headers={"if-none-match": page["ETag"]}).status_code
        == 304
    )
    for path in ("results", "about"):
        assert f"/q/{inquiry.slug}/report/1/" in reader.get(f"/q/{inquiry.slug}/{path}/").content.decode()


def test_it_leaks_through_no_door(inquiry):
    published(inquiry)
    reader, path = Client(), f"/q/{inquiry.slug}/report/1/"

    assert [reader.get(f"/q/{inquiry.slug}/report/{each}/").status_code for each in (2, 0, 10**20)] == [404] * 3
    assert reader.get("/q/another/report/1/").status_code == 404
    Inquiry.objects.update(state=State.ARCHIVED)
    assert reader.get(path).status_code == 404
    Inquiry.objects.update(state=State.OPEN, results_shown=ResultsShown.AFTER_CLOSE)
    assert reader.get(path).status_code == 404
    Inquiry.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert reader.get(path).status_code == 200


def test_later_answers_and_words_change_nothing_in_it(inquiry):
    frozen, before = published(inquiry), Client().get(f"/q/{inquiry.slug}/report/1/?lang=en").content
    for number in range(500, 520):
        answer_as(inquiry, number, {"Q1": 1})
    change_method_notes(inquiry=inquiry, notes={})

    assert Client().get(f"/q/{inquiry.slug}/report/1/?lang=en").content == before
    assert document_hash(FrozenReport.objects.get().content) == frozen.sha256


def test_a_report_from_before_a_part_was_thought_of_is_still_told(inquiry):
    content = {**(frozen := published(inquiry)).content}
    content["parts"] = {name: content["parts"][name] for name in ("questions", "ways")}
    FrozenReport.objects.create(
        inquiry=inquiry, number=2, version=frozen.version, content=content, sha256="0" * 64, code_version="older"
    )

    page = Client().get(f"/q/{inquiry.slug}/report/2/")

    assert page.status_code == 200
    assert 'id="Q1"' in page.content.decode()
