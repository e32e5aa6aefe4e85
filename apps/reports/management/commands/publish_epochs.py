"""Adds up the answers now, without waiting for the worker's next round."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.reports.actions import publish_epoch, publish_now
from apps.reports.queries import inquiries_to_count


class Command(BaseCommand):
    help = "Publish the result epochs that are due. What a privacy profile hides stays hidden, --force or not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="only these inquiries")
        parser.add_argument("--force", action="store_true", help="do not wait for more answers or more time")

    def handle(self, *args: Any, **options: Any) -> None:
        found = inquiries_to_count(options["slugs"])
        if unknown := set(options["slugs"]) - {inquiry.slug for inquiry in found}:
            raise CommandError(f"No open or closed inquiry is called {', '.join(sorted(unknown))}.")
        publish = publish_now if options["force"] else publish_epoch
        for inquiry in found:
            epoch = publish(inquiry=inquiry, now=timezone.now())
            self.stdout.write(
                f"{inquiry}: aggregation no. {epoch.number}" if epoch else f"{inquiry}: nothing to publish"
            )
