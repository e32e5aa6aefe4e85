"""Coarse facts about a request: device class and the host it came from. What they are read from is never kept."""

from urllib.parse import urlsplit

from django.http import HttpRequest

TABLETS = ("ipad", "tablet", "kindle", "silk/", "playbook")
PHONES = ("iphone", "ipod", "windows phone", "mobile")
COMPUTERS = ("windows nt", "macintosh", "x11", "cros ")


def device_of(request: HttpRequest) -> str:
    """`phone`, `tablet`, `computer` or `other`."""
    agent = request.META.get("HTTP_USER_AGENT", "").lower()
    if any(mark in agent for mark in TABLETS) or ("android" in agent and "mobile" not in agent):
        return "tablet"
    if request.META.get("HTTP_SEC_CH_UA_MOBILE") == "?1" or any(mark in agent for mark in PHONES):
        return "phone"
    if any(mark in agent for mark in COMPUTERS):
        return "computer"
    return "other"


def source_host(request: HttpRequest) -> str:
    """The host of the page that led here, without path; empty where there is none or it is our own."""
    try:
        host = (urlsplit(request.META.get("HTTP_REFERER", "")[:2000]).hostname or "")[:253]
    except ValueError:
        return ""
    return "" if host == request.get_host().partition(":")[0] or not host.isascii() else host
