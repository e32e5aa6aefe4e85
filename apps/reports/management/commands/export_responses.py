"""`export_responses SLUG --format F --out FILE`: the answers of an inquiry as a file for others to count."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from apps.common.progress import Progress
from apps.common.threads import count_in_one_thread
from apps.inquiries.queries import inquiry_by_slug
from apps.reports.exports.formats import FORMATS, TooManyRows
from apps.surveys.queries import published_instrument

LONGEST_REASON = 300


class Command(BaseCommand):
    help = "Writes one row per response, with a codebook in the file or beside it. Erased responses are not there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="address of the inquiry")
        parser.add_argument("--format", choices=list(FORMATS), required=True, help="bundle: a zip with everything")
        parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="where to write")
        parser.add_argument("--replace", action="store_true", help="replace a file of this name")
        parser.add_argument("--lang", choices=["ja", "en"], help="of labels (default: the questionnaire's)")
        parser.add_argument("--seed", type=int, help="the same seed gives the same numbers of responses")
        parser.add_argument("--raw-text", action="store_true", help="with what readers wrote; needs --reason")
        parser.add_argument("--reason", default="", help="why it is taken out; kept in the audit log")

    @no_translations
    def handle(self, *args: object, **options: Any) -> None:
        inquiry = inquiry_by_slug(options["slug"])
        instrument = published_instrument(inquiry.pk) if inquiry else None
        if inquiry is None or instrument is None:
            raise CommandError(f"There is no inquiry {options['slug']!r} with a published questionnaire.", returncode=2)
        self.refuse(options)
        count_in_one_thread()

        from apps.common.whole_files import AlreadyThere
        from apps.reports.exports.exporting import export_responses, steps_of

        path = options["out"]
        try:
            with Progress(sys.stderr, steps_of(inquiry, options["format"])) as progress:
                rows = export_responses(
                    inquiry=inquiry,
                    path=path,
                    kind=options["format"],
                    language=options["lang"] or instrument.definition.default_language,
                    seed=options["seed"],
                    raw_text=options["raw_text"],
                    reason=options["reason"].strip(),
                    replace=options["replace"],
                    seen=progress.advance,
                )
        except AlreadyThere as error:
            raise CommandError(f"{path} is there already; --replace takes its place.") from error
        except TooManyRows as error:
            raise CommandError(f"This format holds {error.most:,} responses at most; choose another.") from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.", returncode=2) from error
        marked = ", simulated answers among them" if inquiry.simulated else ""
        self.stdout.write(f"{inquiry.slug}: {rows:,} responses written to {path}{marked}.")

    def refuse(self, options: dict[str, Any]) -> None:
        """What argparse cannot know."""
        reason = options["reason"].strip()
        if options["raw_text"] and not reason:
            raise CommandError("--raw-text needs a --reason, which is kept in the audit log.", returncode=2)
        if len(reason) > LONGEST_REASON:
            raise CommandError(f"--reason takes {LONGEST_REASON} characters at most.", returncode=2)
        if options["seed"] is not None and options["seed"] < 0:
            raise CommandError("--seed takes a whole number from 0.", returncode=2)
