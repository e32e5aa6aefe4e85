"""Epochs from real answers: when they come, and who publishes them."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.inquiries.actions import close_inquiry
from apps.inquiries.models import PrivacyProfile
from apps.reports import tasks
from apps.reports.models import ResultEpoch
from apps.reports.queries import changes_since, latest_epoch
from apps.reports.rules import Waiting, public_results
from apps.responses.actions import erase_response
from apps.responses.models import Response
from tests.reports.epochs import answer, minutes, numbers_of
from tests.reports.factories import publish
from tests.responses.factories import make_identity, make_inquiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    return make_inquiry()


def test_nothing_is_published_below_ten_readers_even_by_force(inquiry):
    answer(inquiry, range(9))

    assert publish(inquiry, force=True) is None
    assert public_results(inquiry, timezone.now()).waiting is Waiting.NOT_ENOUGH


def test_the_first_epoch_comes_with_the_tenth_reader(inquiry):
    answer(inquiry, range(10))

    epoch = publish(inquiry)

    assert (epoch.number, epoch.answered, epoch.content["epoch"]) == (1, 10, 1)
    assert numbers_of(epoch)["counts"] == {"5": 0, "4": 10, "3": 0, "2": 0, "1": 0, "98": 0}
    assert public_results(inquiry, timezone.now()).epoch == epoch


def test_the_next_one_waits_for_five_readers_and_a_minute(inquiry):
    answer(inquiry, range(10))
    publish(inquiry)
    answer(inquiry, range(10, 14))

    assert publish(inquiry, now=minutes(2)) is None
    answer(inquiry, [14])
    assert publish(inquiry) is None
    assert publish(inquiry, now=minutes(2)).content["answered"] == 15


def test_readers_who_change_their_minds_count_as_news_once_each(inquiry):
    answer(inquiry, range(10))
    publish(inquiry)
    for choice in (1, 2, 3, 1, 2):
        answer(inquiry, [0], Q1=choice)

    assert changes_since(inquiry.pk, latest_epoch(inquiry.pk)).written == 1


def test_erased_answers_leave_with_the_daily_step(inquiry):
    answer(inquiry, range(12))
    publish(inquiry)
    erase_response(pseudonym=make_identity(inquiry, b"reader 00000003").pseudonym)

    assert publish(inquiry, now=minutes(60)) is None
    assert publish(inquiry, now=minutes(24 * 60 + 1)).answered == 11


def test_erasures_that_leave_too_few_take_the_results_off_the_page(inquiry):
    answer(inquiry, range(10))
    publish(inquiry)
    for reader in (b"reader 00000003", b"reader 00000004"):
        erase_response(pseudonym=make_identity(inquiry, reader).pseudonym)

    withdrawn = publish(inquiry, now=minutes(24 * 60 + 1))

    assert (withdrawn.number, withdrawn.answered) == (2, 8)
    assert all(entry["hidden"] for entry in withdrawn.content["questions"])
    assert set(numbers_of(withdrawn)["counts"].values()) == {None}
    assert withdrawn.content["method"]["devices"]["counts"] == {"phone": None}
    assert latest_epoch(inquiry.pk) == withdrawn
    assert public_results(inquiry, timezone.now()).waiting is Waiting.NOT_ENOUGH


def test_erasing_everything_leaves_an_empty_epoch(inquiry):
    answer(inquiry, range(10))
    publish(inquiry)
    for reader in range(10):
        erase_response(pseudonym=make_identity(inquiry, f"reader {reader:08}".encode()).pseudonym)

    empty = publish(inquiry, now=minutes(24 * 60 + 1))

    assert (empty.answered, empty.content["dates"]) == (0, {"first": None, "last": None})


def test_a_stricter_profile_hides_what_a_looser_one_had_published(inquiry):
    answer(inquiry, range(12))
    publish(inquiry)

    inquiry.privacy_profile = PrivacyProfile.STRICT
    inquiry.save()

    assert public_results(inquiry, timezone.now()).waiting is Waiting.NOT_ENOUGH


def test_somebody_who_came_and_went_between_two_epochs_is_no_change(inquiry):
    answer(inquiry, range(12))
    publish(inquiry)
    answer(inquiry, [50])
    erase_response(pseudonym=make_identity(inquiry, b"reader 00000050").pseudonym)

    changes = changes_since(inquiry.pk, latest_epoch(inquiry.pk))

    assert (changes.written, changes.erased) == (0, 0)


def test_the_last_answers_are_counted_a_day_after_closing(inquiry):
    answer(inquiry, range(10))
    publish(inquiry)
    answer(inquiry, [10])

    closed = close_inquiry(inquiry=inquiry)

    assert publish(closed, now=minutes(24 * 60 + 1)).answered == 11


def test_the_strict_profile_waits_for_fifty():
    inquiry = make_inquiry(privacy_profile=PrivacyProfile.STRICT)
    answer(inquiry, range(49))

    assert publish(inquiry, force=True) is None
    answer(inquiry, [49])
    assert publish(inquiry).content["profile"] == "strict"


def test_the_newest_epoch_is_found_with_one_query(inquiry, django_assert_num_queries):
    answer(inquiry, range(10))
    publish(inquiry)
    latest_epoch(inquiry.pk)

    with django_assert_num_queries(1):
        public_results(inquiry, timezone.now())


def test_the_worker_publishes_what_is_due_and_survives_a_failure(inquiry, monkeypatch, caplog):
    broken = make_inquiry("broken")
    answer(broken, range(10))
    Response.objects.filter(inquiry=broken).update(codes=b"")
    answer(inquiry, range(10))

    tasks.publish_due_epochs(timestamp=0)

    assert [epoch.inquiry for epoch in ResultEpoch.objects.all()] == [inquiry]
    assert "no epoch of broken" in caplog.text


def test_the_command_says_what_it_published(inquiry, capsys):
    answer(inquiry, range(10))

    call_command("publish_epochs", inquiry.slug)
    call_command("publish_epochs")

    assert capsys.readouterr().out == "one-founder-ai: aggregation no. 1\none-founder-ai: nothing to publish\n"


def test_the_command_knows_what_it_does_not_know():
    with pytest.raises(CommandError, match="nowhere"):
        call_command("publish_epochs", "nowhere")
