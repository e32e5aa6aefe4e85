"""Pictures and documents that are the same for everybody: kept by caches, and asked for again by their tag."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers


def file(
    request: HttpRequest, content: bytes, content_type: str, *, tag: str, seconds: int, name: str = ""
) -> HttpResponse:
    """`tag`: a hash of the content. Other sites may show it: pictures are passed on with a link."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if name:
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    patch_vary_headers(response, ("Accept-Language",))
    return cast(HttpResponse, get_conditional_response(request, etag=f'"{tag}"', response=response))
