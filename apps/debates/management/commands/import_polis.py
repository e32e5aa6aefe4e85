"""`import_polis DIR --slug S`: a conversation from the files that Polis exports."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.core.validators import validate_slug

from apps.common.progress import Progress
from apps.debates.models import Debate
from apps.debates.polis.importing import import_conversation
from apps.debates.polis.reading import COMMENTS, VOTES, Conversation, read_conversation
from apps.debates.polis.tables import FileFault
from apps.inquiries.queries import inquiry_by_slug

LONGEST_SLUG = 80
LONGEST_TITLE = 300


class Command(BaseCommand):
    help = "Imports a conversation from a folder of Polis files. Importing the same files again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="the folder with votes.csv and comments.csv")
        parser.add_argument("--slug", required=True, help="address of the inquiry that is made")
        parser.add_argument("--title", default="", help="its title; without one, the topic of the conversation")

    @no_translations
    def handle(self, *args: object, **options: Any) -> None:
        folder, slug = options["folder"], options["slug"]
        if not is_slug(slug):
            raise CommandError(
                f"{slug!r} cannot stand in an address: up to {LONGEST_SLUG} ASCII letters, digits, - and _ can.",
                returncode=2,
            )
        conversation = read(folder)
        inquiry = inquiry_by_slug(slug)
        if inquiry and inquiry.content_sha256 != conversation.sha256:
            raise CommandError(f"The address {slug} is taken by another inquiry.")
        if inquiry:
            self.stdout.write(f"{slug}: nothing to do, these files are imported already.")
            return
        title = options["title"] or conversation.summary.get("topic", "").strip() or slug
        debate = import_conversation(conversation, slug=slug, title=title[:LONGEST_TITLE])
        self.stdout.write(f"{slug}: {counted(debate, conversation)}.")


def read(folder: Path) -> Conversation:
    if not folder.is_dir():
        raise CommandError(f"{folder} is not a folder.", returncode=2)
    for name in (COMMENTS, VOTES):
        if not (folder / name).is_file():
            raise CommandError(f"{folder} has no {name}.", returncode=2)
    try:
        with Progress(sys.stderr, (folder / VOTES).read_bytes().count(b"\n")) as progress:
            return read_conversation(folder, seen=progress.advance)
    except FileFault as fault:
        raise CommandError(f"{folder} cannot be imported. {fault}") from fault
    except OSError as error:
        raise CommandError(f"{error.filename} cannot be read: {error.strerror}.", returncode=2) from error


def counted(debate: Debate, conversation: Conversation) -> str:
    last = {(event.voter, event.comment) for event in conversation.events}
    return (
        f"{len(conversation.comments):,} statements, {len(conversation.voters):,} readers, {len(last):,} votes"
        f" ({len(conversation.events) - len(last):,} changed) imported"
    )


def is_slug(text: str) -> bool:
    try:
        validate_slug(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_SLUG
