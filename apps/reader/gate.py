"""The gate before every reader's page: the method, where a form comes from, and what to show when something fails."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from apps.common.frames import in_frame
from apps.inquiries.rules import InquiryClosed, visible_inquiry
from apps.participants.passes import PassForged
from apps.reader import errors
from apps.reader.addresses import page
from apps.reader.framing import let_frame
from apps.reader.kept import Kept
from apps.responses.actions import Busy

View = Callable[..., HttpResponse]
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


def reader_page(*methods: str) -> Callable[[View], View]:
    """Lets in only these methods, forms only from our own pages; nothing that can be foreseen ends in an error 500."""

    def gate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **arguments: object) -> HttpResponse:
            if "slug" in arguments and in_frame(request):
                let_frame(request, visible_inquiry(str(arguments["slug"])))
            if request.method not in methods:
                return errors.wrong_method(request, methods)
            if request.method == "POST":
                refuse_foreign_form(request)
                if not is_form(request):
                    return errors.message_page(request, 415)
                refuse_unreadable_form(request)
            try:
                return view(request, *args, **arguments)
            except (Busy, OperationalError, InterfaceError):
                return errors.away(request)
            except InquiryClosed as closed:
                return closed_meanwhile(request, closed.inquiry.slug)
            except PassForged as forged:
                raise PermissionDenied from forged

        return guarded

    return gate


def refuse_foreign_form(request: HttpRequest) -> None:
    """A form of another site may not write here, even where the browser adds our cookie to it."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.get_host():
        raise PermissionDenied
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise PermissionDenied


def is_form(request: HttpRequest) -> bool:
    """What a browser makes of a form: one of its two content types, and in the encoding of our pages."""
    encoding = (request.content_params or {}).get("charset", "utf-8")
    return request.content_type in FORM_TYPES and encoding.lower() == "utf-8"


def refuse_unreadable_form(request: HttpRequest) -> None:
    """Django would put a mark in the place of each byte that is no UTF-8, and the answer would be another one."""
    urlencoded = request.content_type == FORM_TYPES[0]
    try:
        (unquote_to_bytes(request.body) if urlencoded else request.body).decode()
    except UnicodeDecodeError as fault:
        raise BadRequest("a form that is not UTF-8") from fault


def closed_meanwhile(request: HttpRequest, slug: str) -> HttpResponse:
    """Closed between the opening of the page and the sending of it: what was written can still be copied."""
    return errors.message_page(
        request,
        409,
        kept=Kept.of(request),
        can_send=False,
        onward=page(request, "cover", slug),
        onward_words=errors.to_the_question(),
    )
