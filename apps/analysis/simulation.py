"""Readers who never were, with opinions planted in known shares.

Every function takes the random generator it draws from. `groups` has shape (readers,) and says to which planted group
each reader belongs; probabilities have shape (groups, options).
"""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Probabilities = NDArray[np.float64]
Indexes = NDArray[np.int64]


def ordered_probabilities(places: int, location: float, spread: float = 1.0) -> Probabilities:
    """Shares (places,) of an ordered scale: a logistic attitude around `location`, cut evenly in [-2, 2]."""
    cuts = np.linspace(-2, 2, places + 1)[1:-1]
    below = 1 / (1 + np.exp(-(cuts - location) / spread))
    return np.diff(below, prepend=0.0, append=1.0)


def softmax(scores: Probabilities) -> Probabilities:
    """Positive shares that add up to 1 along the last axis."""
    lifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return lifted / lifted.sum(axis=-1, keepdims=True)


def draw_options(rng: Generator, probabilities: Probabilities, groups: Indexes) -> Indexes:
    """One option index for each reader, (readers,), by the inverse of the group's distribution function."""
    limits = np.cumsum(probabilities, axis=1)[groups]
    return (rng.random(len(groups))[:, None] * limits[:, -1:] > limits).sum(axis=1)


def draw_rankings(rng: Generator, worths: Probabilities, groups: Indexes, top: int) -> Indexes:
    """The first `top` options of each reader, (readers, top): Plackett-Luce by Gumbel's trick."""
    noisy = np.log(worths)[groups] + rng.gumbel(size=(len(groups), worths.shape[1]))
    return np.argsort(-noisy, axis=1)[:, :top]


def place_probabilities(worth: Probabilities, top: int) -> Probabilities:
    """How likely each option (k,) stands at each of the first `top` places, (top, k), under Plackett-Luce.

    Walks through the sets of options already chosen, so 2^k states; k is a questionnaire's, not a catalogue's.
    """
    found = np.zeros((top, len(worth)))
    chosen_sets = {frozenset[int](): 1.0}
    for place in range(top):
        longer: dict[frozenset[int], float] = {}
        for chosen, likely in chosen_sets.items():
            left = [option for option in range(len(worth)) if option not in chosen]
            for option in left:
                part = likely * worth[option] / worth[left].sum()
                found[place, option] += part
                longer[chosen | {option}] = longer.get(chosen | {option}, 0.0) + part
        chosen_sets = longer
    return found
