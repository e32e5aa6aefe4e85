"""What all sides share and what divides them, statement by statement, whichever story the votes tell.

A side is a point of the spectrum with the readers around it, a group, or everybody. Rates are net of style: what
readers there would say if they answered as freely as the average reader does.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from apps.analysis.opinion_map.answers import POLE, answers_of
from apps.analysis.opinion_map.classes import Classes
from apps.analysis.opinion_map.opinion_map import OpinionMap
from apps.analysis.opinion_map.spectrum import Spectrum
from apps.analysis.opinion_map.votes import Flags, Numbers, Places, VoteMatrix, only_readers

POINTS = 25
BANDWIDTH = 0.5  # in standard deviations of the positions
PRIOR_VOTES = 2.0  # on each side, at the statement's own rate
CONFIDENCE = 0.9
THIRDS = 3


@dataclass(frozen=True)
class SharedGround:
    """Each of shape (S,). `bridging`: agreement that holds on every side, 0…1. `consensus`: the lower 90 % bounds of
    agreeing and not disagreeing, over groups (thirds of a spectrum). `dividing`: variance of opinion in log-odds.
    `fewest`: votes on the side with the fewest."""

    bridging: Numbers
    consensus: Numbers
    dividing: Numbers
    fewest: Numbers


def shared_ground(votes: VoteMatrix, found: OpinionMap) -> SharedGround:
    """Of every statement; readers without votes have no part. Raises ValueError for a map that has no model."""
    model = found.model
    if model is None:
        raise ValueError("too few votes for a map have no sides")
    voted = votes.per_reader() > 0
    answers = answers_of(only_readers(votes, voted))
    rates = net_rates(answers.row, answers.column, votes, found, voted)
    bridging = geometric_mean(
        smoothed(answers.column, rates, kernels(found, voted), answers.row, len(votes.statements))
    )
    agree, disagree, seen = side_counts(votes, sides(found, voted), voted)
    agreeing = beta.ppf(1 - CONFIDENCE, agree + 1, seen - agree + 1)
    bearing = beta.ppf(1 - CONFIDENCE, seen - disagree + 1, disagree + 1)
    return SharedGround(bridging, geometric_mean(agreeing * bearing), dividing(model), seen.min(axis=0))


def net_rates(row: Places, column: Places, votes: VoteMatrix, found: OpinionMap, voted: Flags) -> Numbers:
    """Each vote's agreeing, (N,): its probability without the reader's style, and what the vote says beyond that."""
    model = found.model
    assert model is not None
    base = (model.rates + model.b)[:, column]
    style = found.styles[:, voted][:, row]
    opinion = opinions(found, voted, row, column)
    free = probability_of_agreeing(base, opinion)
    expected = probability_of_agreeing(base + style, opinion)
    chosen = only_readers(votes, voted).values == 1
    return free + chosen - expected


def opinions(found: OpinionMap, voted: Flags, row: Places, column: Places) -> Numbers:
    """What pulls each vote towards agreeing, (N,)."""
    if isinstance(found.model, Classes):
        return np.asarray((found.membership[:, voted][:, row] * found.model.w[:, column]).sum(axis=0))
    assert isinstance(found.model, Spectrum)
    return np.asarray((found.positions[:, voted][:, row] * found.model.v[:, column]).sum(axis=0))


def probability_of_agreeing(logits: Numbers, opinion: Numbers) -> Numbers:
    odds = np.exp(logits + POLE[:, None] * opinion)
    return np.asarray(odds[0] / odds.sum(axis=0))


def kernels(found: OpinionMap, voted: Flags) -> Numbers:
    """How much each reader counts on each side: (sides, n)."""
    if len(found.membership):
        return found.membership[:, voted]
    if not len(found.positions):
        return np.ones((1, int(voted.sum())))
    place = found.positions[0, voted]
    points = np.quantile(place, np.linspace(0.02, 0.98, POINTS))
    width = BANDWIDTH * max(float(place.std()), 1e-9)
    return np.asarray(np.exp(-(((place - points[:, None]) / width) ** 2) / 2))


def smoothed(column: Places, rates: Numbers, weights: Numbers, row: Places, size: int) -> Numbers:
    """Rate of each statement on each side, (sides, S), drawn towards the statement's own rate."""
    number = np.bincount(column, minlength=size)
    overall = np.bincount(column, rates, minlength=size) / np.maximum(number, 1)
    found = np.empty((len(weights), size))
    for side, weight in enumerate(weights):
        of_votes = weight[row]
        mass = np.bincount(column, of_votes, minlength=size)
        total = np.bincount(column, of_votes * rates, minlength=size)
        found[side] = (total + PRIOR_VOTES * overall) / (mass + PRIOR_VOTES)
    return np.clip(found, 1e-6, 1.0)


def sides(found: OpinionMap, voted: Flags) -> Places:
    """The side of each reader, (n,): the likeliest group, a third of the spectrum, or one for all."""
    if len(found.membership):
        return found.membership[:, voted].argmax(axis=0)
    if not len(found.positions):
        return np.zeros(int(voted.sum()), dtype=np.int64)
    place = found.positions[0, voted]
    return np.searchsorted(np.quantile(place, [1 / THIRDS, 2 / THIRDS]), place)


def side_counts(votes: VoteMatrix, side: Places, voted: Flags) -> tuple[Numbers, Numbers, Numbers]:
    """Agreeing, disagreeing and all votes by side and statement, each (sides, S)."""
    kept = only_readers(votes, voted)
    size, number = len(votes.statements), int(side.max(initial=0)) + 1
    cell = side[kept.rows()] * size + kept.indices

    def table(chosen: Flags) -> Numbers:
        return np.bincount(cell[chosen], minlength=number * size).reshape(number, size).astype(float)

    return table(kept.values == 1), table(kept.values == -1), table(np.ones(kept.votes, dtype=bool))


def geometric_mean(numbers: Numbers) -> Numbers:
    """Over the sides: (sides, S) → (S,)."""
    return np.asarray(np.exp(np.log(np.maximum(numbers, 1e-12)).mean(axis=0)))


def dividing(model: Spectrum | Classes) -> Numbers:
    """Variance of the readers' opinions on each statement, (S,), in squared log-odds."""
    if isinstance(model, Classes):
        middle = model.shares @ model.w
        return np.asarray(model.shares @ (model.w - middle) ** 2)
    if not model.dimensions:
        return np.zeros(model.rates.shape[1])
    spread = np.atleast_2d(np.cov(model.u))
    return np.asarray(np.einsum("dm,de,em->m", model.v, spread, model.v))
