"""Every address of the staff's side, read from the URLconf."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

STAFF = ("desk/", "accounts/", "admin/")


def staff_routes() -> list[str]:
    return sorted(route for route in routes(get_resolver().url_patterns) if route.startswith(STAFF))


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route
