"""`setup_link`: prints the one-time link that makes the first owner; nothing once there is one."""

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.accounts import actions, queries


class Command(BaseCommand):
    help = "Prints a one-time link to set up the desk, while no owner exists."

    def handle(self, *args: object, **options: object) -> None:
        if not queries.owner_exists():
            self.stdout.write(settings.SITE_URL + actions.open_setup_link())
