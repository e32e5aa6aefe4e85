"""The door of the desk: signed in, with a second factor, with a role. Views behind it may rely on all three."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from apps.accounts import queries, rules
from apps.accounts.models import Role, User

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
                raise PermissionDenied(_("Your account has no role here that allows this. Ask an owner for one."))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def way_in(request: HttpRequest) -> HttpResponseBase | None:
    """Where someone who is not fully signed in has to go first; None for those who are."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not queries.has_second_factor(signed_in(request)):
        return redirect("mfa_index")
    return None


def signed_in(request: HttpRequest) -> User:
    return cast(User, request.user)
