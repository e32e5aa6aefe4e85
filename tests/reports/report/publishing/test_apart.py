"""Between two publications lies a group: no difference of two shows a single reader."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.inquiries.actions import set_privacy_profile
from apps.inquiries.models import PrivacyProfile
from apps.reports.models import FrozenReport
from apps.reports.report.publishing import (
    NotPublished,
    publish_report,
)
from apps.responses.actions import erase_response
from apps.responses.models import Response
from tests.reports.factories import answer_as, publish
from tests.reports.report.publishing.editions import published, ready, reasons

pytestmark = pytest.mark.django_db


def test_no_difference_between_two_publications_shows_a_single_reader(inquiry):
    publish(inquiry, force=True)
    answer_as(inquiry, 500, {"Q1": 1})

    assert reasons(inquiry) == ["too_soon"]
    for number in range(501, 505):
        answer_as(inquiry, number, {"Q1": 1})
    assert published(inquiry).number == 1
    answer_as(inquiry, 600, {"Q1": 1})
    publish(inquiry, force=True)
    with pytest.raises(NotPublished):
        published(inquiry)


def later(inquiry, **waited):
    """Whatever was published so far is as old as that."""
    from django.db import connection

    with connection.cursor() as cursor:  # nothing but a test changes a published report: triggers are passed by
        cursor.execute("SET LOCAL session_replication_role = replica")
        FrozenReport.objects.update(published_at=timezone.now() - timedelta(**waited))
        cursor.execute("SET LOCAL session_replication_role = origin")


def epoch_after(inquiry, seconds=120):
    return publish(inquiry, now=timezone.now() + timedelta(seconds=seconds))


def test_the_next_epoch_is_as_far_from_a_report_as_from_the_last_epoch(inquiry):
    """Six come before the report and one behind it: seven since the epoch, but one since the report."""
    publish(inquiry, force=True)
    for number in range(500, 506):
        answer_as(inquiry, number, {"Q1": 1})
    assert published(inquiry).answered == 46
    answer_as(inquiry, 600, {"Q1": 2})

    assert epoch_after(inquiry) is None
    for number in range(601, 605):
        answer_as(inquiry, number, {"Q1": 2})
    assert epoch_after(inquiry).answered == 51


def test_erased_answers_leave_the_results_though_a_report_still_counts_them(inquiry):
    """After a day, as where there is no report: then it is no longer known whose they were."""
    publish(inquiry, force=True)
    published(inquiry)
    erase_response(pseudonym=bytes(Response.objects.filter(inquiry=inquiry).first().pk))

    assert epoch_after(inquiry) is None
    assert epoch_after(inquiry, seconds=86_400 + 60).answered == 39


def test_an_epoch_of_the_reports_own_answers_may_follow_at_once(inquiry):
    published(inquiry)

    assert epoch_after(inquiry).answered == 40


def test_an_epoch_that_came_while_the_report_was_looked_at_is_as_far_from_it(inquiry):
    sha256 = ready(inquiry)
    answer_as(inquiry, 500, {"Q1": 1})
    publish(inquiry, force=True)

    with pytest.raises(NotPublished) as refused:
        publish_report(inquiry=inquiry, sha256=sha256, title={}, notes={})

    assert [(each.code, each.detail) for each in refused.value.obstacles] == [("too_soon", {"fewest": 5})]


def test_between_two_reports_lies_a_group_and_who_only_changed_an_answer_counts(inquiry):
    """As many readers before and behind, and yet one answer less and another one more."""
    published(inquiry)
    later(inquiry, hours=1)
    for number in range(9):
        answer_as(inquiry, number, {"Q1": 5 - number % 2})

    with pytest.raises(NotPublished) as refused:
        published(inquiry)
    assert [(each.code, each.detail) for each in refused.value.obstacles] == [("too_soon", {"fewest": 10})]
    answer_as(inquiry, 9, {"Q1": 1})
    assert published(inquiry).number == 2


def test_an_erasure_between_two_reports_waits_for_a_day(inquiry):
    published(inquiry)
    erase_response(pseudonym=bytes(Response.objects.filter(inquiry=inquiry).first().pk))
    answer_as(inquiry, 500, {"Q1": 1})

    with pytest.raises(NotPublished):
        published(inquiry)
    later(inquiry, days=1)
    assert published(inquiry).number == 2


def test_a_report_of_before_keeps_stricter_results_waiting_for_a_day_at_most(inquiry):
    """Nothing is shown until they are there, and perhaps nobody answers any more."""
    publish(inquiry)
    published(inquiry)
    for number in range(500, 503):
        answer_as(inquiry, number, {"Q1": 1})
    strict = set_privacy_profile(inquiry=inquiry, profile=PrivacyProfile.STRICT)

    assert publish(strict, now=timezone.now() + timedelta(hours=20)) is None
    assert publish(strict, now=timezone.now() + timedelta(hours=25)).profile == "strict"
