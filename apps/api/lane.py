"""A lane of its own for the call that comes with every card: the reader's next cards.

Of a plain, well-formed call, a web framework's way of making a request, passing it through its middleware and closing
a response costs three times what the call itself does. Whatever is not plain, and whatever goes wrong, takes the usual
way and gets its answer there; tests hold both ways to the same answer, header by header.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.http.request import split_domain_port, validate_host
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.text import compress_string

from apps.api.debating import hand_text
from apps.common.middleware import READER_HEADERS, preferred_language
from apps.debates.dealing import next_cards
from apps.inquiries.rules import visible_inquiry
from apps.participants.queries import identify
from apps.participants.tokens import read_token

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

ADDRESS = re.compile(r"/api/v1/inquiries/([-a-zA-Z0-9_]+)/statements/next", re.ASCII)
SHORT = 200  # what is shorter is not compressed
# With any of these the call says something that has to be looked at, with the last ones even where they are empty.
SAID = ("QUERY_STRING", "CONTENT_LENGTH", "SCRIPT_NAME")
SENT = ("HTTP_ORIGIN", "HTTP_TRANSFER_ENCODING")


def next_cards_first(application: Application) -> Application:
    def serve(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        place = ADDRESS.fullmatch(environ["PATH_INFO"])
        text = cards_at(place[1], environ) if place and is_plain(environ) else None
        if text is None:
            return application(environ, start_response)
        body, headers = dressed(text.encode(), environ)
        start_response("200 OK", headers)
        return [body]

    return serve


def is_plain(environ: Environ) -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not any(environ.get(name) for name in SAID)
        and not any(name in environ for name in SENT)
        and environ.get("HTTP_SEC_FETCH_SITE", "none") in {"same-origin", "none"}
        and is_our_host(environ.get("HTTP_HOST", ""))
    )


@lru_cache(maxsize=64)
def is_our_host(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def cards_at(slug: str, environ: Environ) -> str | None:
    """None where the usual way has to say why there are none."""
    token = read_token(environ.get("HTTP_X_TOIKAKE_TOKEN", ""))
    if token is None:
        return None
    try:
        inquiry = visible_inquiry(slug)
        return hand_text(next_cards(inquiry=inquiry, identity=identify(inquiry_id=inquiry.pk, token=token)))
    except Exception:  # the usual way meets it again, and knows what it means
        return None
    finally:
        close_old_connections()


def dressed(body: bytes, environ: Environ) -> tuple[bytes, list[tuple[str, str]]]:
    """As the middleware would send it."""
    headers = [
        *READER_HEADERS,
        ("Content-Type", "application/json"),
        ("Content-Language", preferred_language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))),
        ("Vary", "Accept-Language, Accept-Encoding" if len(body) >= SHORT else "Accept-Language"),
    ]
    if len(body) >= SHORT and re_accepts_gzip.search(environ.get("HTTP_ACCEPT_ENCODING", "")):
        compressed = compress_string(body, max_random_bytes=GZipMiddleware.max_random_bytes)
        if len(compressed) < len(body):
            return compressed, [*headers, ("Content-Encoding", "gzip"), ("Content-Length", str(len(compressed)))]
    return body, headers
