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
    line = SPACES.sub(" ", clean_text(raw, longest * SIGNS_PER_CHARACTER))
    length = characters(line)
    if length > longest:
        raise TextRefused(
            "text_too_long",
            _("Please shorten the text to %(limit)d characters; it has %(length)d.")
            % {"limit": longest, "length": length},
        )
    return line
