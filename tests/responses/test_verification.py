from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from apps.inquiries.models import Inquiry
from apps.participants.models import Participant
from apps.responses.actions import erase_response
from apps.responses.models import IdempotencyKey, Response, ResponseLog
from apps.responses.verification import CODES, Fault, code_faults, ledger_faults
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db

ROW_AND_LOG = "a response equals its last log row"
GAPLESS = "the log of a response counts from 1 without a gap"
LOG_ALONE = "no log row without a response"
PARTICIPANT_ALONE = "no participant without a response"
KEY_ALONE = "no key without a response"


@pytest.fixture
def inquiry() -> Inquiry:
    """Two readers who wrote twice, and one who took everything back."""
    inquiry = make_inquiry()
    for token in (b"first", b"second", b"gone"):
        identity = make_identity(inquiry, token)
        record(inquiry, {"Q1": 4, "Q2": {"a": 3}}, identity=identity)
        record(inquiry, {"Q1": 2, "Q9": [3, 1]}, identity=identity, finished=True)
    erase_response(pseudonym=make_identity(inquiry, b"gone").pseudonym)
    return inquiry


def first(inquiry: Inquiry) -> bytes:
    return make_identity(inquiry, b"first").pseudonym


def meddle(statement: str, *values: object) -> None:
    """What somebody with the database's own rights could do, past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE responses_responselog DISABLE TRIGGER log_rows_stay_as_written")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE responses_responselog ENABLE TRIGGER log_rows_stay_as_written")


def test_honest_ledger_has_no_faults(inquiry):
    assert [*ledger_faults(inquiry.pk), *code_faults(inquiry.pk)] == []


@pytest.mark.parametrize(
    "change",
    [
        "answers = answers || '{\"Q4\": 1}'",
        "answers = answers - 'Q1'",
        "status = 'complete'",
        "version_id = version_id + 1",
        "changed_day = changed_day - 1",
    ],
)
def test_changed_row_is_found(inquiry, change):
    meddle(f"UPDATE responses_response SET {change} WHERE pseudonym = %s", first(inquiry))

    assert list(ledger_faults(inquiry.pk)) == [Fault(ROW_AND_LOG, first(inquiry).hex())]


@pytest.mark.parametrize("change", ["answers = '{\"Q1\": 5}'", "status = 'complete'", "day = day - 1"])
def test_changed_last_log_row_is_found(inquiry, change):
    meddle(f"UPDATE responses_responselog SET {change} WHERE pseudonym = %s AND revision = 2", first(inquiry))

    assert list(ledger_faults(inquiry.pk)) == [Fault(ROW_AND_LOG, first(inquiry).hex())]


def test_answers_moved_to_another_reader_are_found(inquiry):
    meddle("UPDATE responses_response SET answers = '{\"Q1\": 1}'")

    assert {fault.pseudonym for fault in ledger_faults(inquiry.pk)} == {
        first(inquiry).hex(),
        make_identity(inquiry, b"second").pseudonym.hex(),
    }


def test_missing_log_row_is_found(inquiry):
    meddle("DELETE FROM responses_responselog WHERE pseudonym = %s AND revision = 1", first(inquiry))

    assert list(ledger_faults(inquiry.pk)) == [Fault(GAPLESS, first(inquiry).hex())]


def test_missing_last_log_row_breaks_two_promises(inquiry):
    meddle("DELETE FROM responses_responselog WHERE pseudonym = %s AND revision = 2", first(inquiry))

    assert list(ledger_faults(inquiry.pk)) == [
        Fault(ROW_AND_LOG, first(inquiry).hex()),
        Fault(GAPLESS, first(inquiry).hex()),
    ]


def test_raised_revision_is_found(inquiry):
    meddle("UPDATE responses_response SET revision = 3 WHERE pseudonym = %s", first(inquiry))

    assert {fault.promise for fault in ledger_faults(inquiry.pk)} == {ROW_AND_LOG, GAPLESS}


def test_deleted_response_leaves_its_traces(inquiry):
    meddle("DELETE FROM responses_response WHERE pseudonym = %s", first(inquiry))

    assert list(ledger_faults(inquiry.pk)) == [
        Fault(promise, first(inquiry).hex()) for promise in (LOG_ALONE, PARTICIPANT_ALONE, KEY_ALONE)
    ]


def test_invented_log_row_participant_and_key_are_found(inquiry):
    row = Response.objects.first()
    today = timezone.localdate()
    ResponseLog.objects.create(
        pseudonym=b"l" * 16, inquiry=inquiry, version=row.version, revision=1, answers={}, status="partial", day=today
    )
    Participant.objects.create(
        pseudonym=b"p" * 16, inquiry=inquiry, receipt_hash=b"r" * 32, consent_sha256="x", consent_day=today
    )
    IdempotencyKey.objects.create(pseudonym=b"k" * 16, key=uuid4(), body_sha256=b"b" * 32, reply={}, day=today)

    assert list(ledger_faults(inquiry.pk)) == [
        Fault(LOG_ALONE, (b"l" * 16).hex()),
        Fault(PARTICIPANT_ALONE, (b"p" * 16).hex()),
        Fault(KEY_ALONE, (b"k" * 16).hex()),
    ]


@pytest.mark.parametrize("change", ["set_byte(codes, 0, 5)", "codes || '\\x61'::bytea", "''::bytea"])
def test_codes_that_do_not_follow_from_answers_are_found_and_rebuilt(inquiry, change):
    meddle(f"UPDATE responses_response SET codes = {change} WHERE pseudonym = %s", first(inquiry))
    assert list(code_faults(inquiry.pk)) == [Fault(CODES, first(inquiry).hex())]

    said = StringIO()
    call_command("verify_ledger", inquiry.slug, "--rebuild-codes", stdout=said)

    assert said.getvalue().splitlines() == [
        "one-founder-ai: 1 rows of codes written anew.",
        "one-founder-ai: rows, logs, codes and ballots agree.",
    ]
    assert list(code_faults(inquiry.pk)) == []


def test_faults_of_another_inquiry_are_not_told(inquiry):
    other = make_inquiry("other")
    record(other, {"Q1": 4})
    meddle("UPDATE responses_response SET status = 'complete' WHERE inquiry_id = %s", other.pk)

    assert list(ledger_faults(inquiry.pk)) == []
    assert [fault.promise for fault in ledger_faults(other.pk)] == [ROW_AND_LOG]


def test_command_ends_with_one_where_a_promise_is_broken(inquiry):
    meddle("UPDATE responses_response SET status = 'complete' WHERE pseudonym = %s", first(inquiry))
    complaint = StringIO()

    with pytest.raises(CommandError, match="1 promises are broken in one-founder-ai") as broken:
        call_command("verify_ledger", inquiry.slug, stderr=complaint)

    assert broken.value.returncode == 1
    assert complaint.getvalue() == f"broken: {ROW_AND_LOG} ({first(inquiry).hex()})\n"


def test_command_ends_with_two_where_there_is_no_inquiry(db):
    with pytest.raises(CommandError, match="There is no inquiry nothing") as unknown:
        call_command("verify_ledger", "nothing")

    assert unknown.value.returncode == 2
