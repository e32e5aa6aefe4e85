"""What the commands share that write a debate as a folder of files."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from apps.common.progress import Progress
from apps.debates.models import Debate
from apps.debates.queries import debate_by_slug


class FolderExport(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="address of the inquiry")
        parser.add_argument("folder", metavar="DIR", type=Path, help="where to write; files there are replaced")

    @no_translations
    def handle(self, *args: object, **options: Any) -> None:
        slug, folder = options["slug"], options["folder"]
        debate = debate_by_slug(slug)
        if debate is None:
            raise CommandError(f"There is no inquiry {slug} with a debate.", returncode=2)
        try:
            with Progress(sys.stderr, self.rows_to_see(debate)) as progress:
                written = self.write(debate, folder, progress.advance)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}.", returncode=2) from error
        rows = ", ".join(f"{name} {count:,}" for name, count in written.items())
        self.stdout.write(f"{slug}: written to {folder} ({rows}).")

    def rows_to_see(self, debate: Debate) -> int:
        """How many rows go by, for the progress bar."""
        raise NotImplementedError

    def write(self, debate: Debate, folder: Path, seen: Callable[[int], None]) -> dict[str, int]:
        """Write the files; how many rows each has."""
        raise NotImplementedError
