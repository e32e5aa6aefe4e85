"""What simulated readers vote and answer at the end: one planted axis, habits of answering, a small planted shift.

The same seed gives the same votes. Who says yes easily says so to both sides, so that a map which takes habits for
opinions finds something else than what was planted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from apps.analysis.simulation import softmax
from apps.debates.choices import Choice
from apps.reports.simulated.planting import ATTITUDES

CHOICES = (Choice.AGREE, Choice.DISAGREE, Choice.NEITHER, Choice.UNSURE)
COMES = 0.72
"""Part of the readers who go on to the statements once they have sent their answers."""
ANOTHER_FIVE = 0.72
"""Part of those who take five more each time they are asked."""
AT_ONCE, MOST = 5, 40
SIDES = {"pro": 1.0, "con": -1.0, "bridge": 0.0}
WITHIN_GROUP, HABIT, PASSING = 0.45, 0.6, 0.7
"""How far readers of one group differ in opinion, in how readily they agree, and in how readily they pass."""
STRENGTH, POPULAR = 0.95, {"pro": -0.1, "con": 0.15, "bridge": 1.1}


@dataclass(frozen=True)
class Axis:
    """Statements by number; how strongly each divides, how much it is liked; the planted truth."""

    numbers: tuple[int, ...]
    sides: np.ndarray
    liked: np.ndarray


def axis(stances: Mapping[int, str], seed: int) -> Axis:
    """`stances`: by statement number the side that its editors say it takes, or none."""
    rng = np.random.default_rng([seed, 1])
    numbers = tuple(sorted(stances))
    spread = rng.normal(0, 0.25, len(numbers))
    sides = np.array([SIDES.get(stances[number], 0.0) for number in numbers])
    liked = np.array([POPULAR.get(stances[number], 0.0) for number in numbers]) + rng.normal(0, 0.5, len(numbers))
    return Axis(numbers, (sides + spread) * STRENGTH, liked)


def draw_votes(planted: Axis, groups: np.ndarray, sent: np.ndarray, rng: Generator) -> list[dict[int, Choice]]:
    """For each reader the votes in the order in which they were cast; none for who sent nothing or did not come."""
    readers, statements = len(groups), len(planted.numbers)
    opinions = ATTITUDES[groups] + rng.normal(0, WITHIN_GROUP, readers)
    chosen = choose(planted, opinions, rng)
    order = rng.permuted(np.tile(np.arange(statements), (readers, 1)), axis=1)
    fives = np.where(rng.random(readers) < COMES, rng.geometric(1 - ANOTHER_FIVE, readers), 0)
    cast = np.minimum(fives * AT_ONCE, min(MOST, statements)) * sent
    return [
        {planted.numbers[place]: CHOICES[chosen[reader, place]] for place in order[reader, : cast[reader]].tolist()}
        for reader in range(readers)
    ]


def choose(planted: Axis, opinions: np.ndarray, rng: Generator) -> np.ndarray:
    """(readers, statements): the place of each choice among `CHOICES`."""
    readers, statements = len(opinions), len(planted.numbers)
    drawn_apart = opinions[:, None] * planted.sides + planted.liked / 2
    scores = np.zeros((readers, statements, len(CHOICES)))
    scores[..., 0] = drawn_apart + rng.normal(0.2, HABIT, (readers, 1))
    scores[..., 1] = -drawn_apart
    scores[..., 2] = -1.1 + rng.normal(0, PASSING, (readers, 1))
    scores[..., 3] = -1.8 + rng.normal(0, PASSING, (readers, 1))
    bounds = softmax(scores).cumsum(axis=-1)
    return (rng.random((readers, statements, 1)) > bounds[..., :-1]).sum(axis=-1)
