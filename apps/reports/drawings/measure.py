"""How wide words will be, and where their lines may break: near enough for any gothic type, without opening one."""

import re
from functools import lru_cache
from unicodedata import category, combining, east_asian_width

# Advances of IPAex Gothic from " " to "~", in 2048ths of an em.
# fmt: off
LATIN = (
    553, 610, 692, 1290, 1290, 1741, 1423, 395, 682, 682, 758, 1389, 541, 733, 541, 1024, 1290, 1290, 1290,
    1290, 1290, 1290, 1290, 1290, 1290, 1290, 655, 655, 1389, 1389, 1389, 1128, 1831, 1305, 1350, 1485, 1550, 1219,
    1171, 1542, 1536, 592, 778, 1323, 1077, 1847, 1556, 1632, 1272, 1632, 1327, 1198, 1227, 1530, 1305, 1901, 1405,
    1268, 1315, 614, 1024, 614, 1024, 1024, 1024, 1126, 1278, 1114, 1278, 1165, 627, 1137, 1243, 553, 553, 1061,
    553, 1784, 1237, 1237, 1272, 1274, 758, 946, 709, 1237, 995, 1540, 1001, 1008, 969, 674, 410, 674, 1024,
)
# fmt: on
AFTER_CYRILLIC = "\u0530"
NOT_FIRST = frozenset("、。，．・：；？！ー）」』】〕〉》”’)]}%％ぁぃぅぇぉっゃゅょァィゥェォッャュョ々…‥,.:;?!")
NOT_LAST = frozenset("（「『【〔〈《“‘([{")
LATIN_WORD = r"[!-~\u00a0-\u02af\u2010-\u201f]+\s*"
PHRASE = r"[「『（【〔〈《]*[\u30a0-\u30ff\u3400-\u9fff々〆]*[\u3040-\u309f]*[、。，．・：；？！）」』】〕〉》]*"
"""Near enough to what is read in one breath: a word and the syllables behind it, with their signs."""
WORD = re.compile(rf"{LATIN_WORD}|\s+|(?=[「『（【〔〈《\u3040-\u30ff\u3400-\u9fff々〆]){PHRASE}|.", re.DOTALL)


def advance(sign: str) -> float:
    """In em. A sign that the type of documents lacks is printed as a mark that is as wide as a kanji; nearly all that
    comes after Cyrillic is one, or as wide itself."""
    if " " <= sign <= "~":
        return LATIN[ord(sign) - 32] / 2048
    if combining(sign) or category(sign) == "Cf":
        return 0
    wide = east_asian_width(sign)
    return 1 if wide in "WFA" or (sign >= AFTER_CYRILLIC and wide != "H") else 0.6


@lru_cache(maxsize=4096)
def width(words: str, size: float) -> float:
    """In pixels."""
    return sum(advance(sign) for sign in words) * size


def wrap(words: str, size: float, limit: float, most: int = 9) -> list[str]:
    """Lines of at most `limit` pixels and of much the same length; what does not fit into `most` ends in an ellipsis.

    Latin words stay whole where they fit; no Japanese line begins or ends with a sign that may not stand there.
    """
    lines = filled(words, size, limit)
    if len(lines) > most:
        return [*lines[: most - 1], ellipsis(lines[most - 1], size, limit)]
    least, enough = width(words, size) / len(lines), limit
    for _ in range(6 if 1 < len(lines) < 4 else 0):  # no single sign is left over in the last line
        middle = (least + enough) / 2
        if len(filled(words, size, middle)) > len(lines):
            least = middle
        else:
            enough = middle
    return filled(words, size, enough)


def filled(words: str, size: float, limit: float) -> list[str]:
    """Each line as full as it gets."""
    lines, line = [], ""
    for piece in pieces(words, size, limit):
        if line and width((line + piece).rstrip(), size) > limit:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    lines.append(line.rstrip())
    return [line for line in lines if line] or [""]


def pieces(words: str, size: float, limit: float) -> list[str]:
    """What must not be torn apart."""
    found: list[str] = []
    for word in WORD.findall(" ".join(words.split())):
        for piece in [word] if width(word, size) <= limit else word:  # longer than a line: torn anywhere
            if found and piece and stick(found[-1], piece):
                joined = found[-1] + piece
                found[-1:] = [joined] if width(joined, size) <= limit else [found[-1], piece]
            elif piece:
                found.append(piece)
    return found


def stick(before: str, piece: str) -> bool:
    """Signs that may not begin or end a line; letters that a Japanese word begins with, as in AI開発."""
    letters = before[-1].isascii() and before[-1].isalnum() and not piece[0].isascii()
    return letters or piece[0] in NOT_FIRST or before[-1] in NOT_LAST


def ellipsis(line: str, size: float, limit: float) -> str:
    while line and width(line + "…", size) > limit:
        line = line[:-1]
    return line + "…"
