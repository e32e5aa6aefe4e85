"""The door to what owners and authors change."""

from functools import wraps

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.gate import View, signed_in, staff
from apps.desk.rules import EDITORS, inquiry_for


def editors_page(view: View) -> View:
    """Only looked at. The view is given the inquiry itself, and the role in which the user holds it."""
    return require_safe(gated(view))


def editors_form(view: View) -> View:
    """Looked at, and sent."""
    return require_http_methods(["GET", "HEAD", "POST"])(gated(view))


def editors_act(view: View) -> View:
    return require_POST(gated(view))


def gated(view: View) -> View:
    @staff(*EDITORS)
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: object) -> HttpResponseBase:
        return view(request, inquiry_for(signed_in(request), slug, *EDITORS), **kwargs)

    return guarded
