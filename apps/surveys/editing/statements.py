"""The editors' statements to vote on, as the questionnaire names them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.editing.changing import change
from apps.surveys.editing.naming import new_statement_id
from apps.surveys.editing.past import Past
from apps.surveys.editing.refusing import Document, EditRefused
from apps.surveys.statements import STANCES

MOST_STATEMENTS = 100


@change
def add_statement(document: Document, past: Past, stance: str, words: Mapping[str, str]) -> None:
    entries = document.setdefault("statements", [])
    if len(entries) >= MOST_STATEMENTS:
        raise EditRefused(_("There can be %(limit)d statements of the editors at most.") % {"limit": MOST_STATEMENTS})
    entries.append({"id": new_statement_id(document, past), "stance": stance_of(stance), **words})


@change
def reword_statement(document: Document, past: Past, code: str, stance: str, words: Mapping[str, str]) -> None:
    """Published ones keep their words: votes were cast on them."""
    entry = statement_coded(document, code)
    if code in past.statements and any(entry.get(language) != line for language, line in words.items()):
        raise EditRefused(_("Readers may have voted on these words. Take the statement out and write a new one."))
    entry.update(words, stance=stance_of(stance))


@change
def take_out_statement(document: Document, code: str) -> None:
    """Its code is not given again; votes that were cast on it stay."""
    entry = statement_coded(document, code)
    document["statements"].remove(entry)


def statement_coded(document: Document, code: str) -> dict[str, Any]:
    for entry in document.get("statements", []):
        if entry["id"] == code:
            found: dict[str, Any] = entry
            return found
    raise EditRefused(_("There is no statement %(code)s any more.") % {"code": code[:40]})


def stance_of(raw: str) -> str:
    if raw not in STANCES:
        raise EditRefused(_("There is no such side to take."))
    return raw
