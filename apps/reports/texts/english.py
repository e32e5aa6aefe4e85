"""English words, in small letters. "not safe" is not "safe": a denial stands with the word that it denies."""

import re
from collections.abc import Iterator

from apps.reports.texts.lists import stop_words

DENIED = "not_"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*", re.UNICODE)
DENIALS = frozenset(
    {"not", "no", "never", "nobody", "nothing", "none", "neither", "nor", "without", "cannot", "hardly"}
)
PAST = re.compile(r"[.!?;:\n]|\bbut\b", re.IGNORECASE)
REACH = 3
"""A denial is of the next word that says something, if it comes within so many words and before the sentence ends."""


def english_words(text: str) -> Iterator[str]:
    """Of a plain text; words that say nothing by themselves are among them, and are never denied."""
    for sentence in PAST.split(text):
        left = 0
        for match in WORD.finditer(sentence):
            word = match[0].casefold().replace("’", "'")
            if word in DENIALS or word.endswith("n't"):
                left = REACH
            elif left and word not in stop_words("en"):
                yield DENIED + word
                left = 0
            else:
                yield word
                left = max(0, left - 1)
