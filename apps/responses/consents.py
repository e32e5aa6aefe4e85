"""A consent to be quoted is taken back as easily as it was given, and also when nothing else can be changed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction

from apps.common.writing import Busy, KeyReused, Unconfirmed, confirmed, today
from apps.responses.models import IdempotencyKey, Response, ResponseLog


@transaction.atomic
def take_back_consent(*, pseudonym: bytes, consent: str) -> bool:
    """The words stay and are counted; nobody quotes them from now on. False: there was no such consent."""
    answer = Response.objects.select_for_update().filter(pk=pseudonym).first()
    if answer is None or answer.answers.get(consent) is not True:
        return False
    answer.answers[consent] = False
    answer.revision += 1
    answer.changed_day = today()
    answer.save(update_fields=["answers", "revision", "changed_day"])
    ResponseLog.objects.create(
        pseudonym=pseudonym,
        inquiry_id=answer.inquiry_id,
        version_id=answer.version_id,
        revision=answer.revision,
        answers=answer.answers,
        status=answer.status,
        day=answer.changed_day,
    )
    return True


def take_back_under_key(
    *, pseudonym: bytes, consents: Iterable[str], key: UUID, body_sha256: bytes
) -> dict[str, Any] | None:
    """The same for several at once, under the sender's key; when it returns, it is committed. None: nobody is there.

    Raises KeyReused or Busy. Sent again under the same key, the same reply comes back.
    """
    try:
        with confirmed():
            return _under_key(pseudonym, list(consents), key, body_sha256)
    except (OperationalError, InterfaceError, Unconfirmed) as error:
        raise Busy from error


@transaction.atomic
def _under_key(pseudonym: bytes, consents: list[str], key: UUID, body_sha256: bytes) -> dict[str, Any] | None:
    if not Response.objects.select_for_update().filter(pk=pseudonym).exists():
        return None
    used = IdempotencyKey.objects.filter(pseudonym=pseudonym, key=key).first()
    if used is not None:
        if bytes(used.body_sha256) != body_sha256:
            raise KeyReused
        return dict(used.reply)
    taken = [take_back_consent(pseudonym=pseudonym, consent=consent) for consent in consents]
    kept = Response.objects.get(pk=pseudonym)
    reply = {"status": kept.status, "revision": kept.revision, "epoch": None}
    if any(taken):
        IdempotencyKey.objects.create(
            pseudonym=pseudonym, key=key, body_sha256=body_sha256, reply=reply, day=kept.changed_day
        )
    return reply
