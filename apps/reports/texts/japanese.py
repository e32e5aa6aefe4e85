"""Japanese words: SudachiPy in its longest units (mode C), in their normalised form.

"止めない" is not "止める": a denial stands with the word that it denies, as "止める_ない".
"""

from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sudachipy import Morpheme, Tokenizer

DENIED = "_ない"
DENIALS = frozenset({"ない", "無い", "ず"})
CARRIES = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
NAMES_NOTHING = frozenset({"数詞", "助動詞語幹"})
HELPS = frozenset({"動詞", "形容詞"})
BETWEEN_WORD_AND_DENIAL = frozenset({"助詞", "助動詞"})
# The dictionary takes 49,149 bytes at once; a text is read in parts that are shorter in any script.
PART = 8_000


@cache
def tokenizer() -> "Tokenizer":
    from sudachipy import Dictionary, SplitMode

    return Dictionary().tokenizer(mode=SplitMode.C)


def edition() -> str:
    return f"sudachipy {version('sudachipy')}, sudachidict_core {version('sudachidict-core')}"


def japanese_words(text: str) -> Iterator[str]:
    """Of a plain text; words that say nothing by themselves are among them."""
    for part in parts(text):
        yield from words_of(list(tokenizer().tokenize(part)))


def parts(text: str) -> Iterator[str]:
    """Cut where a line ends, if one does."""
    while len(text) > PART:
        cut = max(text.rfind(sign, 0, PART) for sign in "\n。") + 1 or PART
        yield text[:cut]
        text = text[cut:]
    yield text


def words_of(morphemes: list["Morpheme"]) -> Iterator[str]:
    """A word waits until it is clear that nothing denies it."""
    waiting, before = "", ("", "")
    for morpheme in morphemes:
        kind = morpheme.part_of_speech()
        if is_denial(morpheme):
            if waiting:
                yield waiting + DENIED
            waiting = ""
        elif carries(morpheme, before):
            if waiting:
                yield waiting
            waiting = form(morpheme)
        elif kind[0] not in BETWEEN_WORD_AND_DENIAL and not helps(kind, before):
            if waiting:
                yield waiting
            waiting = ""
        before = kind[0], kind[1]
    if waiting:
        yield waiting


def is_denial(morpheme: "Morpheme") -> bool:
    return morpheme.part_of_speech()[0] in {"助動詞", "形容詞"} and morpheme.normalized_form() in DENIALS


def carries(morpheme: "Morpheme", before: tuple[str, str]) -> bool:
    kind = morpheme.part_of_speech()
    if kind[0] not in CARRIES or kind[1] in NAMES_NOTHING or helps(kind, before) or before[1] == "数詞":
        return False  # what stands behind a number counts something
    return any(sign.isalpha() for sign in morpheme.surface())


def helps(kind: tuple[str, ...], before: tuple[str, str]) -> bool:
    """A verb behind a 〜て is no word of its own: 止めて「いる」."""
    return kind[0] in HELPS and kind[1] == "非自立可能" and before == ("助詞", "接続助詞")


def form(morpheme: "Morpheme") -> str:
    """Letters stay as they were written: the dictionary makes セーフ of "safe"."""
    surface = morpheme.surface()
    return surface.casefold() if surface.isascii() else morpheme.normalized_form()
