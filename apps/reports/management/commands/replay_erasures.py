"""`replay_erasures`: deletes again what a backup brought back; every start and every `restore` does the same."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.participants.erasures import ListDamaged
from apps.reports.replaying import replay_erasures, to_replay


class Command(BaseCommand):
    help = "Erases again whoever let their answers be deleted after the backup that this database comes from."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", type=Path, metavar="FILE", help="a copy of DATA_DIR/erasures from elsewhere, too")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            noted = to_replay(now=timezone.now(), other=options["list"])
        except ListDamaged as error:
            raise CommandError(
                f"Line {error.line} of {error.path} is no erasure. Mend it or take it out: without the list, people who"
                " let their answers be deleted would be back.",
                returncode=2,
            ) from error
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.", returncode=2) from error
        if not noted:
            return
        back = replay_erasures(noted)
        self.stdout.write(f"Erasures not heard of before: {len(noted):,}; readers erased again: {back:,}.")
