"""`load_inquiry FILE`: an inquiry from a JSON document, made or brought up to date. What the desk wrote stays."""

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
from apps.inquiries.models import Inquiry, State
from apps.inquiries.queries import inquiry_by_slug
from apps.surveys.actions import IncompatibleVersion, publish_version
from apps.surveys.changes import difference
from apps.surveys.definition import DefinitionError, document_hash
from apps.surveys.drafts import draft_of, one_at_a_time, title_of
from apps.surveys.models import SurveyVersion
from apps.surveys.queries import newest_version
from apps.surveys.reading import parse

BUILT_IN = "one-founder-ai"
LONGEST_SLUG = 80
INTRODUCTION = {
    "ja": "ある起業家が、ロケットの会社とAIの会社を一つのように動かし始めた、という記事から",
    "en": "From an article about an entrepreneur who has begun to run a rocket company and an AI company as one",
}


class TheDesksOwn(Exception):
    """The inquiry is no longer, or never was, what was loaded last. `why`: what was done to it, as a clause."""

    def __init__(self, slug: str, why: str) -> None:
        super().__init__(f"{slug}: nothing was loaded, {why}. --replace publishes the document all the same.")


class Command(BaseCommand):
    help = (
        "Loads an inquiry from a JSON document. Loading the same document again changes nothing, and neither does"
        " loading another one over what was drafted or published on the desk: a line says so."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the JSON document")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="publish it as the next version, whatever the desk has done; earlier versions and drafts are kept",
        )

    @no_translations
    def handle(self, *args: object, **options: Any) -> None:
        document = read_document(options["file"])
        try:
            said = load(document, replace=options["replace"])
        except TheDesksOwn as kept:  # said even where nothing else is: a start of the site goes on without it
            self.stderr.write(str(kept))
            return
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
def load(document: dict[str, Any], *, replace: bool = False) -> list[str]:
    """Publishes the document; returns what was done, line by line. Raises TheDesksOwn, unless it is to be replaced."""
    parse(document)
    slug, sha256 = document["slug"], document_hash(document)
    inquiry = inquiry_by_slug(slug)
    made = inquiry is None
    if inquiry is None:
        inquiry = first_load(document)
    one_at_a_time(inquiry)
    before = newest_version(inquiry.pk)
    if is_loaded(inquiry, before, sha256, replace=replace):
        return [f"{slug}: nothing to do, this document is loaded already."]
    if not (made or replace) and (why := why_not(inquiry, before)):
        raise TheDesksOwn(slug, why)
    version = publish_version(inquiry=inquiry, document=document)
    Inquiry.objects.filter(pk=inquiry.pk).update(content_sha256=sha256, title=title_of(document))
    if made:
        open_inquiry(inquiry=inquiry)
    said = f"{slug}: version {version.number} {'published, the inquiry is open' if made else 'published'}."
    return [said, *(f"  {sentence}" for sentence in changes(before, version))]


def is_loaded(inquiry: Inquiry, newest: SurveyVersion | None, sha256: str, *, replace: bool) -> bool:
    """Whether it was loaded last, or is what is published; whoever replaces goes by what is published alone."""
    published = newest is not None and newest.sha256 == sha256
    return published or (inquiry.content_sha256 == sha256 and not replace)


def why_not(inquiry: Inquiry, newest: SurveyVersion | None) -> str:
    """What would be lost, or woken up, by loading over it; nothing where the last load still stands as it was."""
    if not inquiry.content_sha256 or newest is None:
        return "this inquiry was not made by load_inquiry"
    if newest.sha256 != inquiry.content_sha256:
        return "the desk has published a version of its own since"
    if draft_of(inquiry):
        return "the desk has a draft of the next version"
    if inquiry.state == State.ARCHIVED:
        return "this inquiry was taken off the site"
    return ""


def changes(before: SurveyVersion | None, after: SurveyVersion) -> list[str]:
    """What the new version does to the counts, in sentences."""
    if before is None:
        return []
    return [change.sentence for change in difference(parse(before.definition), parse(after.definition))]


def first_load(document: dict[str, Any]) -> Inquiry:
    publication, _created = Publication.objects.get_or_create(slug="toikake", defaults={"name": "問いかけ"})
    introduction = INTRODUCTION if document["slug"] == BUILT_IN else {}
    return create_inquiry(
        publication=publication, slug=document["slug"], title=title_of(document), introduction=introduction
    )
