"""Translations without gettext's own programs: what must be translated, and whether it is (Babel does the work)."""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def new_catalogue(language: str | None = None) -> Catalog:
    return Catalog(
        locale=language,
        domain="django",
        project="Toikake",
        version="1",
        copyright_holder="the Toikake authors",
        header_comment="# Toikake. Collected by `manage.py translations --update`; translated by hand.",
        charset="utf-8",
        fuzzy=False,
    )


def source_messages(root: Path) -> Catalog:
    """Every string of our Python files and templates that a person may read."""
    catalog = new_catalogue()
    for path in sorted(source_files(root)):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # Django turns a template into calls between runs of X; indentation would confuse Python's tokenizer.
            text = re.sub(r"(?m)^[ \t]+", "", templatize(text, origin=str(path)))
        for line, message, comments, context in extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, ["Translators:"]
        ):
            catalog.add(
                message, locations=[(path.relative_to(root).as_posix(), line)], context=context, auto_comments=comments
            )
    return catalog


def source_files(root: Path) -> Iterator[Path]:
    for folder in ("apps", "config"):
        yield from (root / folder).rglob("*.py")
    for ending in ("*.html", "*.txt", "*.xml", "*.svg", "*.webmanifest"):
        yield from (root / "templates").rglob(ending)


def read_catalogue(path: Path, language: str) -> Catalog:
    if not path.exists():
        return new_catalogue(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def update_catalogue(path: Path, language: str, template: Catalog) -> Catalog:
    """Brings the file up to what the sources ask for, keeping translations; nothing is guessed."""
    catalog = read_catalogue(path, language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=0, sort_output=True, omit_header=False, include_lineno=False)
    return catalog


def compile_catalogue(path: Path, language: str) -> Path:
    """Whole or not at all: others may be reading the one from before."""
    target = path.with_suffix(".mo")
    beside = path.with_suffix(f".mo.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            write_mo(file, read_catalogue(path, language))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def faults(catalog: Catalog, template: Catalog) -> list[str]:
    """What keeps a catalogue from being complete, one sentence each."""
    found = []
    for wanted in template:
        if not wanted.id:
            continue
        message = catalog.get(first(wanted.id), wanted.context)
        if message is None:
            found.append(f"not in the catalogue: {first(wanted.id)!r}")
        elif message.fuzzy or not all(strings(message)):
            found.append(f"not translated: {first(wanted.id)!r}")
        else:
            if "%(" not in first(wanted.id):  # "95% guide" is no format, though Babel takes it for one
                message.flags.discard("python-format")
            found.extend(f"{first(wanted.id)!r}: {problem}" for problem in message.check(catalog))
            found.extend(placeholder_faults(message))
    wanted_ids = {(first(message.id), message.context) for message in template if message.id}
    found.extend(
        f"no longer used: {first(message.id)!r}"
        for message in catalog
        if message.id and (first(message.id), message.context) not in wanted_ids
    )
    return found


def placeholder_faults(message: Message) -> list[str]:
    """A translation must use the very placeholders of its source, `%(name)s` and `{name}` alike."""
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    wanted = placeholders(ids[-1])
    return [
        f"{first(message.id)!r}: placeholders differ in {text!r}"
        for text in strings(message)
        if placeholders(text) != wanted
    ]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))


def strings(message: Message) -> tuple[str, ...]:
    """The translations of a message, one per plural form; an empty one where there is none."""
    if not message.string:
        return ("",)
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def first(identifier: str | tuple[str, ...] | list[str]) -> str:
    return identifier if isinstance(identifier, str) else identifier[0]
