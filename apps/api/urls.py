"""All addresses of the API. What has none, and methods that an address does not take, are refused in JSON as well."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from apps.api.debating import AT_EVERY_CARD
from apps.api.document import openapi
from apps.api.doors import require_known_parameters
from apps.api.errors import Refusal, method_not_allowed, not_found
from apps.api.views import api

View = Callable[..., HttpResponse]


# Addresses that take more than `lang`.
TAKES = {"inquiries/<slug:slug>/statements/next": frozenset({"n"})}


def strict(view: View, takes: frozenset[str] = frozenset()) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"  # the server sends the headers of the same answer, without its body
        try:
            require_known_parameters(request, takes)
            response = view(request, *args, **kwargs)
        except Refusal as refusal:
            return refusal.response()
        except Http404:
            return not_found().response()
        return method_not_allowed(allowed_by(response)).response() if response.status_code == 405 else response

    checked.csrf_exempt = True  # type: ignore[attr-defined]
    return checked


def allowed_by(response: HttpResponse) -> str:
    methods = set(response["Allow"].split(", "))
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))


@csrf_exempt
def nothing_here(_request: HttpRequest) -> HttpResponse:
    return not_found().response()


def straight(functions: dict[str, View]) -> View:
    """The same calls without ninja's preparations for parameters and schemas, which they do not use and which cost as
    much as a whole call; ninja declares them, and says what their exceptions mean."""

    def view(request: HttpRequest, **place: object) -> HttpResponse:
        function = functions.get(str(request.method))
        if function is None:
            return HttpResponseNotAllowed(sorted(functions))
        try:
            return function(request, **place)
        except Exception as error:
            return api.on_exception(request, error)

    return view


def strict_pattern(pattern: URLPattern) -> URLPattern:
    address = str(pattern.pattern)
    called = straight(AT_EVERY_CARD[address]) if address in AT_EVERY_CARD else pattern.callback
    return URLPattern(
        pattern.pattern, strict(called, TAKES.get(address, frozenset())), pattern.default_args, pattern.name
    )


patterns, application, namespace = api.urls
strict_patterns = [strict_pattern(pattern) for pattern in patterns if isinstance(pattern, URLPattern)]
strict_patterns.sort(key=lambda pattern: str(pattern.pattern) not in AT_EVERY_CARD)  # these are looked at first
urlpatterns = [
    path("openapi.json", strict(openapi)),
    path("", include((strict_patterns, application), namespace)),
    re_path("", nothing_here),
]
