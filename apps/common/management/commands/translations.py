"""`translations --update | --compile | --check`: the catalogues, without gettext's own programs."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.common import catalogue
from apps.common.compiling import LANGUAGES, written_by_hand


class Command(BaseCommand):
    help = "Brings the translation catalogues up to date, compiles them, or checks that they are complete."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        task = parser.add_mutually_exclusive_group(required=True)
        task.add_argument("--update", action="store_true", help="collect strings from the sources into locale/")
        task.add_argument("--compile", action="store_true", help="make the .mo files that Django reads")
        task.add_argument("--check", action="store_true", help="fail where a string has no translation")

    def handle(self, *args: object, **options: bool) -> None:
        for language in LANGUAGES:
            path = written_by_hand(language)
            if options["compile"]:
                catalogue.compile_catalogue(path, language)
                continue
            template = catalogue.source_messages(settings.BASE_DIR)
            if options["update"]:
                catalogue.update_catalogue(path, language, template)
                continue
            found = catalogue.faults(catalogue.read_catalogue(path, language), template)
            for sentence in found:
                self.stderr.write(f"{language}: {sentence}")
            if found:
                raise CommandError(f"{len(found)} faults in the catalogue of {language}.")
