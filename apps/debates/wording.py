"""What a reader may write as a statement: one line, as long as a person counts it."""

import re

from django.utils.translation import gettext as _

from apps.surveys.statements import characters, folded, hiragana, longest_in
from apps.surveys.texts import TextRefused, clean_text

__all__ = ["characters", "folded", "hiragana", "longest_in", "statement_text"]

SIGNS_PER_CHARACTER = 4  # a family of emoji is one character of many signs; a pile of accents is cut off here
SPACES = re.compile(r"\s+")


def statement_text(raw: object, language: str) -> str:
    """The statement on one line. Raises TextRefused."""
    longest = longest_in(language)
    try:
        line = SPACES.sub(" ", clean_text(raw, longest * SIGNS_PER_CHARACTER))
    except TextRefused as refused:
        raise in_words_of_statements(refused, raw, longest) from None
    length = characters(line)
    if length > longest:
        raise too_long(longest, length)
    return line


def in_words_of_statements(refused: TextRefused, raw: object, longest: int) -> TextRefused:
    """A statement cannot be left out as a question can, and its limit is one of characters, not of signs."""
    if refused.code == "blank_text":
        return TextRefused(refused.code, _("Please write your statement first."))
    length = characters(SPACES.sub(" ", raw.strip())) if isinstance(raw, str) else 0
    return too_long(longest, length) if refused.code == "text_too_long" and length > longest else refused


def too_long(longest: int, length: int) -> TextRefused:
    sentence = _("Please shorten the text to %(limit)d characters; it has %(length)d.")
    return TextRefused("text_too_long", sentence % {"limit": longest, "length": length})
