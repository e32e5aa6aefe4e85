"""The door that the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django_application = get_wsgi_application()

from apps.api.lane import next_cards_first  # noqa: E402 (needs the settings)

application = next_cards_first(django_application)
