"""A part of the readers drawn by lot: pseudonyms are as good as one, and their index finds the part at once.

The same share draws the same readers, wherever it is asked for.
"""

BITS = 32


def bound(share: float) -> int:
    """The first bits of a pseudonym, as a number, are below it for whoever is drawn."""
    return int(share * 2**BITS)


def drawn(share: float) -> str:
    """A clause of SQL for a part of the readers; none for all of them."""
    return "" if share >= 1 else rf" AND pseudonym < '\x{bound(share):08x}'::bytea"
