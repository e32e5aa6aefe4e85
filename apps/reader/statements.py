"""Statements and the four answers to them, in the words that a reader sees. Readers' words are text, never markup."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.debates.card_words import LABELS, passage
from apps.debates.choices import Choice
from apps.debates.models import Statement


@dataclass(frozen=True, slots=True)
class Button:
    """One of the four answers to a statement; `value` says both."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A statement as this reader sees it. `language`: that of its words, where it is known and not the page's.

    Nobody is asked about what they wrote themselves (`mine`).
    """

    number: int
    text: str
    language: str
    origin: str
    passage: str
    choice: Choice = Choice.NONE
    mine: bool = False

    @property
    def buttons(self) -> list[Button]:
        return [
            Button(f"{self.number}-{choice.word}", str(label), choice == self.choice)
            for choice, label in LABELS.items()
        ]

    @property
    def undo(self) -> str:
        return f"{self.number}-{Choice.NONE.word}"

    @property
    def said(self) -> str:
        """The reader's own answer in words; empty where there is none."""
        return str(LABELS.get(self.choice, ""))


def card_of(
    statement: Statement,
    language: str,
    document: Mapping[str, Any],
    *,
    choice: Choice = Choice.NONE,
    reader: bytes = b"",
) -> Card:
    text, written_in = words_of(statement, language)
    return Card(
        number=statement.number,
        text=text or _("(Its words were deleted.)"),
        language=written_in if text and written_in != language else "",
        origin=str(statement.get_origin_display()),
        passage=passage(document, statement.anchor, language),
        choice=choice,
        mine=statement.author is not None and bytes(statement.author) == reader,
    )


def words_of(statement: Statement, language: str) -> tuple[str, str]:
    """The words and their language: the page's, where the statement has been put into it, else its own."""
    translated = statement.texts.get(language)
    return (str(translated), language) if translated else (statement.text, statement.language)
