"""Many hands at once on one reader's row, with real connections and real commits."""

from collections import Counter
from uuid import uuid4

import pytest

from apps.participants.models import Participant
from apps.responses.actions import erase_response
from apps.responses.models import IdempotencyKey, Response, ResponseLog
from apps.responses.verification import code_faults, ledger_faults
from tests.responses.factories import instrument_of, make_identity, make_inquiry, record
from tests.responses.hands import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_hundred_sends_of_one_key_are_one_answer():
    inquiry, key = make_inquiry(), uuid4()
    instrument = instrument_of(inquiry)

    done = at_once(lambda _: record(inquiry, {"Q1": 4}, key=key, instrument=instrument), range(200))

    assert Counter((each.created, each.replayed) for each in done) == {(True, False): 1, (False, True): 199}
    assert len({tuple(sorted(each.reply.items())) for each in done}) == 1
    assert len({each.receipt for each in done}) == 1
    assert (Response.objects.count(), ResponseLog.objects.count(), IdempotencyKey.objects.count()) == (1, 1, 1)


def test_two_hundred_keys_of_one_reader_are_one_row_and_two_hundred_revisions():
    inquiry = make_inquiry()
    instrument = instrument_of(inquiry)

    done = at_once(lambda n: record(inquiry, {"Q1": n % 5 + 1}, instrument=instrument), range(200))

    assert sum(each.created for each in done) == 1
    assert sorted(each.revision for each in done) == list(range(1, 201))
    assert (Response.objects.count(), ResponseLog.objects.count(), IdempotencyKey.objects.count()) == (1, 200, 200)
    assert Response.objects.get().answers == ResponseLog.objects.get(revision=200).answers
    assert [*ledger_faults(inquiry.pk), *code_faults(inquiry.pk)] == []


def test_parts_sent_at_the_same_moment_are_all_kept():
    inquiry = make_inquiry()
    instrument = instrument_of(inquiry)
    parts = [{"Q1": 4}, {"Q4": 2}, {"Q5": 3}, {"Q6": 1}, {"B1": 2}]

    at_once(lambda part: record(inquiry, part, instrument=instrument), parts)

    assert Response.objects.get().answers == {"Q1": 4, "Q4": 2, "Q5": 3, "Q6": 1, "B1": 2}


def test_many_readers_do_not_wait_for_each_other_in_a_circle():
    inquiry = make_inquiry()
    instrument = instrument_of(inquiry)
    readers = [make_identity(inquiry, bytes([n]) * 16) for n in range(20)]

    at_once(lambda n: record(inquiry, {"Q1": 4}, identity=readers[n % 20], instrument=instrument), range(200))

    assert (Response.objects.count(), ResponseLog.objects.count()) == (20, 200)
    assert list(ledger_faults(inquiry.pk)) == []


def test_erasing_among_writes_leaves_whole_rows_or_none():
    inquiry = make_inquiry()
    instrument, who = instrument_of(inquiry), make_identity(inquiry)

    def write_or_erase(n):
        if n % 10 == 9:
            erase_response(pseudonym=who.pseudonym)
        else:
            record(inquiry, {"Q1": 4}, instrument=instrument)

    at_once(write_or_erase, range(100))

    assert list(ledger_faults(inquiry.pk)) == []
    assert Participant.objects.count() == Response.objects.count()
