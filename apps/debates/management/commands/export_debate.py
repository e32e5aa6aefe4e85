"""`export_debate SLUG DIR`: a debate as tidy files with a codebook. The mathematics is imported when it is needed."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from apps.common.progress import Progress
from apps.common.threads import count_in_one_thread
from apps.debates.queries import debate_by_slug


class Command(BaseCommand):
    help = "Writes the debate of an inquiry as tables: statements, votes, exposures, groups; a codebook; checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="address of the inquiry")
        parser.add_argument("folder", metavar="DIR", type=Path, help="where to write; files there are replaced")

    @no_translations
    def handle(self, *args: object, **options: Any) -> None:
        slug, folder = options["slug"], options["folder"]
        debate = debate_by_slug(slug)
        if debate is None:
            raise CommandError(f"There is no inquiry {slug} with a debate.", returncode=2)
        count_in_one_thread()

        from apps.debates.tidy.exporting import export_debate, rows_to_see

        try:
            with Progress(sys.stderr, rows_to_see(debate)) as progress:
                written = export_debate(debate, folder, seen=progress.advance)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}.", returncode=2) from error
        rows = ", ".join(f"{name} {count:,}" for name, count in written.items())
        self.stdout.write(f"{slug}: written to {folder} ({rows}).")
