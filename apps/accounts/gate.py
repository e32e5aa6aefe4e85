"""The door of the desk: signed in, with a second factor, with a role. Views behind it may rely on all three."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts import queries, rules
from apps.accounts.models import Role, User
from apps.accounts.sessions import go_to, go_to_sign_in

View = Callable[..., HttpResponseBase]


def staff(*roles: Role) -> Callable[[View], View]:
    """Let in who has one of the roles in some publication; without roles, whoever has any."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            detour = way_in(request)
            if detour:
                return detour
            if not rules.may_enter(signed_in(request), *roles):
                return closed_door(request, _("Your account has no role here that allows this. Ask an owner for one."))
            try:
                return view(request, *args, **kwargs)
            except PermissionDenied as refusal:
                return closed_door(request, str(refusal))

        return guarded

    return decorate


def way_in(request: HttpRequest) -> HttpResponse | None:
    """Where someone who is not fully signed in has to go first; None for those who are."""
    if not request.user.is_authenticated:
        return go_to_sign_in(request)
    if not queries.has_second_factor(signed_in(request)):
        return go_to(request, reverse("mfa_index"))
    return None


def closed_door(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "desk/closed_door.html", {"sentence": sentence}, status=403)


def signed_in(request: HttpRequest) -> User:
    return cast(User, request.user)
