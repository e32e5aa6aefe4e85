"""The words of a PDF as a reader's program would copy them: glyph numbers through the maps that the type carries."""

import re
import zlib
from collections.abc import Iterator

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
ACTUAL = re.compile(rb"<</ActualText<([0-9A-F]+)>>>BDC.*?EMC", re.DOTALL)
TOKEN = re.compile(rb"<<|>>|<([0-9A-Fa-f]*)>|\\(?:[0-7]{1,3}|.)|[()]", re.DOTALL)
NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def streams(document: bytes) -> list[bytes]:
    found = []
    for packed in STREAM.findall(document):
        try:
            found.append(zlib.decompressobj().decompress(packed))
        except zlib.error:
            found.append(packed)
    return found


def glyphs(parts: list[bytes]) -> dict[int, str]:
    """From glyph to words; the documents have one type, so one map."""
    known: dict[int, str] = {}
    for part in parts:
        if b"beginbfchar" in part:
            for block in re.findall(rb"beginbfchar(.*?)endbfchar", part, re.DOTALL):
                for glyph, words in CHAR.findall(block):
                    known[int(glyph, 16)] = bytes.fromhex(words.decode()).decode("utf-16-be")
    return known


def strings(part: bytes) -> Iterator[bytes]:
    """What is shown: strings outside of dictionaries. Parentheses in a string may be balanced or escaped."""
    deep, inside, at, said = 0, 0, 0, b""
    for found in TOKEN.finditer(part):
        token = found[0]
        if deep:
            said += part[at : found.start()]
            deep += {b"(": 1, b")": -1}.get(token, 0)
            said += unescaped(token) if deep else b""
            if not deep and not inside:
                yield said
        elif token == b"(":
            deep, said = 1, b""
        elif token in {b"<<", b">>"}:
            inside += 1 if token == b"<<" else -1
        elif found[1] is not None and not inside:
            yield bytes.fromhex(found[1].decode())
        at = found.end()


def unescaped(token: bytes) -> bytes:
    code = token[1:]
    if token[:1] != b"\\":
        return token
    return NAMED.get(code) or (bytes([int(code, 8)]) if code.isdigit() else code)


def shown(part: bytes, known: dict[int, str]) -> str:
    """Glyphs through the map; where a group of them says itself what it reads, that."""
    words = []
    for place, piece in enumerate(ACTUAL.split(part)):
        if place % 2:
            words.append(bytes.fromhex(piece.decode()).decode("utf-16"))
        else:
            pairs = (raw[at : at + 2] for raw in strings(piece) for at in range(0, len(raw), 2))
            words += [known.get(int.from_bytes(pair), "") for pair in pairs]
    return "".join(words)


def words_of(document: bytes) -> str:
    """All words in the order of drawing, without the spaces between them."""
    parts = streams(document)
    known = glyphs(parts)
    return "".join("".join(shown(part, known) for part in parts if b" Tf" in part).split())
