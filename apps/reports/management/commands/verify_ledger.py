"""`verify_ledger SLUG`: do rows, logs, codes and ballots agree?"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.common.progress import Progress
from apps.debates.verification import ballot_faults
from apps.inquiries.queries import inquiry_by_slug
from apps.responses.actions import rebuild_codes
from apps.responses.models import Response
from apps.responses.verification import code_faults, ledger_faults

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Checks the answers and votes of an inquiry against their logs, and packed codes against answers."

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
        with Progress(sys.stderr, Response.objects.filter(inquiry=inquiry).count()) as progress:
            of_answers = (*ledger_faults(inquiry.pk), *code_faults(inquiry.pk, seen=progress.advance))
        faults = [*((fault.promise, fault.pseudonym) for fault in of_answers), *ballot_faults(inquiry.pk)]
        for promise, pseudonym in faults[:MOST_SHOWN]:
            self.stderr.write(f"broken: {promise} ({pseudonym})")
        if faults:
            raise CommandError(f"{len(faults)} promises are broken in {slug}.", returncode=1)
        self.stdout.write(f"{slug}: rows, logs, codes and ballots agree.")
