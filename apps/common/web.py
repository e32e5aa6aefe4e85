"""The application that the web processes run: loaded once, before any of them is there."""

from django.conf import settings
from django.core.servers.basehttp import get_internal_wsgi_application
from django.urls import get_resolver
from django.utils import translation

application = get_internal_wsgi_application()


def warm() -> None:
    """Load what Django leaves to the first request: every address with the code behind it, and the catalogues."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Japanese")
            get_resolver().reverse_dict  # noqa: B018 - filled by being asked for
