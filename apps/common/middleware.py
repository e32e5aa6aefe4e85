"""What every request passes. Readers take the short way; sessions, sign-in and forms protection serve staff only."""

from collections.abc import Callable, Iterable
from urllib.parse import unquote_to_bytes

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import BadRequest, DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.common import CommonMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django_htmx.middleware import HtmxMiddleware

from apps.common.frames import framing_origins, in_frame

GetResponse = Callable[[HttpRequest], HttpResponseBase]

STAFF_PATHS = ("/desk/", "/admin/", "/accounts/")
LARGEST_BODY = 64 * 1024
LARGEST_STAFF_BODY = 2 * LARGEST_BODY  # a form and a book of codes; nobody need have signed in to send one
MOST_PARAMETERS = 50

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'"
)
# Readers' pages run only our own modules, which never write markup from text. htmx and the operators' admin do.
READER_POLICY = f"{CONTENT_POLICY}; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
STAFF_POLICY = f"{CONTENT_POLICY}; frame-ancestors 'none'"
CORP = "Cross-Origin-Resource-Policy"
PAGE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    CORP: "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-store",
}
if settings.SECURE_HSTS_SECONDS:
    PAGE_HEADERS["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
# Inside an article: who may frame the page is put in by what finds the inquiry. A frame shares nothing with its host.
FRAMED_HEADERS = [
    *((name, value) for name, value in PAGE_HEADERS.items() if name not in ("X-Frame-Options", CORP)),
    (CORP, "cross-origin"),
]
STAFF_HEADERS = [*PAGE_HEADERS.items(), ("Content-Security-Policy", STAFF_POLICY)]
READER_HEADERS = [*PAGE_HEADERS.items(), ("Content-Security-Policy", READER_POLICY)]


def for_staff(request: HttpRequest) -> bool:
    return request.path_info.startswith(STAFF_PATHS)


def headers_of(request: HttpRequest) -> Iterable[tuple[str, str]]:
    if for_staff(request):
        return STAFF_HEADERS
    framing = framing_origins(request)
    return [*FRAMED_HEADERS, ("Content-Security-Policy", framed_policy(framing))] if framing else READER_HEADERS


def framed_policy(origins: str) -> str:
    return READER_POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {origins}")


def for_machines(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


class PageHeadersMiddleware:
    """Headers of every answer, set where the view has not chosen its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if in_frame(request):
            request.urlconf = settings.FRAMED_URLCONF
        response = self.get_response(request)
        chosen = {name.lower() for name, _value in response.items()}  # asking for each name costs twice the time
        for name, value in headers_of(request):
            if name.lower() not in chosen:
                response.headers[name] = value
        return response


class StrictRequestMiddleware:
    """Refuses what no honest client of the readers' pages and the API sends, before anything is parsed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            refused = refuse_at_once(request)
        except (BadRequest, DisallowedHost):
            if not for_machines(request):
                raise
            sentence = _("This request could not be read.")
            refused = JsonResponse({"error": {"code": "unreadable", "message": sentence}}, status=400)
        return refused or self.get_response(request)


def refuse_at_once(request: HttpRequest) -> HttpResponse | None:
    request.get_host()
    query = request.META.get("QUERY_STRING", "")
    if query and not readable_query(query):
        request.META["QUERY_STRING"] = ""  # the page that says so reads the address, too
        raise BadRequest("unreadable, repeated or far too many query parameters")
    if body_length(request) > (LARGEST_STAFF_BODY if for_staff(request) else LARGEST_BODY):
        return too_large(request)
    return None


def body_length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    if not (text.isascii() and text.isdigit()):
        raise BadRequest("unreadable content length")
    return int(text[:20])


def readable_query(query: str) -> bool:
    """UTF-8, without NUL, each name once, and no more names than a link collects on its way."""
    if query.count("&") >= MOST_PARAMETERS:
        return False
    try:
        text = unquote_to_bytes(query).decode("utf-8")
    except UnicodeDecodeError:
        return False
    names = [part.partition("=")[0] for part in query.split("&") if part]
    return "\x00" not in text and len(names) == len(set(names))


def too_large(request: HttpRequest) -> HttpResponse:
    sentence = _("That is more than can be accepted at once. Please shorten the text.")
    if for_machines(request):
        return JsonResponse({"error": {"code": "too_large", "message": sentence}}, status=413)
    return render(request, "413.html", {"sentence": sentence}, status=413)


def preferred_language(accepted: str) -> str:
    """The first of our languages that the browser names in Accept-Language; Japanese where it names none."""
    for code, _quality in parse_accept_lang_header(accepted.lower()[:500]):
        language = code.partition("-")[0]
        if language in LANGUAGE_CODES:
            return language
    return settings.LANGUAGE_CODE


def named_language(query: str) -> str:
    """The value of `lang`. Taken from the bare text: whether the rest can be read is not known yet."""
    return next((part[5:] for part in query.split("&") if part.startswith("lang=")), "")


LANGUAGE_CODES = frozenset(code for code, _name in settings.LANGUAGES)


class LanguageMiddleware:
    """`?lang=` first, then Accept-Language. Nothing is remembered: no page view sets a cookie."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        wanted = named_language(request.META.get("QUERY_STRING", ""))
        request.chosen_language = wanted if wanted in LANGUAGE_CODES else ""  # type: ignore[attr-defined]
        accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
        language = request.chosen_language or preferred_language(accepted)  # type: ignore[attr-defined]
        request.LANGUAGE_CODE = language
        translation.activate(language)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",))
        return response


class StaffOnly:
    """Mixin: steps aside on readers' paths, and leads readers past all of its kind that stand in a row with it: ten
    steps aside would cost a page of theirs a tenth."""

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)  # type: ignore[call-arg]
        behind = getattr(get_response, "__wrapped__", None)  # Django wraps each middleware once
        self.for_readers: GetResponse = behind.for_readers if isinstance(behind, StaffOnly) else get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if for_staff(request):
            return super().__call__(request)  # type: ignore[misc]
        return self.for_readers(request)


class StaffSecurityMiddleware(StaffOnly, SecurityMiddleware):
    pass


class StaffSessionMiddleware(StaffOnly, SessionMiddleware):
    pass


class StaffCommonMiddleware(StaffOnly, CommonMiddleware):
    pass


class StaffCsrfMiddleware(StaffOnly, CsrfViewMiddleware):
    """Readers' forms carry their own signed, single-use pass; the API takes no cookie at all."""

    def process_view(self, request, callback, callback_args, callback_kwargs):
        if for_staff(request):
            return super().process_view(request, callback, callback_args, callback_kwargs)
        return None


class StaffAuthenticationMiddleware(StaffOnly, AuthenticationMiddleware):
    pass


class StaffMessageMiddleware(StaffOnly, MessageMiddleware):
    pass


class StaffUserSessionsMiddleware(StaffOnly, UserSessionsMiddleware):
    pass


class StaffHtmxMiddleware(StaffOnly, HtmxMiddleware):
    pass


class StaffFrameMiddleware(StaffOnly, XFrameOptionsMiddleware):
    pass
