"""Rankings written as others write them, unrolled into one row a reader."""

import numpy as np

from apps.analysis.choices import Stages

MISSING = 255

TOP_THREE = [
    (30, (0, 1, 2)),
    (20, (1, 0, 3)),
    (15, (2, 4, 0)),
    (12, (3, 1, 4)),
    (10, (4, 5, 1)),
    (8, (5, 2)),
    (5, (0,)),
]
"""30 readers put option 0 first, 1 second, 2 third, and so on: the golden vector R-PLtop3."""


def unrolled(profile, places):
    """(readers, places) bytes of (times, choices)."""
    rows = [[*chosen, *[MISSING] * (places - len(chosen))] for times, chosen in profile for _ in range(times)]
    return np.array(rows, dtype=np.uint8).reshape(-1, places)


def of_letters(profile, letters):
    """The same of (times, "MNCK") with the options named by letters."""
    return unrolled([(times, [letters.index(letter) for letter in chosen]) for times, chosen in profile], len(letters))


def of_duels(wins):
    """Choices between two options at a time, from a square table of wins."""
    wins = np.array(wins)
    one, other = np.nonzero(wins)
    sides = np.eye(len(wins), dtype=bool)
    return Stages(sides[one] | sides[other], one, wins[one, other])
