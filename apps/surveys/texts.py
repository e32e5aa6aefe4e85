"""Words that readers write: kept as they are, less what only serves to deceive or to break a page."""

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

# Direction overrides and isolates, tag characters, invisible separators, and controls other than tab and line feed.
STRIPPED = re.compile(
    "[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
JOINERS = re.compile("[\u200c\u200d]")


class TextRefused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def clean_text(raw: Any, limit: int) -> str:
    """The text in NFC without bidi controls, tags and stray joiners. `limit` counts characters (code points)."""
    if not isinstance(raw, str):
        raise TextRefused("text_expected", _("A text is expected here."))
    if "\x00" in raw or any("\ud800" <= character <= "\udfff" for character in raw):
        raise TextRefused("unreadable_text", _("This text contains characters that cannot be kept."))
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    text = without_stray_joiners(STRIPPED.sub("", text)).strip()
    if not text:
        raise TextRefused("blank_text", _("Please write something, or leave the question out."))
    if len(text) > limit:
        raise TextRefused(
            "text_too_long",
            _("Please shorten the text to %(limit)d characters; it has %(length)d.")
            % {"limit": limit, "length": len(text)},
        )
    return text


def without_stray_joiners(text: str) -> str:
    """Zero-width joiners stay where they join: inside emoji families and in scripts that need them."""

    def kept(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return match[0] if joinable(before) and joinable(after) else ""

    return JOINERS.sub(kept, text)


def joinable(neighbour: str) -> bool:
    return bool(neighbour) and not neighbour.isascii() and unicodedata.category(neighbour)[0] in "LMS"
