"""Every sign of a document is looked up before it is set: one that the type does not have is marked and listed."""

from collections import Counter
from collections.abc import Callable
from unicodedata import category, combining, name, normalize

from apps.reports.documents.font import signs

MISSING = "〓"
"""The mark that Japanese typesetters put where a sign is missing (U+3013)."""
ALIKE = {"≥": "≧", "≤": "≦", "\u2011": "-", "\u00a0": " ", "\u202f": " ", "\t": " ", "\u2028": "\n", "\u2029": "\n"}
"""The same in the type's own form: nothing is lost, nothing is listed."""
PLAIN_QUOTES = {"“": '"', "”": '"', "‘": "'", "’": "'"}
"""Their forms in this type are as wide as a kanji, which tears English apart."""
UNSEEN = {"Cc", "Cf", "Cs"}
"""Control signs, joiners and directions; half of a sign. They stand for nothing that could be printed."""
VARIANTS = range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)


class Setting:
    """Words as they can be set; remembers what could not be. Of a letter with a mark that is not there, the letter."""

    def __init__(self, language: str = "ja") -> None:
        self.alike = ALIKE if language == "ja" else ALIKE | PLAIN_QUOTES
        self.lost: Counter[str] = Counter()

    def __call__(self, words: str) -> str:
        words = normalize("NFC", words)
        odd = {sign for sign in set(words) if sign in self.alike or ord(sign) not in signs()}  # mostly none of them
        return "".join(self.sign(sign) if sign in odd else sign for sign in words) if odd else words

    def sign(self, sign: str) -> str:
        sign = self.alike.get(sign, sign)
        if ord(sign) in signs() or sign in "\n ":
            return sign
        if category(sign) in UNSEEN or any(ord(sign) in some for some in VARIANTS):
            return ""
        self.lost[sign] += 1
        plain = "".join(part for part in normalize("NFKD", sign) if ord(part) in signs())
        return plain or ("" if combining(sign) else MISSING)

    def listed(self) -> list[tuple[str, str, int]]:
        """Code point, name and how often."""
        found = sorted(self.lost.items())
        return [(f"U+{ord(sign):04X}", name(sign, "").lower(), times) for sign, times in found]


def each(value: object, set_words: Callable[[str], str]) -> object:
    """The same tree with all its words set."""
    if isinstance(value, str):
        return set_words(value)
    if isinstance(value, dict):
        return {key: each(part, set_words) for key, part in value.items()}
    return [each(part, set_words) for part in value] if isinstance(value, (list, tuple)) else value
