"""`verify_ledger SLUG`: do rows, log and codes agree?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.inquiries.queries import inquiry_by_slug
from apps.responses.actions import rebuild_codes
from apps.responses.verification import code_faults, ledger_faults

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Checks every response of an inquiry against its log, and its packed codes against its answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="address of the inquiry")
        parser.add_argument("--rebuild-codes", action="store_true", help="write the codes anew from the answers")

    def handle(self, *args: object, **options: Any) -> None:
        slug = options["slug"]
        inquiry = inquiry_by_slug(slug)
        if inquiry is None:
            raise CommandError(f"There is no inquiry {slug}.", returncode=2)
        if options["rebuild_codes"]:
            self.stdout.write(f"{slug}: {rebuild_codes(inquiry_id=inquiry.pk)} rows of codes written anew.")
        faults = [*ledger_faults(inquiry.pk), *code_faults(inquiry.pk)]
        for fault in faults[:MOST_SHOWN]:
            self.stderr.write(f"broken: {fault.promise} ({fault.pseudonym})")
        if faults:
            raise CommandError(f"{len(faults)} promises are broken in {slug}.", returncode=1)
        self.stdout.write(f"{slug}: rows, log and codes agree.")
