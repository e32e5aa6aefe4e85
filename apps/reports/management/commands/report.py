"""`report SLUG --format F --language L --out FILE`: the report of an inquiry as a file, now or as it was published."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from apps.common.progress import Progress
from apps.common.snapshots import one_moment
from apps.common.threads import count_in_one_thread
from apps.common.whole_files import AlreadyThere, whole_file
from apps.inquiries.models import Inquiry
from apps.inquiries.queries import inquiry_by_slug
from apps.reports.report.editions import frozen_key, frozen_report
from apps.reports.report.formats import FORMATS, Source
from apps.reports.report.live import counted
from apps.reports.report.settings import FROZEN
from apps.surveys.queries import published_instrument

STEPS = 2  # counted, written


class Command(BaseCommand):
    help = "Writes the report of an inquiry: as it is now, or a published one. JSON holds numbers and codes only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="address of the inquiry")
        parser.add_argument("--format", choices=list(FORMATS), required=True)
        parser.add_argument("--language", choices=["ja", "en"], help="default: the questionnaire's")
        parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="where to write")
        parser.add_argument("--replace", action="store_true", help="replace a file of this name")
        parser.add_argument("--frozen", metavar="N", type=int, help="the published report of this number")

    @no_translations
    def handle(self, *args: object, **options: Any) -> None:
        inquiry = inquiry_by_slug(options["slug"])
        instrument = published_instrument(inquiry.pk) if inquiry else None
        if inquiry is None or instrument is None:
            raise CommandError(f"There is no inquiry {options['slug']!r} with a published questionnaire.", returncode=2)
        count_in_one_thread()
        path, language = options["out"], options["language"] or instrument.definition.default_language
        try:
            with whole_file(path, replace=options["replace"]) as made, Progress(sys.stderr, STEPS) as progress:
                source = self.source(inquiry, options["frozen"])
                progress.advance(1)
                made.write_bytes(FORMATS[options["format"]](source, language))
                progress.advance(1)
        except AlreadyThere as error:
            raise CommandError(f"{path} is there already; --replace takes its place.") from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.", returncode=2) from error
        marked = ", simulated answers among them" if inquiry.simulated else ""
        self.stdout.write(f"{inquiry.slug}: a report on {source.content['answered']:,} answers is in {path}{marked}.")

    def source(self, inquiry: Inquiry, frozen: int | None) -> Source:
        return self.live(inquiry) if frozen is None else self.published(inquiry, frozen)

    def live(self, inquiry: Inquiry) -> Source:
        with one_moment():
            return Source(inquiry, counted(inquiry, FROZEN))

    def published(self, inquiry: Inquiry, number: int) -> Source:
        key = frozen_key(inquiry.pk, number)
        if key is None:
            raise CommandError(f"{inquiry.slug!r} has no published report {number}.")
        frozen = frozen_report(key)
        return Source(inquiry, frozen.content, frozen)
