"""How alike two texts are by their words, from 0 to 1; works for writing with and without spaces.

Half of it is order-free: the share of pieces that both have (pairs of neighbouring signs, and where words are spaced,
their beginnings). What only holds a sentence together, endings in hiragana and "the", weighs a third. The other half is
the share of signs that stand in the same order. It knows no meaning: "is good" and "is not good" are very alike.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from rapidfuzz import fuzz, process

from apps.surveys.statements import folded, hiragana

NEAR = 0.44  # from here on two texts are worth a look side by side; tried on pairs in tests/debates/test_likeness.py
FEWEST_SHARED = 0.25  # of the pieces; below, an order in common is an accident, and not looked for
TELLING, BINDING = 3, 1  # what a piece weighs
WORD_BEGINS = 6  # letters: "regulate", "regulated" and "regulation" begin alike
SPACED = re.compile(r"[a-z0-9\u00c0-\u024f']+")
RUNS = re.compile(rf"{SPACED.pattern}|[^a-z0-9\u00c0-\u024f'\s]+")
BINDING_WORDS = frozenset(
    SPACED.findall(
        "a all and any are as at be been but by can could do for from had has have how i if in is it its may more must "
        "no not of on or our should so than that the their there they this to was we were what when which who will "
        "with would you your"
    )
)
SHAPES_KEPT = 32_768


class Shape(NamedTuple):
    """A text as it is compared: its signs in order, and its pieces.

    Each piece is one sign, as many times as it weighs; the signs stand in rising order, so that what two texts have in
    common in order is what they have in common at all, and one fast comparison serves for both.
    """

    line: str
    pieces: str


@lru_cache(maxsize=SHAPES_KEPT)
def shape(text: str) -> Shape:
    weights = {sign_for(piece): weight for piece, weight in pieces_in(spaced(text))}
    return Shape(folded(text), "".join(sign * weights[sign] for sign in sorted(weights)))


def pieces_in(text: str) -> Iterator[tuple[str, int]]:
    for run in RUNS.findall(text):
        if SPACED.fullmatch(run):
            yield run[:WORD_BEGINS], BINDING if run in BINDING_WORDS else TELLING
        else:
            for pair in map("".join, pairwise(run)) if len(run) > 1 else [run]:
                yield pair, BINDING if all(map(is_kana, pair)) else TELLING


def spaced(text: str) -> str:
    """Folded like `folded`, but with a space where words end."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        hiragana(sign) if unicodedata.category(sign)[0] not in "ZPC" or sign == "'" else " " for sign in wide
    )


def is_kana(sign: str) -> bool:
    return "\u3041" <= sign <= "\u309f" or sign == "ー"


def sign_for(piece: str) -> str:
    """One sign beyond all that people write; that two pieces share it is one case in a million."""
    return chr(0x10000 + crc32(piece.encode()) % 0xFFFFF)


def likeness(one: Shape, other: Shape) -> float:
    found = alike_among(one, [other.line], [other.pieces])
    return found[0][1] if found else 0.0


def alike_among(one: Shape, lines: Sequence[str], pieces: Sequence[str]) -> list[tuple[int, float]]:
    """Place and likeness of those that share enough, of many whose lines and pieces stand in the same order."""
    if not one.pieces:
        return []
    sharing = process.extract(one.pieces, pieces, scorer=fuzz.ratio, score_cutoff=100 * FEWEST_SHARED, limit=None)
    return [(place, (shared + fuzz.ratio(one.line, lines[place])) / 200) for _pieces, shared, place in sharing]
