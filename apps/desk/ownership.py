"""The door to what belongs to the owners of a publication: its people and its log."""

from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.gate import View, signed_in, staff
from apps.accounts.models import Role
from apps.desk.rules import publication_for


def owners_page(view: View) -> View:
    """The view is given the publication itself."""
    return require_safe(gated(view))


def owners_act(view: View) -> View:
    """Only for whoever has just confirmed by password or code that it is them; asked for that, the act goes on."""
    return require_POST(gated(reauthentication_required(view)))


def gated(view: Callable[..., HttpResponseBase]) -> View:
    @staff(Role.OWNER)
    @wraps(view)
    def guarded(request: HttpRequest, publication: str, **kwargs: object) -> HttpResponseBase:
        held = publication_for(signed_in(request), publication, Role.OWNER)
        return view(request, held, **kwargs)

    return guarded
