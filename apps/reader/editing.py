"""Holding a receipt: for half an hour the code rests, signed, in a cookie of its own. It is never in an address."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from apps.participants.queries import Identity, find_by_receipt

COOKIE = "__Host-toikake-receipt" if settings.SECURE_SITE else "toikake-receipt"
SECONDS = 30 * 60
SALT = "toikake.receipt-cookie"


def hold(response: HttpResponse, code: str) -> HttpResponse:
    value = signing.dumps(code, salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=SECONDS, path="/", secure=settings.SECURE_SITE, httponly=True, samesite="Lax"
    )
    return response


def let_go(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
    return response


def held_code(request: HttpRequest) -> str:
    """The code that was entered within the last half hour, or nothing."""
    value = request.COOKIES.get(COOKIE)
    if not value:
        return ""
    try:
        return str(signing.loads(value, salt=SALT, max_age=SECONDS))
    except signing.BadSignature:
        return ""


def identity_by_receipt(request: HttpRequest) -> Identity | None:
    code = held_code(request)
    return find_by_receipt(code) if code else None
