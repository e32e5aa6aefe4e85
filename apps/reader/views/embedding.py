"""The script that authors put under their article. Its address never changes, so it is asked for again every hour."""

import gzip
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from apps.reader.gate import reader_page
from apps.reader.whole_page import SLOWEST, content_tag

SOURCE = settings.BASE_DIR / "static" / "embed.js"
SECONDS = 60 * 60


@cache
def loader_file() -> tuple[bytes, bytes, str]:
    """Plain, compressed, and its name by content."""
    plain = SOURCE.read_bytes()
    return plain, gzip.compress(plain, SLOWEST, mtime=0), content_tag(plain)


@reader_page("GET", "HEAD")
def loader(request: HttpRequest) -> HttpResponse:
    """For every site: what it does there, the frame's own headers decide."""
    plain, compressed, tag = loader_file()
    zipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(compressed if zipped else plain, content_type="text/javascript; charset=utf-8")
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ("Accept-Encoding",))
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return get_conditional_response(request, etag=tag, response=response) or response
