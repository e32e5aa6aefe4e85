"""The editors' statements to vote on. The debate plants them; here they are only read for faults."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from apps.surveys.reading.source import Reading
from apps.surveys.statements import STANCES, characters, folded, longest_in

KEYS = {"id", "stance", "dimension", "article_ref", *(code for code, _name in settings.LANGUAGES)}
LONGEST_REFERENCE = 80


def check_statements(reading: Reading, raw: Any) -> None:
    """Each has a code of its own and one line in each language; no two say the same."""
    said: dict[tuple[str, str], str] = {}
    for path, item in reading.items(raw, "statements"):
        statement = reading.mapping(item, path, KEYS)
        if code := reading.name(statement.get("id"), f"{path}.id"):
            once(reading, said, ("id", code), f"{path}.id")
        reading.word(statement.get("stance"), f"{path}.stance", STANCES, "")
        check_reference(reading, statement, path)
        for language in reading.languages:
            check_line(reading, said, statement.get(language), language, f"{path}.{language}")


def check_reference(reading: Reading, statement: Mapping[str, Any], path: str) -> None:
    reference = statement.get("article_ref", "")
    if not isinstance(reference, str) or len(reference) > LONGEST_REFERENCE:
        sentence = _("A passage of the article is named by up to %(limit)d characters.")
        reading.fault(f"{path}.article_ref", sentence % {"limit": LONGEST_REFERENCE})


def check_line(reading: Reading, said: dict[tuple[str, str], str], raw: Any, language: str, path: str) -> None:
    line = reading.line(raw, path)
    if not line:
        return
    if len(line.splitlines()) > 1:
        reading.fault(path, _("A statement stands on one line."))
    if characters(line) > longest_in(language):
        reading.fault(path, _("The text is longer than %(limit)d characters.") % {"limit": longest_in(language)})
    once(reading, said, (language, folded(line)), path)


def once(reading: Reading, said: dict[tuple[str, str], str], what: tuple[str, str], path: str) -> None:
    """`said`: what stood where before."""
    before = said.setdefault(what, path)
    if before != path:
        reading.fault(path, _("The same stands at %(place)s already.") % {"place": before})
