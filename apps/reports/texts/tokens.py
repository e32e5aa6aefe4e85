"""The words of one answer, each once: what is counted is answers, not how often somebody repeats a word."""

from apps.reports.texts import english, japanese
from apps.reports.texts.lists import stop_words, synonyms
from apps.reports.texts.plain import is_japanese, plain

LISTS = 1
"""Of the lists and rules beside this module: one more whenever they change what comes out."""
LONGEST = 40
"""Longer than any word: somebody leant on the keyboard."""


def tokenizer_version() -> str:
    """What made these words, printed beside them."""
    return f"toikake words {LISTS}, {japanese.edition()}"


def words_in(text: str) -> frozenset[str]:
    """In normalised form; a denied word is another one than the word itself."""
    read = plain(text)
    if is_japanese(read):
        found = (known(word, japanese.DENIED, "ja") for word in japanese.japanese_words(read))
    else:
        found = (known(word, english.DENIED, "en") for word in english.english_words(read))
    return frozenset(word for word in found if word)


def known(word: str, denied: str, language: str) -> str:
    """The word that stands for it; empty where it says nothing. What is denied is looked up without its denial."""
    before, after = (denied, "") if denied.endswith("_") else ("", denied)
    stem = word.removeprefix(before).removesuffix(after) if word not in {before, after} else word
    meant = synonyms().get(stem, stem)
    if meant in stop_words(language) or meant in stop_words("en") or len(meant) > LONGEST:
        return ""
    if len(meant) == 1 and (meant.isascii() or "ぁ" <= meant <= "ヿ"):
        return ""
    return f"{before}{meant}{after}" if stem != word else meant


def denied(word: str) -> tuple[str, bool]:
    """A word apart from its denial, for whoever prints it."""
    if word.startswith(english.DENIED):
        return word.removeprefix(english.DENIED), True
    return word.removesuffix(japanese.DENIED), word.endswith(japanese.DENIED)
