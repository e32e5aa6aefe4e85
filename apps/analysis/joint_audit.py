"""What a stranger can work out of several tables together, who knows that they count the same readers.

One table hides its cells well, and others, of answers that it shares, may tell them. All that is printed is a linear
system (`joint_tables`); the smallest and the largest value of a hidden number are two linear programs, as in
`disclosure_audit`, which knows one table.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import vstack

from apps.analysis.joint_tables import Number, Printed
from apps.analysis.linear_program import LinearProgram

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

ROUNDS = 20
TURN = 2.4
"""Radians, about the golden angle: by which signs of many numbers differ from round to round."""
NARROWER = 1e-6
"""By less than this an interval is not narrower, but computed by a machine."""


class Intervals:
    """Between which values the `hidden` numbers must lie, as far as that was found out by now: `low` and `high`.

    All that finds out more raises Unsolvable where no readers can have answered so that all printed numbers hold.
    """

    def __init__(self, printed: Printed, hidden: Sequence[Number]) -> None:
        exact, loose = ([each for each in printed.numbers if wanted(each)] for wanted in (is_exact, is_loose))
        agreements, between = printed.agreements(), printed.sums(loose)
        self.hidden = hidden
        self.program = LinearProgram(
            equal=vstack([printed.sums(exact), agreements]),
            values=np.array([*(each.low for each in exact), *([0.0] * agreements.shape[0])]),
            most=vstack([between, -between]),
            limits=np.array([*(each.high for each in loose), *(-each.low for each in loose)]),
        )
        self.sums = printed.sums(hidden)
        self.low, self.high = np.full(len(hidden), np.inf), np.full(len(hidden), -np.inf)

    def known_closely(self, enough: Numbers) -> Places:
        """Which of the hidden numbers (n,) are known more closely than `enough` (n,), by their places.

        First many are moved at once, some up and some down; that shows of nearly all of them that they are free. The
        others are looked at one by one.
        """
        for turn in range(1, ROUNDS + 1):
            if not self.narrow(enough).any():
                break
            signs = np.sign(np.cos(TURN * turn * np.arange(1, len(enough) + 1)))
            self.move(np.where(self.narrow(enough), signs, 0.0))
        for place in range(len(self.hidden)):
            if self.narrow(enough)[place]:
                self.width(place)
        return np.flatnonzero(self.narrow(enough))

    def width(self, place: int) -> float:
        """How closely one of the hidden numbers is known."""
        self.move(np.eye(1, len(self.hidden), place)[0])
        return float(self.high[place] - self.low[place])

    def narrow(self, enough: Numbers) -> NDArray[np.bool_]:
        """A number that was not looked at yet is."""
        return ~(self.high - self.low >= enough - NARROWER)

    def move(self, weights: Numbers) -> None:
        """The smallest and the largest of a weighted sum of the hidden numbers. Both times all of them take values that
        they may have."""
        direction = weights @ self.sums
        for each in (direction, -direction):
            values = self.sums @ self.program.least(each)
            self.low, self.high = np.minimum(self.low, values), np.maximum(self.high, values)


def is_exact(number: Number) -> bool:
    return number.exact


def is_loose(number: Number) -> bool:
    return number.loose
