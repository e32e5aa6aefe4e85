"""The participant token: 16 random bytes, the day of issue, a seal. A reader's device keeps it."""

import binascii
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from apps.participants.seals import key_for, mac, proves

SITE = "site"  # pages of our own address and the API
FRAME = "frame"  # pages inside other sites: one participant for each site, and none of our own address
LIFETIME_DAYS = 400
SECRET_BYTES, DAY_BYTES, SEAL_BYTES = 16, 4, 16
TEXT_LENGTH = 48

COOKIE = "__Host-toikake" if settings.SECURE_SITE else "toikake"
COOKIE_ATTRIBUTES: dict[str, Any] = {
    "max_age": LIFETIME_DAYS * 86_400,
    "path": "/",
    "secure": settings.SECURE_SITE,
    "httponly": True,
    "samesite": "Lax",
}

# In a frame the browser keeps a cookie apart for each site around it, or none. Browsers take a secure one from
# `localhost` as well, so it needs no other name while somebody tries things out.
FRAME_COOKIE = "__Host-toikake-frame"
FRAME_COOKIE_ATTRIBUTES: dict[str, Any] = {**COOKIE_ATTRIBUTES, "secure": True, "samesite": "None"}


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a device keeps its token: for whom it is made, under which name, and with what the cookie is set."""

    audience: str
    cookie: str
    attributes: dict[str, Any]
    partitioned: bool = False


ON_SITE = Keeping(SITE, COOKIE, COOKIE_ATTRIBUTES)
IN_FRAME = Keeping(FRAME, FRAME_COOKIE, FRAME_COOKIE_ATTRIBUTES, partitioned=True)


def _today() -> int:
    return int(datetime.now(UTC).timestamp()) // 86_400


def _purpose(audience: str) -> str:
    return f"participant-token.{audience}"


def new_token(seed: bytes | None = None, *, audience: str = SITE) -> str:
    """A fresh token; the same seed always stands for the same participant."""
    body = (seed or secrets.token_bytes(SECRET_BYTES))[:SECRET_BYTES] + _today().to_bytes(DAY_BYTES)
    return urlsafe_b64encode(body + mac(key_for(_purpose(audience)), body)[:SEAL_BYTES]).decode()


def read_token(text: str, audience: str = SITE) -> bytes | None:
    """The participant's 16 secret bytes; None for a token that is forged, damaged, too old or of another audience."""
    if len(text) != TEXT_LENGTH or not text.isascii():
        return None
    try:
        raw = urlsafe_b64decode(text)
    except binascii.Error:
        return None
    body, seal = raw[:-SEAL_BYTES], raw[-SEAL_BYTES:]
    if len(seal) != SEAL_BYTES or len(body) != SECRET_BYTES + DAY_BYTES or not proves(_purpose(audience), body, seal):
        return None
    age = _today() - int.from_bytes(body[SECRET_BYTES:])
    # A day that lies ahead is ours, too, or the seal would not hold: this clock was set back, or another machine's is a
    # moment before ours at midnight. Refused, its reader would become a second one.
    return body[:SECRET_BYTES] if abs(age) <= LIFETIME_DAYS else None
