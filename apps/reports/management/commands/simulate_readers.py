"""Fills an inquiry with simulated readers. From then on every page of it says so."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.common.progress import Progress
from apps.inquiries.actions import mark_simulated
from apps.inquiries.models import Inquiry
from apps.inquiries.queries import inquiry_by_slug
from apps.inquiries.rules import InquiryClosed
from apps.reports.actions import publish_epoch
from apps.reports.queries import holds_real_answers
from apps.surveys.queries import Instrument, published_instrument

MOST_READERS = 1_000_000


def number_of_readers(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST_READERS:
        raise ArgumentTypeError(f"a number from 1 to {MOST_READERS:,} is expected")
    return int(text)


class Command(BaseCommand):
    help = "Add simulated readers with planted opinions to an inquiry, then publish the results."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--readers", type=number_of_readers, default=1000, help="how many (default 1000)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed plants the same opinions (default 1)")
        parser.add_argument("--force", action="store_true", help="even where real readers have answered")

    def handle(self, *args: Any, **options: Any) -> None:
        inquiry = inquiry_by_slug(options["slug"])
        instrument = published_instrument(inquiry.pk) if inquiry else None
        if inquiry is None or instrument is None:
            raise CommandError(f"There is no inquiry {options['slug']!r} with a published questionnaire.")
        if holds_real_answers(inquiry.pk) and not options["force"]:
            raise CommandError(
                f"Real readers have answered {inquiry.slug!r}. Simulated answers would be mixed with theirs;"
                " --force does it all the same."
            )
        inquiry = mark_simulated(inquiry=inquiry)
        try:
            self.simulate(inquiry, instrument, options["readers"], options["seed"])
        except InquiryClosed:
            raise CommandError(f"{inquiry.slug!r} takes no answers now; open it first.") from None
        epoch = publish_epoch(inquiry=inquiry, now=timezone.now(), force=True)
        counted = f"aggregation no. {epoch.number}" if epoch else "still too few to show"
        self.stdout.write(f"{inquiry.slug}: {options['readers']:,} simulated readers, {counted}")

    def simulate(self, inquiry: Inquiry, instrument: Instrument, readers: int, seed: int) -> None:
        from apps.reports.simulation import batches, visits
        from apps.responses.bulk import record_responses_in_bulk
        from apps.responses.visits import add_visits

        definition = instrument.definition
        with Progress(self.stderr, readers) as progress:
            drawn = batches(definition, readers=readers, seed=seed, today=timezone.localdate())
            for number, (sent, crowd) in enumerate(drawn):
                record_responses_in_bulk(inquiry=inquiry, instrument=instrument, sent=sent, simulated=True)
                add_visits(visits(crowd, inquiry_id=inquiry.pk, screens=len(definition.screens), seed=[seed, number]))
                progress.advance(len(sent))
