"""One secret per purpose, drawn from SECRET_KEY: a text made for one purpose proves nothing for another."""

import hmac
from functools import lru_cache
from hashlib import sha256

from django.conf import settings


@lru_cache(maxsize=64)
def _derive(purpose: str, secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"toikake." + purpose.encode(), sha256)


def key_for(purpose: str) -> bytes:
    """The key that new texts of this purpose are made with."""
    return _derive(purpose, settings.SECRET_KEY)


def keys_for(purpose: str) -> list[bytes]:
    """All keys that are still honoured, the present one first."""
    return [key_for(purpose), *(_derive(purpose, secret) for secret in settings.SECRET_KEY_FALLBACKS)]


def mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def proves(purpose: str, message: bytes, seal: bytes) -> bool:
    """Whether one of our keys made this seal; the seal may be a shortened one."""
    return any(hmac.compare_digest(mac(key, message)[: len(seal)], seal) for key in keys_for(purpose))
