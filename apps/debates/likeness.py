"""How alike two texts are by their words, from 0 to 1; works for writing with and without spaces.

Half of it is order-free: the share of pieces that both have (pairs of neighbouring signs, and where words are spaced,
their beginnings). What only holds a sentence together, endings in hiragana and "the", weighs a third. The other half is
the share of signs that stand in the same order. It knows no meaning: "is good" and "is not good" are very alike.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from rapidfuzz import fuzz

from apps.surveys.statements import folded, hiragana

NEAR = 0.44  # from here on two texts are worth a look side by side; tried on pairs in tests/debates/test_likeness.py
FEWEST_SHARED = 0.15  # below, an order in common is an accident, and not looked for
BINDING_WEIGHS = 0.35
WORD_BEGINS = 6  # letters: "regulate", "regulated" and "regulation" begin alike
SPACED = re.compile(r"[a-z0-9\u00c0-\u024f']+")
RUNS = re.compile(rf"{SPACED.pattern}|[^a-z0-9\u00c0-\u024f'\s]+")
BINDING = frozenset(
    SPACED.findall(
        "a all and any are as at be been but by can could do for from had has have how i if in is it its may more must "
        "no not of on or our should so than that the their there they this to was we were what when which who will "
        "with would you your"
    )
)
SHAPES_KEPT = 32_768


@dataclass(frozen=True, slots=True)
class Shape:
    """A text as it is compared. Of pieces each sign stands for one, in rising order, so that what two texts share in
    order is what they share at all."""

    line: str
    telling: str
    binding: str


@lru_cache(maxsize=SHAPES_KEPT)
def shape(text: str) -> Shape:
    telling: set[str] = set()
    binding: set[str] = set()
    for run in RUNS.findall(spaced(text)):
        if SPACED.fullmatch(run):
            (binding if run in BINDING else telling).add(sign_for(run[:WORD_BEGINS]))
        else:
            for pair in map("".join, pairwise(run)) if len(run) > 1 else [run]:
                (binding if all(map(is_kana, pair)) else telling).add(sign_for(pair))
    return Shape(folded(text), "".join(sorted(telling)), "".join(sorted(binding)))


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
    telling, binding = shared(one.telling, other.telling), shared(one.binding, other.binding)
    whole = len(one.telling) + len(other.telling) + BINDING_WEIGHS * (len(one.binding) + len(other.binding))
    in_pieces = (telling + BINDING_WEIGHS * binding) / whole if whole else 0.0
    if in_pieces < FEWEST_SHARED:
        return in_pieces / 2
    return (in_pieces + fuzz.ratio(one.line, other.line) / 100) / 2


def shared(one: str, other: str) -> float:
    """Twice the number of signs that both have."""
    return fuzz.ratio(one, other) / 100 * (len(one) + len(other))
