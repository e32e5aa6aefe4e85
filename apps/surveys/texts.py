"""Words that readers write: kept as they are, less what only serves to deceive or to break a page."""

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

# Direction overrides and isolates, tag characters, invisible separators, and controls other than tab and line feed.
STRIPPED = re.compile(
    "[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
UNREADABLE = re.compile("[\x00\ud800-\udfff]")
JOINERS = re.compile("[\u200c\u200d]")
JOINING_SCRIPTS = (
    "ARABIC", "BALINESE", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "JAVANESE", "KANNADA", "KHMER", "MALAYALAM",
    "MANDAIC", "MONGOLIAN", "MYANMAR", "NKO", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "TIBETAN",
)  # fmt: skip
# Letters and symbols by their category, yet nothing is to be seen: Hangul fillers and the empty Braille pattern.
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me"})
MOST_COMPOSED = 4
"""NFC makes one sign of at most so many. A longer text is too long without being composed, which takes the square of
the time where somebody piles up marks."""


class TextRefused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def clean_text(raw: Any, limit: int) -> str:
    """The text in NFC without bidi controls, tags and stray joiners. `limit` counts characters (code points)."""
    if not isinstance(raw, str):
        raise TextRefused("text_expected", _("A text is expected here."))
    if UNREADABLE.search(raw):
        raise TextRefused("unreadable_text", _("This text contains characters that cannot be kept."))
    text = without_stray_joiners(STRIPPED.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    if len(text) <= MOST_COMPOSED * limit:
        text = unicodedata.normalize("NFC", text)
    if not says_something(text):
        raise TextRefused("blank_text", _("Please write something, or leave the question out."))
    if len(text) > limit:
        raise TextRefused(
            "text_too_long",
            _("Please shorten the text to %(limit)d characters; it has %(length)d.")
            % {"limit": limit, "length": len(text)},
        )
    return text


def says_something(text: str) -> bool:
    """Whether anything is to be seen: not only spaces, marks without a letter, selectors and fillers."""
    return any(sign not in FILLERS and unicodedata.category(sign) not in INVISIBLE for sign in text)


def without_stray_joiners(text: str) -> str:
    """Zero-width joiners stay where they join: inside emoji families and in scripts that need them."""

    def kept(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        family = match[0] == "\u200d" and ends_emoji(before) and is_emoji(after)
        return match[0] if family or is_joining_letter(before) else ""

    return JOINERS.sub(kept, text)


def is_emoji(sign: str) -> bool:
    """By block, so that an emoji newer than this Python is one, too."""
    return bool(sign) and ("\U0001f000" <= sign <= "\U0001faff" or "\u2190" <= sign <= "\u2bff")


def ends_emoji(sign: str) -> bool:
    """An emoji, or the selector that asks for its picture."""
    return sign == "\ufe0f" or is_emoji(sign)


def is_joining_letter(sign: str) -> bool:
    return bool(sign) and not sign.isascii() and unicodedata.name(sign, "").partition(" ")[0] in JOINING_SCRIPTS
