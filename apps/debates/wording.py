"""What a reader may write as a statement: one line, as long as a person counts it, and when two are the same."""

import re
import unicodedata

from django.utils.translation import gettext as _

from apps.surveys.texts import TextRefused, clean_text

LONGEST = {"ja": 60}
LONGEST_ELSEWHERE = 140
SIGNS_PER_CHARACTER = 4  # a family of emoji is one character of many signs; a pile of accents is cut off here
SPACES = re.compile(r"\s+")
FIRST_KATAKANA, LAST_KATAKANA, TO_HIRAGANA = 0x30A1, 0x30F6, -0x60
JOINER = "\u200d"


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


def longest_in(language: str) -> int:
    return LONGEST.get(language, LONGEST_ELSEWHERE)


def characters(text: str) -> int:
    """How many characters a person sees: marks, selectors and what a joiner ties together add none."""
    count, before, flag_begun = 0, "", False
    for sign in unicodedata.normalize("NFC", text):
        regional = "\U0001f1e6" <= sign <= "\U0001f1ff"
        if not (adds_nothing(sign) or before == JOINER or (regional and flag_begun)):
            count += 1
        flag_begun = regional and not flag_begun
        before = sign
    return count


def adds_nothing(sign: str) -> bool:
    """Marks on the letter before (those of half-width kana, too), selectors, joiners, skin tones."""
    marks = unicodedata.category(sign) in {"Mn", "Me", "Mc", "Cf"} or sign in "\uff9e\uff9f"
    return marks or "\U0001f3fb" <= sign <= "\U0001f3ff"


def folded(text: str) -> str:
    """The same for texts that differ in width, case, kana, spaces or punctuation only."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    kana = "".join(hiragana(sign) for sign in wide)
    return "".join(sign for sign in kana if unicodedata.category(sign)[0] not in "ZPC") or kana


def hiragana(sign: str) -> str:
    return chr(ord(sign) + TO_HIRAGANA) if FIRST_KATAKANA <= ord(sign) <= LAST_KATAKANA else sign
