"""`restore FILE`: the database as it was when the backup was taken, less what was erased since."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection
from django.utils import timezone

from apps.accounts.models import User
from apps.common.backups.archive import Manifest, check_dump, key_is_known, read_manifest
from apps.common.backups.faults import BackupFault
from apps.common.backups.restoring import alone, put_back, refuse_unusable
from apps.common.progress import Progress
from apps.debates.models import Ballot
from apps.inquiries.models import Inquiry
from apps.participants.erasures import KEPT, ListDamaged, list_file, listed, merge, remembered
from apps.reports.retention import purge_expired
from apps.responses.models import Response

OTHER_KEY = (
    "The backup was taken under another SECRET_KEY. Receipts, readers' cookies and second factors of staff will be"
    " known again as soon as that key stands in SECRET_KEY or SECRET_KEY_FALLBACKS."
)
NO_LIST = (
    "There is no list of erasures here. Whoever let their answers be deleted after the backup was taken is back: copy"
    " the file `erasures` of the earlier data folder to {path} before the site opens."
)
STAFF = "Staff who were let go since the backup are back, too: look through the people of each publication."


class Command(BaseCommand):
    help = "Puts a backup into the database, whole or not at all, and erases again what readers deleted since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="written by `backup`")
        parser.add_argument("--replace", action="store_true", help="drop what this database holds")
        parser.add_argument(
            "--erasures", type=Path, metavar="LIST", help="a copy of DATA_DIR/erasures, where it is lost"
        )
        parser.add_argument("--past-its-time", action="store_true", help="even if it is older than backups may get")

    def handle(self, *args: object, **options: Any) -> None:
        path = options["file"]
        try:
            manifest = read_manifest(path)
            refuse_unusable(manifest, past_its_time=options["past_its_time"])
            if somebody_was_here() and not options["replace"]:
                raise BackupFault("This database is in use; --replace drops what it holds and puts the backup there.")
            with Progress(sys.stderr, 2 * manifest.bytes) as progress:
                check_dump(path, manifest, progress.advance)
                remember_erasures(options["erasures"])
                has_list = list_file().exists()
                with alone():
                    put_back(path, manifest, progress.advance)
                    self.mend()
        except BackupFault as error:
            raise CommandError(str(error), returncode=2) from error
        self.report(manifest, has_list=has_list)

    def mend(self) -> None:
        """What every start does, too: a restore that is killed here is finished by the next one."""
        call_command("migrate", interactive=False, verbosity=0)
        call_command("replay_erasures", stdout=self.stdout)
        purge_expired(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def report(self, manifest: Manifest, *, has_list: bool) -> None:
        self.stdout.write(f"{manifest.rows:,} rows put back as they were on {manifest.moment:%d %B %Y, %H:%M} UTC.")
        if not key_is_known(manifest):
            self.stderr.write(OTHER_KEY)
        if not has_list:
            self.stderr.write(NO_LIST.format(path=list_file()))
        self.stderr.write(STAFF)


def somebody_was_here() -> bool:
    """Anything but what a first start makes; no tables are nobody, too."""
    try:
        return (
            User.objects.exists() or Response.objects.exists() or Ballot.objects.exists() or Inquiry.objects.count() > 1
        )
    except ProgrammingError:
        return False


def remember_erasures(other: Path | None) -> None:
    """What the database knows that is about to go, and a list from elsewhere, into the file that stays."""
    try:
        known = remembered()
    except ProgrammingError:
        known = []
    try:
        known += listed(other) if other else []
    except ListDamaged as error:
        raise BackupFault(f"Line {error.line} of {other} is no erasure.") from error
    except OSError as error:
        raise BackupFault(f"{other} cannot be read: {error.strerror}.") from error
    if known:
        merge(known, since=(timezone.now() - KEPT).date())
