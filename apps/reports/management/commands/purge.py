"""`purge`: deletes what may not be kept any longer; the worker does the same every hour."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.reports.retention import overdue, purge_expired


class Command(BaseCommand):
    help = "Deletes rows that are past their time. With --check it only counts them, and exits 1 where there are any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="count what is overdue, delete nothing")

    def handle(self, *args: object, **options: Any) -> None:
        if not options["check"]:
            self.report(purge_expired(timezone.now()))
            return
        late = overdue(timezone.now())
        self.report(late)
        if any(late.values()):
            raise CommandError("Some rows are past their time.", returncode=1)

    def report(self, counts: dict[str, int]) -> None:
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
