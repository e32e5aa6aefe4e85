"""A key for where a request comes from, good for counting for a day and for nothing else.

The salt lives in the memory of this process only: no table, log or backup can lead from a key to an address.
"""

import hmac
import secrets
import time
from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest

SALT_SECONDS = 24 * 60 * 60
KEY_BYTES = 8
PREFIX = {4: 24, 6: 56}


class _Salt:
    """A secret that replaces itself every day."""

    def __init__(self) -> None:
        self.value, self.made_at = secrets.token_bytes(32), time.monotonic()

    def today(self) -> bytes:
        if time.monotonic() - self.made_at > SALT_SECONDS:
            self.value, self.made_at = secrets.token_bytes(32), time.monotonic()
        return self.value


_salt = _Salt()


def network_of(request: HttpRequest) -> str:
    """The network that the request comes from. A proxy on this machine is asked for whom it speaks."""
    near = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        address = ip_address(near)
        if address.is_loopback and forwarded:
            address = ip_address(forwarded)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((address, PREFIX[address.version]), strict=False))


def network_key(request: HttpRequest, purpose: str) -> bytes:
    """A short key for the network and one purpose, different tomorrow and in the next process."""
    return hmac.digest(_salt.today(), f"{purpose}|{network_of(request)}".encode(), "sha256")[:KEY_BYTES]
