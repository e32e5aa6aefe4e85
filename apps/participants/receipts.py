"""The receipt code: 128 bits in Crockford's base 32, by which a reader sees, changes or deletes what they answered.

The code follows from the pseudonym and our secret, so that the holder of the token can be shown it again; the database
keeps only a keyed hash of it.
"""

import unicodedata

from apps.participants.seals import keys_for, mac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
GROUPS = ((0, 5), (5, 10), (10, 15), (15, 20), (20, 26))
READ_AS = str.maketrans("OIL", "011", " -‐‑‒–—―−ー")  # a Japanese keyboard has many strokes that look like a hyphen
LONGEST_INPUT = 100


def receipt_code(pseudonym: bytes, stored_hash: bytes | None = None) -> str:
    """The code as it is shown: `ABCDE-FGHJK-…`. The stored hash finds the code again after the secret was changed."""
    values = [mac(key, pseudonym)[:16] for key in keys_for("receipt")]
    known = [value for value in values if stored_hash in _hashes(value)] if stored_hash else []
    return _spell((known or values)[0])


def receipt_hash(pseudonym: bytes) -> bytes:
    """What the database keeps of a new participant's receipt."""
    return _hashes(mac(keys_for("receipt")[0], pseudonym)[:16])[0]


def read_receipt(text: str) -> list[bytes]:
    """The hashes under which a code may be stored; none where it cannot be one. Forgives case, width, strokes, O, I."""
    letters = unicodedata.normalize("NFKC", text[:LONGEST_INPUT]).strip().upper().translate(READ_AS)
    if len(letters) != LENGTH or any(letter not in ALPHABET for letter in letters):
        return []
    number = 0
    for letter in letters:
        number = number * 32 + ALPHABET.index(letter)
    return _hashes(number.to_bytes(16)) if number < 2**128 else []


def _hashes(value: bytes) -> list[bytes]:
    return [mac(key, value) for key in keys_for("receipt.hash")]


def _spell(value: bytes) -> str:
    number = int.from_bytes(value)
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
    return "-".join(letters[start:end] for start, end in GROUPS)
