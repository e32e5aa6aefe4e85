"""Where a request comes from, good for counting for a day and for nothing else.

The salt lives in the memory of the web processes only: no table, log or backup can lead from a key to an address.
"""

import hmac
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_network

from django.http import HttpRequest

from apps.common.senders import address_of
from apps.participants.buckets import shared

KEY_BYTES = 8
PREFIX = {4: 24, 6: 56}
# Of these nobody can say whether they are one house or, behind a proxy that does not tell, the whole world.
UNTOLD = tuple(
    ip_network(text)
    for text in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10")
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a vote comes from: an empty network is not known, and not counted. `proof`: a solved challenge."""

    network: str = ""
    proof: str = ""


UNCOUNTED = Sender()


def sender_of(request: HttpRequest, proof: str = "") -> Sender:
    """For votes. Who is on this machine or in its own network, or behind a proxy that does not tell, is not counted."""
    address = address_of(request)
    if address is None or any(address in network for network in UNTOLD if network.version == address.version):
        return UNCOUNTED
    return Sender(network_around(address), proof)


def network_around(address: IPv4Address | IPv6Address) -> str:
    return str(ip_network((address, PREFIX[address.version]), strict=False))


def network_of(request: HttpRequest) -> str:
    """The network that the request comes from; empty where it cannot be told."""
    address = address_of(request)
    return network_around(address) if address else ""


def network_key(request: HttpRequest, purpose: str) -> bytes:
    """A short key for the network and one purpose, different tomorrow and on the next machine."""
    return salted(f"{purpose}|{network_of(request)}".encode())[:KEY_BYTES]


def salted(message: bytes) -> bytes:
    return hmac.digest(shared.salt(), message, "sha256")
