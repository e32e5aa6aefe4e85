"""Epochs from real answers: what is in them, when they come, and that they stay as they are."""

import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from apps.inquiries.actions import close_inquiry
from apps.inquiries.models import PrivacyProfile
from apps.reports import actions, tasks
from apps.reports.actions import BeingCounted, is_only_run, publish_now
from apps.reports.models import ResultEpoch
from apps.reports.queries import changes_since, latest_epoch
from apps.reports.rules import Waiting, public_results
from apps.reports.tallies import UnreadableCodesError
from apps.responses.actions import erase_response
from apps.responses.models import Response
from apps.responses.queries import answer_columns
from apps.surveys.actions import publish_version
from tests.reports.factories import answer_as, make_inquiry_of_every_kind, publish
from tests.responses.factories import built_in_document, make_identity, make_inquiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    return make_inquiry()


def answer(inquiry, readers, **answers):
    for reader in readers:
        answer_as(inquiry, reader, answers or {"Q1": 4})


def numbers_of(epoch, question="Q1"):
    return next(entry for entry in epoch.content["questions"] if entry["id"] == question)


def minutes(number):
    return timezone.now() + timedelta(minutes=number)


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


def test_the_same_answers_give_the_same_hash(inquiry):
    answer(inquiry, range(10))
    first = publish(inquiry)

    second = publish(inquiry, now=minutes(5), force=True)

    assert second.number == 2
    assert second.sha256 == first.sha256


def test_other_order_coins_give_the_same_hash():
    """What a reader saw first, or at the left, changes no number."""
    epochs = []
    for slug, side in (("one", 0), ("other", 1)):
        inquiry = make_inquiry(slug)
        coins = {"dir_main": side, "ab_swap": side, "row_order_Q2": side, "opt_order_Q9": side, "ctx_order": side}
        for reader in range(12):
            answers = {"Q1": 1 + reader % 5, "Q2": {"a": 4, "b": 1 + reader % 4}, "Q5": 1 + reader % 4, "Q9": [3, 1]}
            answer_as(inquiry, reader, answers, coins=coins)
        epochs.append(publish(inquiry))

    assert epochs[0].sha256 == epochs[1].sha256


def test_answers_under_several_versions_add_up_by_code(inquiry):
    """The second version takes an option back and asks new questions: old answers keep their codes."""
    answer(inquiry, range(6), Q6=1)
    document = built_in_document()
    question = next(item for item in document["items"] if item["id"] == "Q6")
    question["options"][0]["retired"] = True
    publish_version(inquiry=inquiry, document=document)
    answer(inquiry, range(6, 12), Q6=2)

    epoch = publish(inquiry)

    assert epoch.content["versions"] == [1, 2]
    assert numbers_of(epoch, "Q6")["counts"] == {"1": 6, "2": 6, "3": 0, "4": 0, "5": 0, "98": 0}


def test_readers_of_an_older_version_were_not_asked_what_came_later(inquiry):
    answer(inquiry, range(6), Q1=4)
    document = built_in_document()
    document["items"].append({"id": "N", "type": "number", "stem": {"ja": "?", "en": "?"}})
    document["items"].append({"id": "S", "type": "scale", "stem": {"ja": "?", "en": "?"}, "minimum": 0, "maximum": 10})
    document["pages"].insert(-1, ["N", "S"])
    publish_version(inquiry=inquiry, document=document)
    answer(inquiry, range(6, 18), Q1=5, N=3, S=7)

    epoch = publish(inquiry)

    told = {name: numbers_of(epoch, name) for name in ("Q1", "N", "S")}
    assert {name: (each["base"], each["blank"], each["not_shown"]) for name, each in told.items()} == {
        "Q1": (18, 0, 0),
        "N": (12, 0, 6),
        "S": (12, 0, 6),
    }
    assert (told["Q1"]["counts"]["4"], told["Q1"]["counts"]["5"], told["S"]["counts"]["7"]) == (6, 12, 12)


