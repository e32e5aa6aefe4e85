"""What is noted beside the answers comes as one number, and all readers out of one index."""

import random

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from apps.responses import everybody
from apps.responses.everybody import asked_for, records_of
from apps.responses.models import Response, Status
from apps.responses.packing import DEVICE, DEVICES, FINISHED, SIMULATED, STATUS
from apps.surveys.reading.documents import MOST_SLOTS
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db


@given(
    st.tuples(st.sampled_from(Status.values), st.sampled_from(DEVICES), st.booleans(), st.booleans()),
    st.integers(0, 2**15 - 1),
)
def test_the_database_packs_what_stands_in_the_columns(columns, screen):
    with transaction.atomic():
        status, device, finished, simulated = columns
        record(make_inquiry(), {"Q1": 4})
        Response.objects.update(status=status, device=device, finished=finished, simulated=simulated, screen=screen)

        noted = Response.objects.get().noted

        transaction.set_rollback(True)
    assert (Status.values[noted >> STATUS], DEVICES[noted >> DEVICE & 3]) == (status, device)
    assert (bool(noted >> FINISHED & 1), bool(noted >> SIMULATED & 1), noted & 0xFFFF) == (finished, simulated, screen)


def test_whoever_counts_reads_one_index_and_not_the_table():
    inquiry = make_inquiry()
    record(inquiry, {"Q1": 4})
    copied, values = asked_for(["en", "ja"], with_arms=False, texts=[])
    query = copied[copied.index("(") + 1 : copied.rindex(") TO STDOUT")]

    with connection.cursor() as cursor:
        # as of a table so large that reading it whole is not worth it
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {query}", [*values, inquiry.pk, Response.objects.get().version_id])
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Index Only Scan using all_answers_of_a_version" in plan


def test_what_comes_in_pieces_is_the_same(monkeypatch):
    inquiry = make_inquiry()
    for number in range(5):
        record(inquiry, {"Q1": 1 + number % 4}, identity=make_identity(inquiry, bytes([number])))
    version = Response.objects.values_list("version_id", flat=True).first()
    usual = records_of(inquiry.pk, [version], ["en", "ja"], True, ["Q3"])

    monkeypatch.setattr(everybody, "ROOM", 7)

    assert records_of(inquiry.pk, [version], ["en", "ja"], True, ["Q3"]) == usual
    assert [len(each.pseudonyms) for each in usual] == [5 * 16]


def test_the_longest_answers_find_room_in_the_index():
    record(make_inquiry(), {"Q1": 4})
    codes = random.Random(1).randbytes(MOST_SLOTS)  # nothing makes them shorter

    Response.objects.update(codes=codes, language="zh-tw")

    stored = Response.objects.get()
    assert bytes(stored.codes) == codes
