"""`reset_mfa EMAIL`: for someone who lost phone, passkey and recovery codes. The next sign-in asks for a new one."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from apps.accounts import actions
from apps.accounts.models import User


class Command(BaseCommand):
    help = "Forgets the second factors of one member of staff, ends their sessions and writes that into the audit log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: object, email: str, **options: object) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"There is no member of staff with the address {email}.")
        forgotten = actions.reset_second_factor(user=user)
        if not forgotten:
            self.stdout.write(f"{user.email} had no second factor.")
            return
        self.stdout.write(f"The second factor of {user.email} is forgotten; signing in leads to setting up a new one.")
