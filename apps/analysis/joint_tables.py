"""Everything that several tables print of the same readers, as one system of equations.

Whoever gave A and B, A and C, B and C are sums of one distribution over A, B and C. That is not written down whole:
answers that no table joins need not be told apart. It is enough that the distributions of small groups of answers agree
in what neighbouring groups share (junction tree; Lauritzen & Spiegelhalter 1988), and a group is as large as the
answers in it, not as all answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
Answers = tuple[str, ...]


@dataclass(frozen=True)
class Number:
    """How many readers are in `cells`, flags with one axis for each answer in `about`: from `low` to `high`, which is
    infinite where nothing is printed."""

    about: Answers
    cells: Flags
    low: float = 0.0
    high: float = np.inf

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def loose(self) -> bool:
        """Something is told of it, but not all."""
        return not self.exact and (self.low > 0 or np.isfinite(self.high))


@dataclass(frozen=True)
class Group:
    """Answers whose joint distribution is looked at, and those `shared` with a group behind it, by its place; the last
    group has none."""

    answers: Answers
    shared: Answers
    behind: int | None


@dataclass(frozen=True)
class Printed:
    """Of each answer how many categories it has (`sizes`), and all `numbers` that are about them.

    Its unknowns are the cells of all groups, one group behind the other.
    """

    sizes: Mapping[str, int]
    numbers: tuple[Number, ...]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Each number is about answers of one group. Answers are taken away one by one, always the one that makes the
        smallest group with those beside it, which are neighbours of one another from then on."""
        beside: dict[str, set[str]] = {name: set() for name in self.sizes}
        for number in self.numbers:
            for name in number.about:
                beside[name] |= set(number.about) - {name}
        found: list[tuple[Answers, Answers]] = []
        while beside:
            name = min(beside, key=lambda each: (self.cells_of((each, *beside[each])), each))
            shared = beside.pop(name)
            for other in shared:
                beside[other] = (beside[other] | shared) - {name, other}
            found.append(((name, *sorted(shared)), tuple(sorted(shared))))
        return tuple(
            Group(
                answers, shared, next((at for at in range(place + 1, len(found)) if {*shared} <= {*found[at][0]}), None)
            )
            for place, (answers, shared) in enumerate(found)
        )

    def cells_of(self, answers: Sequence[str]) -> int:
        return prod(self.sizes[name] for name in answers)

    @cached_property
    def starts(self) -> Places:
        """Where the unknowns of each group begin; behind the last one, how many there are."""
        return np.cumsum([0, *(self.cells_of(group.answers) for group in self.groups)])

    @property
    def unknowns(self) -> int:
        return int(self.starts[-1])

    def sums(self, numbers: Sequence[Number]) -> csr_array:
        """(numbers, unknowns): of which unknowns each number is the sum, in the first group that holds its answers."""
        return self.rows([self.unknowns_of(self.place_of(each.about), each.about, each.cells) for each in numbers])

    def agreements(self) -> csr_array:
        """(agreements, unknowns): what a group says of the answers that it shares, less what the one behind it says."""
        own, theirs = [], []
        for place, group in enumerate(self.groups):
            sizes = [self.sizes[name] for name in group.shared]
            if group.behind is None:
                continue
            for cell in range(prod(sizes)):
                flags = (np.arange(prod(sizes)) == cell).reshape(sizes)
                own.append(self.unknowns_of(place, group.shared, flags))
                theirs.append(self.unknowns_of(group.behind, group.shared, flags))
        return csr_array(self.rows(own) - self.rows(theirs))

    def place_of(self, about: Answers) -> int:
        return next(place for place, group in enumerate(self.groups) if {*about} <= {*group.answers})

    def unknowns_of(self, place: int, about: Answers, cells: Flags) -> Places:
        """Of a group: in which unknowns these cells of some of its answers lie."""
        answers = self.groups[place].answers
        axes = sorted(range(len(about)), key=lambda axis: answers.index(about[axis]))
        flags = cells.transpose(axes).reshape([self.sizes[name] if name in about else 1 for name in answers])
        return self.starts[place] + np.flatnonzero(np.broadcast_to(flags, [self.sizes[name] for name in answers]))

    def rows(self, unknowns: Sequence[Places]) -> csr_array:
        found = np.concatenate([np.zeros(0, dtype=np.int64), *unknowns])
        ends = np.cumsum([0, *map(len, unknowns)])
        return csr_array((np.ones(len(found)), found, ends), shape=(len(unknowns), self.unknowns))
