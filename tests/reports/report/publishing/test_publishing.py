"""Publishing: what was seen is kept for good, and nothing is kept that may not be published."""

import pytest
from django.db import InternalError, transaction
from django.db.utils import DatabaseError

from apps.accounts.models import AuditEntry, Publication
from apps.inquiries.actions import set_privacy_profile
from apps.inquiries.models import Inquiry, PrivacyProfile, ResultsShown, State
from apps.reports.models import FrozenReport
from apps.reports.report.publishing import NotPublished, change_method_notes, publish_report
from apps.surveys.definition import document_hash
from tests.reports.factories import answer_as, make_inquiry
from tests.reports.report.factories import a_crowd
from tests.reports.report.publishing.editions import published, ready, reasons, told_all

pytestmark = pytest.mark.django_db


def test_a_report_is_kept_as_it_was_seen_with_its_hash_and_an_entry_in_the_log(inquiry):
    frozen = published(inquiry, title={"en": "First"}, notes={"en": "All well."})

    frozen.refresh_from_db()
    assert (frozen.number, frozen.title, frozen.sha256) == (1, {"en": "First"}, document_hash(frozen.content))
    assert frozen.content["settings"] == {"draws": 100_000, "seed": 1}
    assert frozen.content["answered"] == 40
    entry = AuditEntry.objects.get(action="report.published")
    assert (entry.target, entry.detail["number"], entry.detail["sha256"]) == (inquiry.slug, 1, frozen.sha256)


def test_pressed_twice_it_is_published_once(inquiry):
    sha256 = ready(inquiry)

    first, again = (publish_report(inquiry=inquiry, sha256=sha256, title={}, notes={}) for _press in range(2))

    assert first == again
    assert FrozenReport.objects.count() == AuditEntry.objects.filter(action="report.published").count() == 1


@pytest.mark.parametrize("change", ["UPDATE reports_frozenreport SET title = '{}'", "DELETE FROM reports_frozenreport"])
def test_the_database_refuses_to_change_or_forget_it(inquiry, change):
    from django.db import connection

    published(inquiry)

    with pytest.raises((InternalError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_what_the_editors_have_not_said_is_named(inquiry):
    change_method_notes(
        inquiry=inquiry, notes={"purpose": {"ja": "記事のため", "en": "an article"}, "pretest": {"ja": "した"}}
    )
    Publication.objects.update(funder="")

    with pytest.raises(NotPublished) as refused:
        published(Inquiry.objects.get(pk=inquiry.pk))

    (missing,) = refused.value.obstacles
    wanted = ["funder", "placements", "incentive", "translation", "pretest", "ai_use", "responsible"]
    assert (missing.code, missing.detail["missing"]) == ("method", wanted)


def test_nothing_is_published_of_a_draft_before_an_election_closes_or_of_too_few(inquiry):
    Inquiry.objects.update(state=State.ARCHIVED)
    assert reasons(Inquiry.objects.get(pk=inquiry.pk)) == ["not_public"]
    Inquiry.objects.update(state=State.OPEN, results_shown=ResultsShown.AFTER_CLOSE)
    assert reasons(Inquiry.objects.get(pk=inquiry.pk)) == ["after_close"]


def test_too_few_readers_make_no_report():
    small = make_inquiry()
    told_all(small)
    a_crowd(small, 9)

    assert reasons(Inquiry.objects.get(pk=small.pk)) == ["too_few"]


def test_what_has_changed_since_it_was_seen_is_not_published(inquiry):
    sha256 = ready(inquiry)
    for number in range(500, 510):
        answer_as(inquiry, number, {"Q1": 1})
    ready(inquiry)

    with pytest.raises(NotPublished) as refused:
        publish_report(inquiry=inquiry, sha256=sha256, title={}, notes={})

    assert [each.code for each in refused.value.obstacles] == ["another"]


def test_what_was_seen_before_the_profile_became_stricter_is_not_published(inquiry):
    sha256 = ready(inquiry)
    set_privacy_profile(inquiry=inquiry, profile=PrivacyProfile.STRICT)

    with pytest.raises(NotPublished) as refused:
        publish_report(inquiry=inquiry, sha256=sha256, title={}, notes={})

    assert [each.code for each in refused.value.obstacles] == ["another"]
