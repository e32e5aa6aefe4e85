"""Pages inside other sites: they lie under an address of their own, with the same names behind it."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_urlconf

PATH = "/embed/"


def in_frame(request: HttpRequest) -> bool:
    """Whether this page was asked for to stand inside another site."""
    return request.path_info.startswith(PATH)


def framed() -> bool:
    """Whether the page that is being drawn will stand in a frame; its addresses are made by the same sign."""
    return get_urlconf() == settings.FRAMED_URLCONF


def may_be_framed_by(request: HttpRequest, origins: Iterable[str]) -> None:
    """Said by whoever knows the inquiry; without it a page is framed by nobody."""
    request.framing_origins = " ".join(origins)  # type: ignore[attr-defined]


def framing_origins(request: HttpRequest) -> str:
    return getattr(request, "framing_origins", "")
