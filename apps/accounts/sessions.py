"""Sessions of staff: when they begin and end, where one goes then, and what may be remembered of the browser."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from apps.common.middleware import LANGUAGE_CODES, StaffOnly

LONGEST_SESSION = 12 * 60 * 60  # seconds
BEGAN = "began_at"
SEEN = "seen_at"
REFRESH_HEADER = "X-Refresh"  # sent by pages that renew themselves: nobody need be sitting there
LANGUAGE = "language"
NO_ADDRESS = "::"
# The first name that occurs; browsers also carry the names of those they descend from.
BROWSERS = {"edg": "Edge", "firefox": "Firefox", "chrom": "Chrome", "safari": "Safari"}
SYSTEMS = {
    "android": "Android", "iphone": "iPhone", "ipad": "iPad", "windows": "Windows", "mac": "macOS", "linux": "Linux",
}  # fmt: skip


class RulesOfStaffSessions:
    """Ends a session after three idle hours, or twelve in all, and keeps a language that was chosen by hand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            if has_run_out(request, now=time.time()):
                logout(request)
                return go_to_sign_in(request)
            if REFRESH_HEADER not in request.headers:
                request.session[SEEN] = time.time()
            keep_language(request)
        response = self.get_response(request)
        response.headers["Content-Language"] = translation.get_language() or ""
        return response


class StaffSessionRulesMiddleware(StaffOnly, RulesOfStaffSessions):
    pass


def began_at(request: HttpRequest) -> float:
    """The second in which the session was opened by signing in; 0 for one that does not know."""
    return float(request.session.get(BEGAN, 0))


def has_run_out(request: HttpRequest, *, now: float) -> bool:
    seen = float(request.session.get(SEEN, began_at(request)))
    return now - began_at(request) > LONGEST_SESSION or now - seen > settings.SESSION_COOKIE_AGE


def go_to_sign_in(request: HttpRequest) -> HttpResponse:
    return go_to(request, f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """Redirect; for a fragment that htmx asked for, redirect the whole page instead of filling the fragment."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def keep_language(request: HttpRequest) -> None:
    chosen = getattr(request, "chosen_language", "")
    kept = request.session.get(LANGUAGE)
    if chosen and chosen != kept:
        request.session[LANGUAGE] = chosen
    elif not chosen and kept in LANGUAGE_CODES:
        request.LANGUAGE_CODE = kept
        translation.activate(kept)


def note_beginning(sender: object, request: HttpRequest, **kwargs: object) -> None:
    """Receiver of `user_logged_in`."""
    request.session[BEGAN] = request.session[SEEN] = time.time()


def forget_address(sender: type[UserSession], instance: UserSession, **kwargs: object) -> None:
    """Receiver of `pre_save`: of a browser only its kind is kept, of its address nothing."""
    instance.ip = NO_ADDRESS
    instance.user_agent = kind_of_browser(instance.user_agent)


def kind_of_browser(agent: str) -> str:
    """ "Firefox · Linux": enough to recognise one's own sessions. Its own answer passes unchanged."""
    small = agent.lower()
    found = (next((name for mark, name in names.items() if mark in small), "") for names in (BROWSERS, SYSTEMS))
    return " · ".join(name for name in found if name)
