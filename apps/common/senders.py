"""From which address a request comes. It is good for counting, and goes into no table, log or backup."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.http import HttpRequest


def address_of(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """Of whoever sent the request. A proxy on this machine is asked for whom it speaks."""
    near = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        address = ip_address(near)
        if address.is_loopback and forwarded:
            address = ip_address(forwarded)
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
