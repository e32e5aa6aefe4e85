"""`backup FILE`: the whole database in one file, while the site runs."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.common.backups.faults import BackupFault
from apps.common.backups.taking import table_sizes, take_backup
from apps.common.progress import Progress
from apps.common.whole_files import AlreadyThere


class Command(BaseCommand):
    help = "Writes answers, votes, staff and settings into one file. SECRET_KEY is not in it: keep that apart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="where to write; readable by its owner only")
        parser.add_argument("--replace", action="store_true", help="replace a file of this name")

    def handle(self, *args: object, **options: Any) -> None:
        path = options["file"]
        try:
            with Progress(sys.stderr, sum(table_sizes().values())) as progress:
                manifest = take_backup(path, replace=options["replace"], seen=progress.advance)
        except AlreadyThere as error:
            raise CommandError(f"{path} is there already; --replace takes its place.") from error
        except BackupFault as error:
            raise CommandError(str(error), returncode=2) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.", returncode=2) from error
        size = path.stat().st_size / 1e6
        self.stdout.write(f"{manifest.rows:,} rows of {len(manifest.tables)} tables kept in {path} ({size:,.1f} MB).")
