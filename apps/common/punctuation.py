"""Between words, Japanese writes full-width marks and no spaces; other languages write narrow marks and a space."""

import re

from django.utils.translation import get_language

WORD_JOINER = "\u2060"
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
BEHIND_A_BRACKET = re.compile(r"(?<=[」』）])(?=[^\s「『（」』）、。・])")


def is_wide(language: str | None = None) -> bool:
    return (language or get_language() or "").partition("-")[0] == "ja"


def named(name: object, text: object, language: str | None = None) -> str:
    """`name: text`."""
    return f"{name}：{text}" if is_wide(language) else f"{name}: {text}"


def isolated(text: str) -> str:
    """What is written from right to left keeps its order to itself, wherever it stands between words of ours."""
    return f"{ISOLATE}{text}{END_OF_ISOLATE}" if RIGHT_TO_LEFT.search(text) else text


def remark(text: object, language: str | None = None) -> str:
    """` (text)`, to be put right behind a word."""
    return f"（{text}）" if is_wide(language) else f" ({text})"


def with_unit(number: object, unit: str, language: str | None = None) -> str:
    """`48回`, `48 times`, `48%`."""
    return f"{number}{unit}" if is_wide(language) or not unit[:1].isalpha() else f"{number} {unit}"


def between_sentences(language: str | None = None) -> str:
    return "" if is_wide(language) else " "


def held_together(text: object) -> str:
    """Headings are broken between phrases, and browsers take each bracket for the end of one: 「A」/側と「B」/側が."""
    return BEHIND_A_BRACKET.sub(WORD_JOINER, str(text))
