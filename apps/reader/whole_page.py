"""A page that is the same for everybody: drawn, named by its content and compressed once."""

import gzip
from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

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
        if unchanged(request, self.tag):
            return tagged(HttpResponseNotModified(), self.tag)
        if "gzip" not in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            return tagged(HttpResponse(self.plain), self.tag)
        response = HttpResponse(self.compressed)
        response.headers["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ("Accept-Encoding",))
        return tagged(response, self.tag)


def content_tag(content: bytes) -> str:
    """A weak one: the same page with and without compression has the same name."""
    return f'W/"{sha256(content).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, tag: str) -> bool:
    return request.META.get("HTTP_IF_NONE_MATCH") == tag


def tagged(response: HttpResponse, tag: str) -> HttpResponse:
    """The page may be kept by the reader's browser alone, and is asked for again each time."""
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
