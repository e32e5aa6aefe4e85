"""All addresses of the API. What has none, and methods that an address does not take, are refused in JSON as well."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

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


def strict_pattern(pattern: URLPattern) -> URLPattern:
    view = strict(pattern.callback, TAKES.get(str(pattern.pattern), frozenset()))
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


patterns, application, namespace = api.urls
strict_patterns = [strict_pattern(pattern) for pattern in patterns if isinstance(pattern, URLPattern)]
urlpatterns = [
    path("openapi.json", strict(openapi)),
    path("", include((strict_patterns, application), namespace)),
    re_path("", nothing_here),
]
