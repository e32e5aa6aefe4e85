"""What the database itself promises, whoever writes."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from apps.participants.models import Participant
from apps.responses.models import IdempotencyKey, Response, ResponseLog
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Response:
    record(make_inquiry(), {"Q1": 4})
    return Response.objects.get()


def copy_of(row: Response, **changes: object) -> Response:
    fields = {field.attname: getattr(row, field.attname) for field in Response._meta.concrete_fields}
    return Response(**{**fields, **changes})


def refused(name: str) -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match=name)


def test_one_reader_has_one_row(row):
    with refused("responses_response_pkey"), transaction.atomic():
        copy_of(row).save(force_insert=True)


def test_row_without_a_reader_is_refused(row):
    with refused("pseudonym"), transaction.atomic():
        copy_of(row, participant_id=None).save(force_insert=True)
    with refused("foreign key"), transaction.atomic():
        copy_of(row, participant_id=b"nobody's pseudon").save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_one_key_of_one_reader_is_used_once(row):
    used = IdempotencyKey.objects.get()

    with refused("responses_idempotencykey_pkey"), transaction.atomic():
        IdempotencyKey.objects.create(
            pseudonym=used.pseudonym, key=used.key, body_sha256=b"x" * 32, reply={}, day=used.day
        )


def test_one_revision_is_logged_once(row):
    logged = ResponseLog.objects.get()

    with refused("one_log_row_per_revision"), transaction.atomic():
        ResponseLog.objects.create(
            pseudonym=logged.pseudonym,
            inquiry_id=logged.inquiry_id,
            version_id=logged.version_id,
            revision=logged.revision,
            answers={},
            status="partial",
            day=logged.day,
        )


@pytest.mark.parametrize(
    ("change", "name"),
    [({"status": "excellent"}, "response_status_is_known"), ({"device": "watch"}, "response_device_is_known")],
)
def test_unknown_word_is_refused(row, change, name):
    with refused(name), transaction.atomic():
        Response.objects.update(**change)


def test_one_receipt_belongs_to_one_participant(row):
    holder = Participant.objects.get()

    with refused("one_participant_per_receipt"), transaction.atomic():
        Participant.objects.create(
            pseudonym=b"another pseudon.",
            inquiry_id=holder.inquiry_id,
            receipt_hash=holder.receipt_hash,
            consent_sha256="x",
            consent_day=timezone.localdate(),
        )


def test_participant_without_consent_is_refused(row):
    with refused("participant_has_consented"), transaction.atomic():
        Participant.objects.update(consent_sha256="")


@pytest.mark.parametrize("table", ["responses_response", "responses_responselog", "responses_idempotencykey"])
def test_null_is_no_way_around_uniqueness(table):
    """Whatever is part of a key may not be NULL, because NULLs would all differ from each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)"
            " WHERE indrelid = %s::regclass AND indisunique AND NOT attnotnull",
            [table],
        )
        assert cursor.fetchall() == []


def test_log_cannot_be_rewritten(row):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ResponseLog.objects.update(answers={"Q1": 5})


def test_log_goes_with_its_reader_only(row):
    """There is no other way to a log row than the erasure of everything."""
    other = make_identity(row.inquiry, b"another")
    record(row.inquiry, {"Q1": 2}, identity=other, key=uuid4())

    assert ResponseLog.objects.filter(pseudonym=other.pseudonym).count() == 1
    assert ResponseLog.objects.count() == 2
