"""Draws the maps that are due now, without waiting for the worker's next round; the worker calls it as well."""

import logging
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.common.progress import Progress
from apps.common.threads import count_in_one_thread
from apps.debates.queries import debates_that_have_maps

log = logging.getLogger(__name__)

GIVING_WAY = 10  # of the operating system's niceness: pages go first


class Command(BaseCommand):
    help = "Draw and store the opinion maps that are due. What a privacy profile hides stays hidden, --force or not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="only these inquiries")
        parser.add_argument("--force", action="store_true", help="do not wait for more votes or more time")
        parser.add_argument("--give-way", action="store_true", help="leave the processor to others that want it")

    def handle(self, *args: Any, **options: Any) -> None:
        debates = debates_that_have_maps(options["slugs"])
        if unknown := set(options["slugs"]) - {debate.inquiry.slug for debate in debates}:
            raise CommandError(f"No open or closed inquiry with a debate is called {', '.join(sorted(unknown))}.")
        count_in_one_thread()
        if options["give_way"]:
            os.nice(GIVING_WAY)

        from apps.debates.maps.making import STEPS, BeingDrawn, draw_map
        from apps.debates.maps.votes_until import VotesStillArriving

        failed = []
        for debate in debates:
            try:
                with Progress(sys.stderr, STEPS) as progress:
                    made = draw_map(debate=debate, now=timezone.now(), force=options["force"], advance=progress.advance)
            except BeingDrawn:
                self.stdout.write(f"{debate}: another process draws it at the moment")
            except VotesStillArriving:
                self.stdout.write(f"{debate}: votes are still being written; the next round will draw it")
            except Exception:  # one that fails does not keep the others from being drawn
                log.exception("no map of %s", debate)
                failed.append(str(debate))
            else:
                self.stdout.write(f"{debate}: map no. {made.number}" if made else f"{debate}: nothing to draw")
        if failed:
            raise CommandError(f"Not drawn: {', '.join(failed)}.")
