"""The one way in for answers, used by page, frame and API; and the one way out, erasure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from apps.common.writing import Busy, KeyReused, Unconfirmed, confirmed, today
from apps.inquiries.models import Inquiry
from apps.inquiries.rules import InquiryClosed
from apps.participants.actions import forget_participant
from apps.participants.models import Participant
from apps.participants.queries import Identity
from apps.participants.receipts import receipt_code, receipt_hash
from apps.responses import ledger
from apps.responses.models import IdempotencyKey, Response, ResponseLog
from apps.responses.parts import Answers, First, Letter, Said
from apps.responses.signals import signals_with
from apps.responses.verification import right_codes
from apps.surveys.arms import ARM_COIN, Arm
from apps.surveys.codes import pack_codes
from apps.surveys.definition import Definition
from apps.surveys.queries import Instrument, definition_in
from apps.surveys.queries import instrument as instrument_by_id
from apps.surveys.schema import answer_status, merge_answers

ATTEMPTS_WITHOUT_LOCK = 3
ATTEMPTS = 8
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
LONGEST_VISIBLE_MS = 60 * 60 * 1000


class ConsentMissing(Exception):
    """A first answer without the reader's consent to the text in force."""


@dataclass(frozen=True, slots=True)
class Recorded:
    created: bool
    replayed: bool
    status: str
    revision: int
    receipt: str | None  # only for the write that created the response, and its replays
    reply: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """One write as it was asked for."""

    inquiry: Inquiry
    instrument: Instrument
    identity: Identity
    said: Said
    letter: Letter
    first: First
    epoch: int | None
    simulated: bool


def record_response(
    *,
    inquiry: Inquiry,
    instrument: Instrument,
    identity: Identity,
    said: Said,
    letter: Letter,
    first: First,
    epoch: int | None = None,
    simulated: bool = False,
) -> Recorded:
    """Keep what a reader answered: merged with what was kept before, logged, under the key of the letter.

    `epoch`: the newest one at this moment, for the reply. Raises KeyReused, InquiryClosed, ConsentMissing or Busy; when
    it returns, the answer is committed. Sent again under the same key, the same reply comes back.
    """
    draft = _Draft(
        inquiry=inquiry,
        instrument=instrument,
        identity=identity,
        said=said,
        letter=letter,
        first=first,
        epoch=epoch,
        simulated=simulated,
    )
    try:
        with confirmed():
            recorded = _attempts(draft)
    except (OperationalError, InterfaceError, Unconfirmed) as error:
        raise Busy from error
    if recorded is None:
        raise Busy
    return recorded


def _attempts(draft: _Draft) -> Recorded | None:
    if recorded := _attempt_unread(draft):
        return recorded
    for number in range(ATTEMPTS):
        attempt = _attempt if number < ATTEMPTS_WITHOUT_LOCK else _attempt_under_lock
        if recorded := attempt(draft):
            return recorded
    return None


def _attempt_unread(draft: _Draft) -> Recorded | None:
    """A newcomer needs no reading first. Whatever speaks against it, the attempts that read will find out."""
    if not (draft.first.newcomer and draft.first.consent):
        return None
    values = _values(draft, ledger.NOTHING_YET)
    return _recorded(draft, values["reply_content"], None, replayed=False) if ledger.create(values) else None


def _attempt_under_lock(draft: _Draft) -> Recorded | None:
    """After three lost races with the reader's other tabs: one after the other. Only an erasure can come between."""
    with transaction.atomic():
        ledger.lock(draft.identity.pseudonym)
        return _attempt(draft)


def _attempt(draft: _Draft) -> Recorded | None:
    """One read and one write; None where a concurrent write came between."""
    stored = ledger.read(
        inquiry_id=draft.inquiry.pk, slug=draft.inquiry.slug, pseudonym=draft.identity.pseudonym, key=draft.letter.key
    )
    if stored and stored.used_body is not None:
        return _replay(draft, stored)
    if stored is None or not stored.open:
        raise InquiryClosed(draft.inquiry)
    values = _values(draft, stored)
    if not (ledger.change(values) if stored.revision else _create(draft, values)):
        return None
    return _recorded(draft, values["reply_content"], stored.receipt_hash, replayed=False)


def _create(draft: _Draft, values: dict[str, Any]) -> bool:
    if not draft.first.consent:
        raise ConsentMissing
    return ledger.create(values)