def test_every_kind_reaches_the_epoch():
    inquiry = make_inquiry_of_every_kind()
    for reader in range(12):
        answer_as(inquiry, reader, {"M": [1, 3], "S": reader % 11, "N": 7, "D": "2026-05-01", "A": 40, "Q3": "だから"})
    answer_as(inquiry, 12, {"N": None, "Q3": None})

    epoch = publish(inquiry)

    assert {name: numbers_of(epoch, name)["base"] for name in ("M", "S", "N", "D", "A", "Q3")} == dict.fromkeys(
        ("M", "S", "N", "D", "A", "Q3"), 12
    )
    assert (numbers_of(epoch, "N")["blank"], numbers_of(epoch, "Q3")["blank"]) == (1, 1)
    assert "だから" not in str(epoch.content)


def test_the_strict_profile_waits_for_fifty():
    inquiry = make_inquiry(privacy_profile=PrivacyProfile.STRICT)
    answer(inquiry, range(49))

    assert publish(inquiry, force=True) is None
    answer(inquiry, [49])
    assert publish(inquiry).content["profile"] == "strict"


def test_the_database_refuses_to_change_an_epoch(inquiry):
    answer(inquiry, range(10))
    publish(inquiry)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        ResultEpoch.objects.update(answered=1_000_000)


def test_codes_that_do_not_fit_their_version_stop_the_count(inquiry):
    answer(inquiry, range(10))
    Response.objects.filter(pk=Response.objects.first().pk).update(codes=b"\x01")

    with pytest.raises(UnreadableCodesError):
        publish(inquiry)


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


@pytest.mark.django_db(transaction=True)
def test_answers_that_arrive_while_it_counts_wait_for_the_next_epoch(monkeypatch):
    """The packed answers are read first, numbers and devices later; all must be of the same moment."""
    inquiry = make_inquiry_of_every_kind()
    for reader in range(12):
        answer_as(inquiry, reader, {"S": 3, "N": 7})

    def answer_elsewhere():
        answer_as(inquiry, 99, {"S": 3, "N": 7}, device="tablet")
        connection.close()

    def read_slowly(inquiry_id):
        found = answer_columns(inquiry_id)
        elsewhere = threading.Thread(target=answer_elsewhere)
        elsewhere.start()
        elsewhere.join()
        return found

    monkeypatch.setattr(actions, "answer_columns", read_slowly)
    epoch = publish(inquiry)
    monkeypatch.undo()

    assert Response.objects.count() == 13
    assert {name: (numbers_of(epoch, name)["base"], numbers_of(epoch, name)["not_shown"]) for name in ("S", "N")} == {
        "S": (12, 0),
        "N": (12, 0),
    }
    assert epoch.content["method"]["devices"]["counts"] == {"phone": 12}
    assert publish(inquiry, force=True).content["answered"] == 13


@pytest.mark.django_db(transaction=True)
def test_publishing_now_waits_for_who_is_counting(inquiry):
    answer(inquiry, range(10))
    counting, finish = threading.Event(), threading.Event()

    def count_elsewhere():
        with transaction.atomic():
            assert is_only_run(inquiry)
            counting.set()
            finish.wait(10)
        connection.close()

    elsewhere = threading.Thread(target=count_elsewhere)
    elsewhere.start()
    counting.wait(10)
    with pytest.raises(BeingCounted):
        publish(inquiry, force=True)
    threading.Timer(0.3, finish.set).start()

    assert publish_now(inquiry=inquiry, now=timezone.now()).number == 1
    elsewhere.join()
    assert publish_now(inquiry=inquiry, now=timezone.now()) is None


@pytest.mark.django_db(transaction=True)
def test_only_one_process_counts_an_inquiry_at_a_time(inquiry):
    answer(inquiry, range(10))
    found = []

    def count_elsewhere():
        found.append(publish(inquiry))
        connection.close()

    with transaction.atomic():
        assert is_only_run(inquiry)
        elsewhere = threading.Thread(target=count_elsewhere)
        elsewhere.start()
        elsewhere.join()

    assert found == [None]
    assert publish(inquiry).number == 1
