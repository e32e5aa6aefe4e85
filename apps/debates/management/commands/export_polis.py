"""`export_polis SLUG DIR`: a debate as files that tools for Polis read."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from apps.common.progress import Progress
from apps.debates.models import VoteLog
from apps.debates.polis.exporting import export_conversation
from apps.debates.queries import debate_by_slug


class Command(BaseCommand):
    help = "Writes the debate of an inquiry as polis-export/1: votes, comments, participants, groups, summary."

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
            with Progress(sys.stderr, 2 * VoteLog.objects.filter(debate=debate).count()) as progress:
                written = export_conversation(debate, folder, seen=progress.advance)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}.", returncode=2) from error
        rows = ", ".join(f"{name} {count:,}" for name, count in written.items())
        self.stdout.write(f"{slug}: written to {folder} ({rows}).")
