"""Two texts side by side: which words of each the other has not."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from apps.debates.wording import folded

TOKENS = re.compile(r"[A-Za-z0-9\u00c0-\u024f'’]+|.", re.DOTALL)
HARDLY_A_WORD = 1  # an island of so many signs between two differences is read as part of them


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    differs: bool


def differing(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Words of spaced writing as wholes, other writing sign by sign; widths, cases and kana do not count."""
    here, there = TOKENS.findall(one), TOKENS.findall(other)
    steps = Indel.opcodes([folded(token) for token in here], [folded(token) for token in there])
    mine = [("".join(here[step.src_start : step.src_end]), step.tag != "equal") for step in steps]
    theirs = [("".join(there[step.dest_start : step.dest_end]), step.tag != "equal") for step in steps]
    return joined(mine), joined(theirs)


def joined(pieces: list[tuple[str, bool]]) -> list[Piece]:
    """Neighbours of a kind as one."""
    found: list[Piece] = []
    for text, differs in with_islands(pieces):
        if found and found[-1].differs == differs:
            found[-1] = Piece(found[-1].text + text, differs)
        elif text:
            found.append(Piece(text, differs))
    return found


def with_islands(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    told = [piece for piece in pieces if piece[0]]
    return [
        (text, differs or (len(text) <= HARDLY_A_WORD and 0 < here < len(told) - 1 and told[here - 1][1]))
        for here, (text, differs) in enumerate(told)
    ]
