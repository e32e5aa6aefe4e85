"""A page that is the same for everybody: drawn, named by its content and compressed once."""

import gzip
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

SLOWEST = 9  # once per page, so it may take its time


@dataclass(frozen=True, slots=True)
class WholePage:
    plain: bytes
    compressed: bytes
    tag: str

    @classmethod
    def of(cls, html: str) -> "WholePage":
        plain = html.encode()
        return cls(plain, gzip.compress(plain, SLOWEST, mtime=0), content_tag(plain))

    def reply(self, request: HttpRequest) -> HttpResponse:
        if "gzip" not in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            return unless_unchanged(request, HttpResponse(self.plain), self.tag)
        response = HttpResponse(self.compressed)
        response.headers["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ("Accept-Encoding",))
        return unless_unchanged(request, response, self.tag)


def content_tag(content: bytes) -> str:
    """A weak one: the same page with and without compression has the same name."""
    return f'W/"{sha256(content).hexdigest()[:32]}"'


def unless_unchanged(request: HttpRequest, response: HttpResponse, tag: str) -> HttpResponse:
    """The page may be kept by the reader's browser alone, and is asked for again each time."""
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return cast(HttpResponse, get_conditional_response(request, etag=tag, response=response))  # this one, or 304
