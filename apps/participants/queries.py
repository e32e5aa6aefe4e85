"""Who is behind a token or a receipt, as far as this house may know it."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404

from apps.participants.models import Participant, Pepper
from apps.participants.receipts import read_receipt, receipt_code
from apps.participants.seals import mac

PSEUDONYM_BYTES = 16


@dataclass(frozen=True, slots=True)
class Identity:
    """One reader of one inquiry. Two inquiries see two pseudonyms of the same reader that nobody can join."""

    inquiry_id: int
    pseudonym: bytes


class InquiryGone(Http404):
    """The inquiry was deleted after somebody remembered it."""


@lru_cache(maxsize=1024)
def _pepper(inquiry_id: int) -> bytes:
    try:
        return Pepper.objects.secret_of(inquiry_id)
    except Pepper.DoesNotExist:
        raise InquiryGone from None


def pseudonym(inquiry_id: int, token: bytes) -> bytes:
    return mac(_pepper(inquiry_id), token)[:PSEUDONYM_BYTES]


def identify(*, inquiry_id: int, token: bytes) -> Identity:
    """The identity under which the holder of this token answers this inquiry. Nothing about them is stored yet."""
    return Identity(inquiry_id, pseudonym(inquiry_id, token))


def own_receipt(who: bytes) -> str:
    """The receipt code of this reader; empty for one who has agreed to nothing yet and so has left nothing here."""
    stored = Participant.objects.filter(pk=who).values_list("receipt_hash", flat=True).first()
    return receipt_code(who, bytes(stored)) if stored else ""


def find_by_receipt(code: str) -> Identity | None:
    """Who holds this receipt; nobody where the code is mistyped, unknown or erased."""
    hashes = read_receipt(code)
    found = (
        Participant.objects.filter(receipt_hash__in=hashes).values_list("inquiry_id", "pk").first() if hashes else None
    )
    return Identity(found[0], bytes(found[1])) if found else None
