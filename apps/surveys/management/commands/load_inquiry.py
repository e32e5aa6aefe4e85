"""`load_inquiry FILE`: an inquiry from a JSON document, made or brought up to date."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.core.validators import validate_slug
from django.db import transaction

from apps.accounts.models import Publication
from apps.inquiries.actions import create_inquiry, open_inquiry
from apps.inquiries.models import Inquiry
from apps.inquiries.queries import inquiry_by_slug
from apps.surveys.actions import IncompatibleVersion, publish_version
from apps.surveys.changes import difference
from apps.surveys.definition import DefinitionError, document_hash
from apps.surveys.models import SurveyVersion
from apps.surveys.queries import newest_version
from apps.surveys.reading import parse

BUILT_IN = "one-founder-ai"
LONGEST_SLUG = 80
INTRODUCTION = {
    "ja": "ある起業家が、ロケットの会社とAIの会社を一つのように動かし始めた、という記事から",
    "en": "From an article about an entrepreneur who has begun to run a rocket company and an AI company as one",
}


class Command(BaseCommand):
    help = "Loads an inquiry from a JSON document. Loading the same document again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the JSON document")

    @no_translations
    def handle(self, *args: object, **options: Any) -> None:
        document = read_document(options["file"])
        try:
            said = load(document)
        except DefinitionError as error:
            faults = "\n".join(f"  {path or 'document'}: {message}" for path, message in error.problems)
            raise CommandError(f"{options['file']} cannot be loaded:\n{faults}") from error
        except IncompatibleVersion as error:
            faults = "\n".join(f"  {problem.sentence}" for problem in error.problems)
            raise CommandError(f"{options['file']} does not fit the answers already given:\n{faults}") from error
        if options["verbosity"]:
            self.stdout.write("\n".join(said))


def read_document(path: Path) -> dict[str, Any]:
    """What the file holds, with a slug that can stand in an address."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once_each)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=2) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not UTF-8 text.", returncode=2) from error
    except json.JSONDecodeError as error:
        raise CommandError(f"{path} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{path} cannot be loaded: {error}.") from error
    if not isinstance(document, dict) or not is_slug(document.get("slug")):
        raise CommandError(
            f"{path} needs a slug: up to {LONGEST_SLUG} ASCII letters, digits, hyphens and underscores, as a text."
        )
    return document


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key that stands twice would lose its first value in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise ValueError(f"the key “{next(name for name in names if names.count(name) > 1)}” stands twice in an object")
    return found


def is_slug(raw: Any) -> bool:
    if not isinstance(raw, str) or len(raw) > LONGEST_SLUG:
        return False
    try:
        validate_slug(raw)
    except ValidationError:
        return False
    return True


@transaction.atomic
def load(document: dict[str, Any]) -> list[str]:
    """Publishes the document; returns what was done, line by line."""
    parse(document)
    slug, sha256 = document["slug"], document_hash(document)
    inquiry = inquiry_by_slug(slug)
    if inquiry and inquiry.content_sha256 == sha256:
        return [f"{slug}: nothing to do, this document is loaded already."]
    made = inquiry is None
    if inquiry is None:
        inquiry = first_load(document)
    before = newest_version(inquiry.pk)
    version = publish_version(inquiry=inquiry, document=document)
    Inquiry.objects.filter(pk=inquiry.pk).update(content_sha256=sha256, title=document["title"])
    if made:
        open_inquiry(inquiry=inquiry)
    said = f"{slug}: version {version.number} {'published, the inquiry is open' if made else 'published'}."
    return [said, *(f"  {sentence}" for sentence in changes(before, version))]


def changes(before: SurveyVersion | None, after: SurveyVersion) -> list[str]:
    """What the new version does to the counts, in sentences."""
    if before is None:
        return []
    return [change.sentence for change in difference(parse(before.definition), parse(after.definition))]


def first_load(document: dict[str, Any]) -> Inquiry:
    publication, _created = Publication.objects.get_or_create(slug="toikake", defaults={"name": "問いかけ"})
    introduction = INTRODUCTION if document["slug"] == BUILT_IN else {}
    return create_inquiry(
        publication=publication, slug=document["slug"], title=document["title"], introduction=introduction
    )
