from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from apps.inquiries.models import Inquiry, State
from apps.inquiries.rules import InquiryClosed
from apps.participants.models import Participant
from apps.participants.queries import find_by_receipt
from apps.responses import ledger
from apps.responses.actions import LONGEST_VISIBLE_MS, Busy, ConsentMissing, KeyReused, today
from apps.responses.models import IdempotencyKey, Response, ResponseLog
from apps.surveys.codes import unpack_codes
from tests.responses.factories import instrument_of, make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return make_inquiry()


def test_first_answer_makes_one_row_of_each_kind(inquiry):
    recorded = record(inquiry, {"Q1": 4})

    who = make_identity(inquiry).pseudonym
    assert (recorded.created, recorded.replayed, recorded.revision) == (True, False, 1)
    row = Response.objects.get()
    assert (bytes(row.pk), row.revision, row.answers, row.finished) == (who, 1, {"Q1": 4}, False)
    assert (row.started_day, row.changed_day, row.language, row.device) == (today(), today(), "ja", "phone")
    participant = Participant.objects.get()
    assert (bytes(participant.pk), participant.coins, participant.inquiry_id) == (who, {"dir_main": 1}, inquiry.pk)
    assert participant.consent_sha256 == instrument_of(inquiry).definition.consent_sha256
    assert list(ResponseLog.objects.values_list("revision", "answers", "status")) == [(1, {"Q1": 4}, row.status)]
    assert IdempotencyKey.objects.count() == 1


def test_later_answers_are_merged_and_logged_whole(inquiry):
    record(inquiry, {"Q1": 4, "Q4": 2})
    recorded = record(inquiry, {"Q1": 2, "Q6": 1}, language="en", finished=True)

    assert (recorded.created, recorded.revision, recorded.receipt) == (False, 2, None)
    row = Response.objects.get()
    assert row.answers == {"Q1": 2, "Q4": 2, "Q6": 1}
    assert (row.language, row.finished, row.revision) == ("en", True, 2)
    assert list(ResponseLog.objects.order_by("id").values_list("revision", "answers")) == [
        (1, {"Q1": 4, "Q4": 2}),
        (2, {"Q1": 2, "Q4": 2, "Q6": 1}),
    ]


def test_packed_codes_follow_the_merged_answers(inquiry):
    definition = instrument_of(inquiry).definition
    record(inquiry, {"Q1": 4})
    record(inquiry, {"Q4": 2})

    codes = bytes(Response.objects.get().codes)

    assert unpack_codes(definition, codes) == {"Q1": 4, "Q4": 2}


def test_sent_stays_sent_when_a_part_comes_later(inquiry):
    record(inquiry, {"Q1": 4}, finished=True)
    record(inquiry, {"Q1": 5}, finished=False)

    assert Response.objects.get().finished


def test_furthest_screen_and_longest_visits_are_kept(inquiry):
    record(inquiry, {"Q1": 4}, screen=3, visible_ms={"Q1": 900, "Q4": 10**12, "nonsense": 5, "Q6": -4})
    record(inquiry, {"Q1": 4}, screen=2, visible_ms={"Q1": 700, "Q6": 1200})

    row = Response.objects.get()
    assert row.screen == 3
    assert row.visible_ms == {"Q1": 900, "Q4": LONGEST_VISIBLE_MS, "Q6": 1200}


def test_first_coins_device_and_consent_stay(inquiry):
    record(inquiry, {"Q1": 4})
    record(inquiry, {"Q1": 3}, coins={"dir_main": 0}, device="computer", consent="")

    assert Participant.objects.get().coins == {"dir_main": 1}
    assert Response.objects.get().device == "phone"


def test_same_key_and_body_bring_the_same_reply(inquiry):
    key = uuid4()
    first = record(inquiry, {"Q1": 4}, key=key, epoch=7)
    record(inquiry, {"Q1": 5})

    again = record(inquiry, {"Q1": 4}, key=key, epoch=8)

    assert (again.created, again.replayed) == (False, True)
    assert (again.reply, again.receipt) == (first.reply, first.receipt)
    assert Response.objects.get().answers == {"Q1": 5}
    assert ResponseLog.objects.count() == 2


