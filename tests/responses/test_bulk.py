"""Simulated readers come in by COPY; what is kept of them must be what the one write path would have kept."""

from typing import Any

import pytest

from apps.inquiries.actions import close_inquiry
from apps.inquiries.rules import InquiryClosed
from apps.participants.models import Participant
from apps.participants.queries import find_by_receipt
from apps.participants.receipts import receipt_code
from apps.responses.actions import today
from apps.responses.bulk import BulkAnswer, record_responses_in_bulk
from apps.responses.models import IdempotencyKey, Response, ResponseLog
from apps.responses.verification import code_faults, ledger_faults
from apps.surveys.schema import AnswersInvalid
from tests.responses.factories import instrument_of, make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db

ANSWERS = {"Q1": 4, "Q2": {"a": 3, "b": None}, "Q3": "私の考え", "Q7": {"code": 7, "text": "自営業"}, "Q9": [3, 1]}
TOKENS = (b"one reader's own", b"other's own secr")


def bulk(answers: dict[str, Any], token: bytes = TOKENS[0], **changes: Any) -> BulkAnswer:
    usual = {
        "finished": True,
        "language": "ja",
        "device": "phone",
        "day": today(),
        "screen": 3,
        "coins": {"dir_main": 1},
        "visible_ms": {"Q1": 900},
    }
    return BulkAnswer(token=token, answers=answers, **{**usual, **changes})


def kept(inquiry_id: int) -> tuple[list[Any], ...]:
    """Everything about the readers of one inquiry but their names and when their inquiry was made."""
    answers = Response.objects.filter(inquiry_id=inquiry_id).order_by("participant_id")
    log = ResponseLog.objects.filter(inquiry_id=inquiry_id)
    people = Participant.objects.filter(inquiry_id=inquiry_id)
    left_out = {"participant_id", "inquiry_id", "version_id", "pseudonym", "receipt_hash", "id", "record"}
    return tuple(
        [{name: value for name, value in row.items() if name not in left_out} for row in rows.values()]
        for rows in (answers, log, people)
    )


def test_bulk_keeps_what_the_one_write_path_keeps():
    single, together = make_inquiry("single"), make_inquiry("together")

    record(
        single,
        ANSWERS,
        identity=make_identity(single, TOKENS[0]),
        finished=True,
        screen=3,
        visible_ms={"Q1": 900},
        simulated=True,
    )
    count = record_responses_in_bulk(
        inquiry=together, instrument=instrument_of(together), sent=[bulk(ANSWERS)], simulated=True
    )

    assert count == 1
    assert kept(together.pk) == kept(single.pk)
    assert [*ledger_faults(together.pk), *code_faults(together.pk)] == []
    assert IdempotencyKey.objects.count() == 1  # of the single one: nobody sends a bulk answer again


def test_bulk_readers_have_receipts_like_others():
    inquiry = make_inquiry()
    record_responses_in_bulk(inquiry=inquiry, instrument=instrument_of(inquiry), sent=[bulk({"Q1": 4})], simulated=True)
    identity = make_identity(inquiry, TOKENS[0])

    assert find_by_receipt(receipt_code(identity.pseudonym)) == identity


def test_bulk_answer_that_the_form_would_refuse_keeps_nobody():
    inquiry = make_inquiry()

    with pytest.raises(AnswersInvalid):
        record_responses_in_bulk(
            inquiry=inquiry,
            instrument=instrument_of(inquiry),
            sent=[bulk({"Q1": 4}), bulk({"Q1": 77}, TOKENS[1])],
            simulated=True,
        )

    assert not Response.objects.exists()


def test_closed_inquiry_takes_no_bulk():
    inquiry = close_inquiry(inquiry=make_inquiry())

    with pytest.raises(InquiryClosed):
        record_responses_in_bulk(
            inquiry=inquiry, instrument=instrument_of(inquiry), sent=[bulk({"Q1": 4})], simulated=True
        )
