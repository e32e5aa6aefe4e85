"""The pass in a reader's form: signed, for one inquiry, valid two hours, good for one write.

It stands in for a session. Whoever answers for the first time gets the participant token that belongs to the pass, so
a page that is saved, sent and tapped twice at the same moment is still one participant.
"""

import binascii
import secrets
import struct
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from uuid import UUID

from apps.participants.seals import key_for, mac, proves
from apps.participants.tokens import SITE, new_token

LIFETIME_SECONDS = 2 * 60 * 60
LAYOUT = struct.Struct(">QI16s")
# Of the number before it, from its low end: the inquiry, the thousandths of the second, the side that was drawn.
INQUIRY_BITS, SIDE_BITS = 46, 56
SEAL_BYTES = 20
TEXT_LENGTH = 64


class PassForged(Exception):
    """Not made by us, or made for another inquiry."""


@dataclass(frozen=True, slots=True)
class FormPass:
    """`side`: what was drawn for the reader before the page was made; 0 where nothing was. `age`: how old it was, in
    seconds, when it was read."""

    nonce: bytes
    side: int = 0
    age: float = field(default=LIFETIME_SECONDS, compare=False)

    @property
    def key(self) -> UUID:
        """The idempotency key of the one write that this pass is good for."""
        return UUID(bytes=mac(key_for("pass.key"), self.nonce)[:16], version=4)

    @property
    def seed(self) -> bytes:
        """What the page's order coins are drawn from."""
        return mac(key_for("pass.coins"), self.nonce)


class PassExpired(Exception):
    """Ours, but older than two hours. What was typed is still good and deserves a fresh pass of the same side.

    `form_pass`: good for nothing new, but it tells whose a write is that arrived while it was good.
    """

    def __init__(self, form_pass: FormPass) -> None:
        super().__init__(form_pass)
        self.form_pass = form_pass

    @property
    def side(self) -> int:
        return self.form_pass.side


def issue_pass(inquiry_id: int, *, side: int = 0) -> str:
    second, thousandths = divmod(int(time.time() * 1000), 1000)
    number = side << SIDE_BITS | thousandths << INQUIRY_BITS | inquiry_id
    body = LAYOUT.pack(number, second, secrets.token_bytes(16))
    return urlsafe_b64encode(body + mac(key_for("pass"), body)[:SEAL_BYTES]).decode()


def read_pass(text: str, inquiry_id: int) -> FormPass:
    """Raises PassForged or PassExpired; an expired pass is told from a forged one only after its seal held."""
    if len(text) != TEXT_LENGTH or not text.isascii():
        raise PassForged
    try:
        raw = urlsafe_b64decode(text)
    except binascii.Error:
        raise PassForged from None
    if len(raw) != LAYOUT.size + SEAL_BYTES or not proves("pass", raw[: LAYOUT.size], raw[LAYOUT.size :]):
        raise PassForged
    number, issued_at, nonce = LAYOUT.unpack(raw[: LAYOUT.size])
    side, rest = divmod(number, 1 << SIDE_BITS)
    thousandths, issued_for = divmod(rest, 1 << INQUIRY_BITS)
    if issued_for != inquiry_id:
        raise PassForged
    age = time.time() - issued_at - thousandths / 1000
    if not -60 <= age <= LIFETIME_SECONDS:
        raise PassExpired(FormPass(nonce, side, age))
    return FormPass(nonce, side, age)


def token_from_pass(form_pass: FormPass, *, audience: str = SITE) -> str:
    """The participant token of a newcomer who sends this pass, the same each time."""
    return new_token(mac(key_for("pass.token"), form_pass.nonce), audience=audience)
