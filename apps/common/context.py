"""What every template may know."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "site_url": settings.SITE_URL,
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "chosen_language": getattr(request, "chosen_language", ""),
    }
