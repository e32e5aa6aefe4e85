"""Proof of work: a challenge for one reader and one purpose, which takes a device a moment and a robot much time.

`altcha` makes, signs and checks it. A solution is known by the signed nonce of its challenge, because the other bytes
of what is sent can be altered and still hold.
"""

import time
from typing import Any

from altcha import Payload, create_challenge, verify_solution

from apps.participants.queries import Identity
from apps.participants.seals import key_for, keys_for, mac

PURPOSE = "vote"
LIFETIME_SECONDS = 5 * 60
# 256 tries of so many rounds on average: a third of a second on a desk, some two on an old phone. Checking is one try.
ALGORITHM, ROUNDS, PREFIX = "PBKDF2/SHA-256", 2_000, "00"
LONGEST_PROOF = 2_048


def challenge_for(identity: Identity) -> dict[str, Any]:
    """What has to be solved: `parameters` and their `signature`, as altcha names them."""
    challenge = create_challenge(
        ALGORITHM,
        ROUNDS,
        key_prefix=PREFIX,
        expires_at=int(time.time()) + LIFETIME_SECONDS,
        data=meant_for(identity),
        hmac_secret=key_for("proof"),
    )
    return challenge.to_dict()


def solved_nonce(text: str, identity: Identity) -> bytes | None:
    """The nonce of the challenge that this text solves; None where it is not one of ours, not theirs, or too late."""
    try:
        payload = Payload.from_base64(text) if text.isascii() and len(text) <= LONGEST_PROOF else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if payload is None or payload.challenge.parameters.data != meant_for(identity):
        return None
    if not any(verify_solution(payload, key).verified for key in keys_for("proof")):
        return None
    return bytes.fromhex(payload.challenge.parameters.nonce)


def meant_for(identity: Identity) -> dict[str, str]:
    """Who works for somebody else works for nothing."""
    return {"purpose": PURPOSE, "reader": mac(key_for("proof.reader"), identity.pseudonym)[:8].hex()}