def test_same_key_with_another_body_is_refused(inquiry):
    key = uuid4()
    record(inquiry, {"Q1": 4}, key=key)

    with pytest.raises(KeyReused):
        record(inquiry, {"Q1": 5}, key=key)
    assert Response.objects.get().answers == {"Q1": 4}


def test_two_readers_may_use_the_same_key(inquiry):
    key = uuid4()
    record(inquiry, {"Q1": 4}, key=key)

    recorded = record(inquiry, {"Q1": 5}, key=key, identity=make_identity(inquiry, b"another's token"))

    assert recorded.created
    assert Response.objects.count() == 2


def test_stored_reply_does_not_hold_the_receipt(inquiry):
    recorded = record(inquiry, {"Q1": 4})

    stored = IdempotencyKey.objects.get()
    assert stored.reply == {"status": recorded.status, "revision": 1, "epoch": None}
    assert find_by_receipt(recorded.receipt) == make_identity(inquiry)


def test_first_answer_without_consent_is_refused(inquiry):
    with pytest.raises(ConsentMissing):
        record(inquiry, {"Q1": 4}, consent="")

    assert not Participant.objects.exists()
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.CLOSED},
        {"state": State.DRAFT},
        {"state": State.ARCHIVED},
        {"closes_at": timezone.now() - timedelta(seconds=1)},
        {"opens_at": timezone.now() + timedelta(hours=1)},
    ],
    ids=["closed", "draft", "archived", "past", "not yet"],
)
def test_inquiry_that_is_not_open_takes_nothing(inquiry, fields):
    record(inquiry, {"Q1": 4})
    Inquiry.objects.filter(pk=inquiry.pk).update(**fields)

    with pytest.raises(InquiryClosed):
        record(inquiry, {"Q1": 5})
    with pytest.raises(InquiryClosed):
        record(inquiry, {"Q1": 5}, identity=make_identity(inquiry, b"another's token"))
    assert list(Response.objects.values_list("answers", flat=True)) == [{"Q1": 4}]


def test_deleted_inquiry_takes_nothing(inquiry):
    gone = Inquiry(pk=inquiry.pk + 1000, slug="gone")

    with pytest.raises(InquiryClosed):
        record(gone, {"Q1": 5}, instrument=instrument_of(inquiry), identity=make_identity(inquiry))


def test_closing_between_read_and_write_is_noticed(inquiry, monkeypatch):
    real = ledger.read

    def read_then_close(**arguments):
        stored = real(**arguments)
        Inquiry.objects.filter(pk=inquiry.pk).update(state=State.CLOSED)
        return stored

    monkeypatch.setattr(ledger, "read", read_then_close)

    with pytest.raises(InquiryClosed):
        record(inquiry, {"Q1": 4})
    assert not Response.objects.exists()
    assert not Participant.objects.exists()


def test_retry_after_closing_still_gets_its_reply(inquiry):
    key = uuid4()
    first = record(inquiry, {"Q1": 4}, key=key)
    Inquiry.objects.filter(pk=inquiry.pk).update(state=State.CLOSED)

    assert record(inquiry, {"Q1": 4}, key=key).reply == first.reply


def test_lost_races_end_under_a_lock(inquiry, monkeypatch):
    record(inquiry, {"Q1": 4})
    real = ledger.read
    seen = []

    def read_then_another_tab_writes(**arguments):
        stored = real(**arguments)
        seen.append(stored.revision)
        if len(seen) <= 3:
            Response.objects.update(revision=stored.revision + 1)
        return stored

    monkeypatch.setattr(ledger, "read", read_then_another_tab_writes)

    assert record(inquiry, {"Q4": 1}).revision == 5
    assert seen == [1, 2, 3, 4]


def test_database_that_does_not_answer_is_busy(inquiry, monkeypatch):
    def fail(**_arguments):
        raise OperationalError("gone")

    monkeypatch.setattr(ledger, "read", fail)

    with pytest.raises(Busy):
        record(inquiry, {"Q1": 4})


@pytest.mark.parametrize("stored", [0, 1])
def test_a_write_takes_two_queries(inquiry, django_assert_num_queries, stored):
    record(inquiry, {"Q1": 4}) if stored else make_identity(inquiry)
    instrument = instrument_of(inquiry)

    with django_assert_num_queries(2):
        record(inquiry, {"Q1": 5}, instrument=instrument)
