"""Fills an inquiry with simulated readers. From then on every page of it says so."""

import sys
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.common.progress import Progress
from apps.debates.actions import open_debate
from apps.debates.queries import served_statements
from apps.inquiries.actions import compare_arms, mark_simulated
from apps.inquiries.models import FEWEST_FOR_ARMS, Inquiry
from apps.inquiries.privacy import profile_of
from apps.inquiries.queries import inquiry_by_slug
from apps.reports.actions import publish_now
from apps.reports.queries import latest_epoch, real_answers
from apps.responses.models import Response
from apps.surveys.queries import Instrument, published_instrument

MOST_READERS = 1_000_000


def number_of_readers(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST_READERS:
        raise ArgumentTypeError(f"a number from 1 to {MOST_READERS:,} is expected")
    return int(text)


def is_real_survey(inquiry: Inquiry) -> bool:
    """A few answers of people who tried it out are none; as many as make results public are one."""
    enough = profile_of(inquiry.privacy_profile).smallest_base
    return not inquiry.simulated and real_answers(inquiry.pk) >= enough


def compared(inquiry: Inquiry, instrument: Instrument, readers: int) -> Inquiry:
    """With the switch on, if that is still possible; nothing happens to an inquiry that has answers already."""
    possible = instrument.definition.arms and not Response.objects.filter(inquiry=inquiry).exists()
    return compare_arms(inquiry=inquiry, expected=max(readers, FEWEST_FOR_ARMS)) if possible else inquiry


class Command(BaseCommand):
    help = "Add simulated readers with planted opinions to an inquiry, answers and votes, then publish the results."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--readers", type=number_of_readers, default=1000, help="how many (default 1000)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed brings the same readers (default 1)")
        parser.add_argument("--compare", action="store_true", help="divide them by lot, where nobody has answered yet")
        parser.add_argument("--force", action="store_true", help="even where real readers have answered")

    def handle(self, *args: Any, **options: Any) -> None:
        inquiry = inquiry_by_slug(options["slug"])
        instrument = published_instrument(inquiry.pk) if inquiry else None
        if inquiry is None or instrument is None:
            raise CommandError(f"There is no inquiry {options['slug']!r} with a published questionnaire.", returncode=2)
        if not inquiry.is_open(timezone.now()):
            raise CommandError(f"{inquiry.slug!r} takes no answers now; open it first.")
        if is_real_survey(inquiry) and not options["force"]:
            raise CommandError(
                f"Real readers have answered {inquiry.slug!r}. Simulated answers would be mixed with theirs;"
                " --force does it all the same."
            )
        inquiry = inquiry if inquiry.simulated else mark_simulated(inquiry=inquiry)
        inquiry = compared(inquiry, instrument, options["readers"]) if options["compare"] else inquiry
        added = self.simulate(inquiry, instrument, options["readers"], options["seed"])
        publish_now(inquiry=inquiry, now=timezone.now())
        epoch = latest_epoch(inquiry.pk)
        counted = f"aggregation no. {epoch.number}" if epoch else "still too few to show"
        self.stdout.write(f"{inquiry.slug}: {added:,} simulated readers added, {counted}")

    def simulate(self, inquiry: Inquiry, instrument: Instrument, readers: int, seed: int) -> int:
        """How many were added: who is there already, from an earlier run with this seed, is not added again."""
        from apps.debates.bulk import record_ballots_in_bulk
        from apps.reports.simulated.readers import batches, visits
        from apps.reports.simulated.votes import axis
        from apps.responses.bulk import record_responses_in_bulk, without_known
        from apps.responses.visits import add_visits

        definition, added = instrument.definition, 0
        served = served_statements(open_debate(inquiry=inquiry))
        statements = axis(dict(served.values_list("number", "stance")), seed)
        with Progress(sys.stderr, readers) as progress:
            compared, now = inquiry.has_control_arms, timezone.localtime()
            drawn = batches(definition, statements, readers=readers, seed=seed, now=now, compared=compared)
            for number, (sent, ballots, crowd) in enumerate(drawn):
                new = without_known(inquiry=inquiry, sent=sent)
                added += record_responses_in_bulk(inquiry=inquiry, instrument=instrument, sent=new, simulated=True)
                tokens, screens = {each.token for each in new}, len(definition.screens)
                cast = [each for each in ballots if each.token in tokens]
                record_ballots_in_bulk(inquiry=inquiry, sent=cast)
                voters, run = {each.token for each in cast if each.votes}, [seed, number]
                add_visits(visits(crowd, tokens, voters=voters, inquiry_id=inquiry.pk, screens=screens, seed=run))
                progress.advance(len(sent))
        return added
