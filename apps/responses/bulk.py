"""The way in for many answers at once, for simulated readers: checked, packed, logged as `record_response` does it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.common.streams import copy_rows
from apps.inquiries.models import Inquiry
from apps.inquiries.rules import InquiryClosed
from apps.participants.queries import pseudonym
from apps.participants.receipts import receipt_hash
from apps.responses.models import Response
from apps.surveys.arms import arm_of
from apps.surveys.codes import pack_codes
from apps.surveys.queries import Instrument, definition_in
from apps.surveys.schema import answer_status, check_answers, merge_answers

RESPONSES = (
    "COPY responses_response (pseudonym, inquiry_id, version_id, revision, answers, codes, status, finished, screen,"
    " language, device, visible_ms, started_day, changed_day, simulated) FROM STDIN"
)
LOG = "COPY responses_responselog (pseudonym, inquiry_id, version_id, revision, answers, status, day) FROM STDIN"
PARTICIPANTS = (
    "COPY participants_participant (pseudonym, inquiry_id, receipt_hash, coins, consent_sha256, consent_day, simulated)"
    " FROM STDIN"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAnswer:
    """One reader's answers as they would have been sent. `token`: the reader's secret bytes."""

    token: bytes
    answers: dict[str, Any]
    finished: bool
    language: str
    device: str
    day: date
    screen: int
    coins: dict[str, int]
    visible_ms: dict[str, int] = field(default_factory=dict)


def without_known(*, inquiry: Inquiry, sent: Iterable[BulkAnswer]) -> list[BulkAnswer]:
    """Those of them who have not answered this inquiry before."""
    by_pseudonym = {pseudonym(inquiry.pk, each.token): each for each in sent}
    known = Response.objects.filter(pk__in=list(by_pseudonym)).values_list("pk", flat=True)
    for who in known:
        del by_pseudonym[bytes(who)]
    return list(by_pseudonym.values())


def record_responses_in_bulk(
    *, inquiry: Inquiry, instrument: Instrument, sent: Iterable[BulkAnswer], simulated: bool
) -> int:
    """Keep the answers of readers who have not answered before, all or none; returns how many.

    Raises InquiryClosed, and AnswersInvalid for answers that the form would have refused.
    """
    if not inquiry.is_open(timezone.now()):
        raise InquiryClosed(inquiry)
    rows = [_rows(inquiry, instrument, each, simulated) for each in sent]
    with transaction.atomic():
        for statement, place in ((RESPONSES, 0), (LOG, 1), (PARTICIPANTS, 2)):
            copy_rows(statement, [row[place] for row in rows])
    return len(rows)


def _rows(inquiry: Inquiry, instrument: Instrument, sent: BulkAnswer, simulated: bool) -> tuple[tuple[Any, ...], ...]:
    """What one reader adds to the latest answers, to the log and to the participants."""
    definition, version = instrument.definition, instrument.version_id
    asked = definition_in(version, arm_of(sent.coins))
    answers = merge_answers(asked, {}, check_answers(asked, sent.answers))
    status, who = answer_status(asked, answers), pseudonym(inquiry.pk, sent.token)
    text, visible = _json(answers), _json(sent.visible_ms)
    packed = pack_codes(definition, answers)
    furthest = (sent.screen, sent.language, sent.device, visible, sent.day, sent.day, simulated)
    return (
        (who, inquiry.pk, version, 1, text, packed, status, sent.finished, *furthest),
        (who, inquiry.pk, version, 1, text, status, sent.day),
        (who, inquiry.pk, receipt_hash(who), _json(sent.coins), definition.consent_sha256, sent.day, simulated),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
