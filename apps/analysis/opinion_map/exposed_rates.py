"""Rates of the choices corrected for who was shown what: inverse-probability weights from the log of exposures.

A statement that was shown more in some hours than in others hears more of the readers of those hours. A vote that came
from a draw with probability p stands for the 1 / p draws in which it could have come (Horvitz & Thompson 1952; as a
ratio, Hájek 1971). Weights are stabilised, so that their mean is 1, and trimmed, so that one reader never speaks for
many; how much that costs is told by the effective number of votes (Kish 1965).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.votes import CHOICES, Ids, Numbers, Values, category

LARGEST_WEIGHT = 5.0  # times the mean of its statement
NO_VOTE = -128


@dataclass(frozen=True)
class Exposures:
    """E statements shown: `statement` (E,) ids, `probability` (E,) of being drawn at that moment, `value` (E,) the vote
    that stands, -128 for none."""

    statement: Ids
    probability: Numbers
    value: Values


@dataclass(frozen=True)
class ExposedRates:
    """Of agree, disagree, neither, unsure: `raw`, `weighted` and its standard `error`, (4, S) each.

    `shown`, `answered`, `effective` number of votes and the `trimmed` share of them, (S,) each. NaN where nothing was
    answered; an error takes two answers."""

    raw: Numbers
    weighted: Numbers
    error: Numbers
    shown: NDArray[np.int64]
    answered: NDArray[np.int64]
    effective: Numbers
    trimmed: Numbers


def exposed_rates(log: Exposures, statements: Ids, *, largest: float = LARGEST_WEIGHT) -> ExposedRates:
    """Of the statements (S,), ascending; exposures of others are left out. Only votes on what was shown count."""
    known = np.isin(log.statement, statements)
    place = np.searchsorted(statements, log.statement[known])
    value, probability = log.value[known], log.probability[known]
    voted, size = value != NO_VOTE, len(statements)
    column, choice = place[voted], category(value[voted])
    weight, trimmed = stabilised(1 / probability[voted], column, size, largest)
    table = np.stack([np.bincount(column[choice == each], minlength=size) for each in range(len(CHOICES))]).astype(
        float
    )
    weights = np.stack([by_choice(column, weight, choice == each, size) for each in range(len(CHOICES))])
    total, answered = weights.sum(axis=0), table.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        raw, weighted = table / answered, weights / total
        squares = np.bincount(column, weight**2, minlength=size)
        effective = total**2 / squares
        error = np.sqrt(squared_deviations(column, weight, choice, weighted, size)) / total
        error = error * np.sqrt(answered / (answered - 1))
        cut = np.bincount(column, trimmed, minlength=size) / answered
    shown = np.bincount(place, minlength=size)
    return ExposedRates(raw, weighted, error, shown, answered.astype(np.int64), effective, cut)


def stabilised(
    weight: Numbers, column: NDArray[np.int64], size: int, largest: float
) -> tuple[Numbers, NDArray[np.bool_]]:
    """Weights (n,) over their statement's mean, none above `largest`; and which were cut."""
    numbers = np.bincount(column, minlength=size)
    mean = np.bincount(column, weight, minlength=size) / np.maximum(numbers, 1)
    stable = weight / mean[column]
    return np.minimum(stable, largest), stable > largest


def by_choice(column: NDArray[np.int64], weight: Numbers, chosen: NDArray[np.bool_], size: int) -> Numbers:
    """Weights (n,) of the chosen ones added up by their statement, whose place `column` (n,) gives: (size,)."""
    return np.asarray(np.bincount(column[chosen], weight[chosen], minlength=size), dtype=np.float64)


def squared_deviations(
    column: NDArray[np.int64], weight: Numbers, choice: NDArray[np.int64], rates: Numbers, size: int
) -> Numbers:
    """Σ w² (y - rate)² of each choice: (4, S)."""
    return np.stack(
        [
            np.bincount(column, (weight * ((choice == each) - rates[each, column])) ** 2, minlength=size)
            for each in range(len(CHOICES))
        ]
    )
