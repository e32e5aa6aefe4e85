"""What is counted of a reader comes as one value, and all readers out of one index."""

import random
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from apps.common.device_classes import DEVICES
from apps.responses import records
from apps.responses.models import Response, Status
from apps.responses.packing import (
    DAY,
    DEVICE,
    FINISHED,
    FIRST_DAY,
    HEAD,
    LANGUAGE,
    MARKS,
    SIMULATED,
    STATUS,
)
from apps.responses.records import all_records, asked_for
from apps.surveys.reading.documents import MOST_SLOTS
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db


@given(
    st.tuples(st.sampled_from(Status.values), st.sampled_from(DEVICES), st.booleans(), st.booleans()),
    st.integers(0, 2**15 - 1),
    st.dates(date(1970, 1, 1), date(2200, 1, 1)),
    st.sampled_from(["ja", "en", "zh-tw"]),
)
def test_the_database_packs_what_stands_in_the_columns(columns, screen, began, language):
    with transaction.atomic():
        status, device, finished, simulated = columns
        record(make_inquiry(), {"Q1": 4})
        Response.objects.update(status=status, device=device, finished=finished, simulated=simulated, screen=screen)
        Response.objects.update(started_day=began, language=language)

        stored = Response.objects.get()

        transaction.set_rollback(True)
    packed = bytes(stored.record)
    marks = int.from_bytes(packed[MARKS:DAY])
    assert (packed[:MARKS], packed[HEAD:]) == (bytes(stored.pk), bytes(stored.codes))
    assert (Status.values[marks >> STATUS], DEVICES[marks >> DEVICE & 3]) == (status, device)
    assert (bool(marks >> FINISHED & 1), bool(marks >> SIMULATED & 1), marks & 0xFFFF) == (finished, simulated, screen)
    assert int.from_bytes(packed[DAY:LANGUAGE], signed=True) == (began - FIRST_DAY).days
    assert packed[LANGUAGE:HEAD] == language.encode().ljust(HEAD - LANGUAGE)


def test_whoever_counts_reads_one_index_and_not_the_table():
    inquiry = make_inquiry()
    record(inquiry, {"Q1": 4})
    copied = asked_for(with_arms=False)
    query = copied[copied.index("(") + 1 : copied.rindex(") TO STDOUT")]

    with connection.cursor() as cursor:
        # as of a table so large that reading it whole is not worth it
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {query}", [inquiry.pk, Response.objects.get().version_id])
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Index Only Scan using all_answers_of_a_version" in plan


@pytest.mark.parametrize("with_arms", [True, False])
def test_what_comes_in_pieces_is_the_same(monkeypatch, with_arms):
    inquiry = make_inquiry()
    for number in range(5):
        record(inquiry, {"Q1": 1 + number % 4}, identity=make_identity(inquiry, bytes([number])))
    version = Response.objects.values_list("version_id", flat=True).first()
    usual = all_records(inquiry.pk, version_ids=[version], with_arms=with_arms)

    monkeypatch.setattr(records, "ROOM", 7)

    assert all_records(inquiry.pk, version_ids=[version], with_arms=with_arms) == usual
    assert sorted(pieces(bytes(usual[0].records), 5)) == sorted(bytes(each.record) for each in Response.objects.all())
    assert usual[0].arms == (b"\x00\x0f" * 5 if with_arms else None)


def pieces(joined, number):
    width = len(joined) // number
    return [joined[start : start + width] for start in range(0, len(joined), width)]


def test_reading_everybody_leaves_the_server_as_it_was():
    inquiry = make_inquiry()
    record(inquiry, {"Q1": 4})
    versions = list(Response.objects.values_list("version_id", flat=True))

    def processes():
        with connection.cursor() as cursor:
            cursor.execute("SHOW max_parallel_workers_per_gather")
            return cursor.fetchone()[0]

    before = processes()
    all_records(inquiry.pk, version_ids=versions, with_arms=False)

    assert before != "0"
    assert processes() == before


def test_the_longest_answers_find_room_in_the_index():
    record(make_inquiry(), {"Q1": 4})
    codes = random.Random(1).randbytes(MOST_SLOTS)  # nothing makes them shorter

    Response.objects.update(codes=codes, language="zh-tw")

    stored = Response.objects.get()
    assert bytes(stored.codes) == codes