def _replay(draft: _Draft, stored: ledger.Stored) -> Recorded:
    if stored.used_body != draft.letter.body_sha256:
        raise KeyReused
    return _recorded(draft, stored.used_reply, stored.receipt_hash, replayed=True)


def _recorded(draft: _Draft, reply: dict[str, Any], stored_hash: bytes | None, *, replayed: bool) -> Recorded:
    first = reply["revision"] == 1
    return Recorded(
        created=first and not replayed,
        replayed=replayed,
        status=reply["status"],
        revision=reply["revision"],
        receipt=receipt_code(draft.identity.pseudonym, stored_hash) if first else None,
        reply=reply,
    )


def _values(draft: _Draft, stored: ledger.Stored) -> dict[str, Any]:
    """What the row will hold, in the columns' own types."""
    version_id, definition = _newer_version(draft, stored)
    asked = definition_in(version_id, Arm(_arm(draft, stored)))
    answers = merge_answers(asked, stored.answers, _asked_only(definition, asked, draft.said.answers))
    status = answer_status(asked, answers)
    reply = {"status": status, "revision": stored.revision + 1, "epoch": draft.epoch}
    return {
        "inquiry": draft.inquiry.pk,
        "slug": draft.inquiry.slug,
        "pseudonym": draft.identity.pseudonym,
        "key": draft.letter.key,
        "body": draft.letter.body_sha256,
        "seen": stored.revision,
        "version": version_id,
        "answers": _json(answers),
        "codes": pack_codes(definition, answers),
        "status": status,
        "finished": stored.finished or draft.said.finished,
        "screen": max(stored.screen, draft.said.screen),
        "language": draft.letter.language,
        "device": draft.letter.device,
        "visible": _json(_visible(definition, stored.visible_ms, draft.said.visible_ms)),
        "signals": signals_with(stored.signals, draft.letter.signals, given=draft.said.answers, stored=stored.answers),
        "day": today(),
        "receipt": receipt_hash(draft.identity.pseudonym),
        "coins": _json(dict(draft.first.coins)),
        "consent": draft.first.consent,
        "simulated": draft.simulated,
        "reply": _json(reply),
        "reply_content": reply,
    }


def _newer_version(draft: _Draft, stored: ledger.Stored) -> tuple[int, Definition]:
    """A page that was opened before a new version must not take the row back to the old one."""
    if stored.version_id <= draft.instrument.version_id:
        return draft.instrument.version_id, draft.instrument.definition
    return stored.version_id, instrument_by_id(stored.version_id).definition


def _arm(draft: _Draft, stored: ledger.Stored) -> int:
    """The first answer brings it, and from then on it stays."""
    return (stored.arm if stored.revision else draft.first.coins.get(ARM_COIN)) or Arm.A


def _asked_only(whole: Definition, asked: Definition, answers: Answers) -> Answers:
    """Without answers to questions that this reader's way leaves out."""
    left_out = whole.by_id.keys() - asked.by_id.keys()
    return {name: answer for name, answer in answers.items() if name not in left_out}


def _visible(definition: Definition, before: Mapping[str, int], seen: Mapping[str, int]) -> dict[str, int]:
    """The longest visit to each item in milliseconds; what is not an item or not a time is left out."""
    times = dict(before)
    for name, value in seen.items():
        if name in definition.by_id and type(value) is int and value > 0:
            times[name] = max(times.get(name, 0), min(value, LONGEST_VISIBLE_MS))
    return times


@transaction.atomic
def erase_response(*, pseudonym: bytes) -> bool:
    """Delete everything a reader left in one inquiry; the next epoch counts without it. False: there was nothing."""
    if not Participant.objects.select_for_update().filter(pk=pseudonym).exists():
        return False
    Response.objects.filter(pk=pseudonym).delete()
    ResponseLog.objects.filter(pseudonym=pseudonym).delete()
    IdempotencyKey.objects.filter(pseudonym=pseudonym).delete()
    return forget_participant(pseudonym=pseudonym)


def rebuild_codes(*, inquiry_id: int) -> int:
    """Write the packed codes anew from the answers; a row that changes meanwhile keeps what its writer packed."""
    rebuilt = 0
    for response, codes in right_codes(inquiry_id):
        if codes != bytes(response.codes):
            same = Response.objects.filter(pk=response.pk, revision=response.revision)
            rebuilt += same.update(codes=codes)
    return rebuilt
