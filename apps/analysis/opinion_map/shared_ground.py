"""What all sides share and what divides them, statement by statement, whichever story the votes tell.

A side is a point of the spectrum with the readers around it, a group, or everybody. Rates are net of style: what
readers there would say if they answered as freely as the average reader does.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from apps.analysis.opinion_map.answers import POLE, Answers, answers_of, softmax
from apps.analysis.opinion_map.classes import Classes
from apps.analysis.opinion_map.dividing import dividing
from apps.analysis.opinion_map.opinion_map import OpinionMap
from apps.analysis.opinion_map.placing import chunks
from apps.analysis.opinion_map.spectrum import Spectrum
from apps.analysis.opinion_map.votes import Flags, Numbers, Places, VoteMatrix, only_readers, witnesses

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
    """Of every statement; readers without votes have no part, nor have implied votes. Raises ValueError for a map that
    has no model."""
    if found.model is None:
        raise ValueError("too few votes for a map have no sides")
    votes = witnesses(votes)
    mass, total, counts = side_sums(votes, found)
    bridging = geometric_mean(smoothed(mass, total))
    agree, disagree, seen = counts
    agreeing = beta.ppf(1 - CONFIDENCE, agree + 1, seen - agree + 1)
    bearing = beta.ppf(1 - CONFIDENCE, seen - disagree + 1, disagree + 1)
    return SharedGround(bridging, geometric_mean(agreeing * bearing), dividing(votes, found), seen.min(axis=0))


def side_sums(votes: VoteMatrix, found: OpinionMap) -> tuple[Numbers, Numbers, Numbers]:
    """Over readers in parts, so that memory does not grow with the votes: weight and net agreeing of each statement by
    point or group, (sides, S) each; and agreeing, disagreeing and all votes by side, (3, sides, S)."""
    voted, size = votes.per_reader() > 0, len(votes.statements)
    weights, side = kernels(found, voted), np.full(len(votes.readers), -1)
    side[voted] = sides(found, voted)
    spread = np.zeros((len(weights), len(votes.readers)))
    spread[:, voted] = weights
    mass, total = np.zeros((len(weights), size)), np.zeros((len(weights), size))
    counts = np.zeros((3, int(side.max()) + 1, size))
    for chosen in chunks(votes):
        part = only_readers(votes, chosen)
        answers = answers_of(part)
        rates = net_rates(answers, found, chosen)
        for number, weight in enumerate(spread[:, chosen]):
            of_votes = answers.to_votes(weight)
            mass[number] += np.bincount(answers.column, of_votes, minlength=size)
            total[number] += np.bincount(answers.column, of_votes * rates, minlength=size)
        counts += side_counts(part, side[chosen], counts.shape[1])
    return mass, total, counts


def net_rates(answers: Answers, found: OpinionMap, chosen: Flags) -> Numbers:
    """Each vote's agreeing, (N,): its probability without the reader's style, and what the vote says beyond that."""
    model = found.model
    assert model is not None
    base = (model.rates + model.b)[:, answers.column]
    opinion = opinions(found, chosen, answers)
    free = probability_of_agreeing(base, opinion)
    expected = probability_of_agreeing(base + answers.to_votes(found.styles[:, chosen]), opinion)
    return free + (answers.choice == 0) - expected


def opinions(found: OpinionMap, chosen: Flags, answers: Answers) -> Numbers:
    """What pulls each vote towards agreeing, (N,)."""
    if isinstance(found.model, Classes):
        return np.asarray(
            (answers.to_votes(found.membership[:, chosen]) * found.model.w[:, answers.column]).sum(axis=0)
        )
    assert isinstance(found.model, Spectrum)
    return np.asarray((answers.to_votes(found.positions[:, chosen]) * found.model.v[:, answers.column]).sum(axis=0))


def probability_of_agreeing(logits: Numbers, opinion: Numbers) -> Numbers:
    """Of each vote, (N,), from the log-odds of its choices (C, N) and what opinion adds to them, (N,)."""
    return np.asarray(softmax(logits + POLE[:, None] * opinion)[0])


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


def smoothed(mass: Numbers, total: Numbers) -> Numbers:
    """Rate of each statement on each side, (sides, S), drawn towards the statement's own rate over all sides."""
    overall = total.sum(axis=0) / np.maximum(mass.sum(axis=0), 1e-9)
    return np.clip((total + PRIOR_VOTES * overall) / (mass + PRIOR_VOTES), 1e-6, 1.0)


def sides(found: OpinionMap, voted: Flags) -> Places:
    """The side of each reader, (n,): the likeliest group, a third of the spectrum, or one for all."""
    if len(found.membership):
        return found.membership[:, voted].argmax(axis=0)
    if not len(found.positions):
        return np.zeros(int(voted.sum()), dtype=np.int64)
    place = found.positions[0, voted]
    return np.searchsorted(np.quantile(place, [1 / THIRDS, 2 / THIRDS]), place)


def side_counts(votes: VoteMatrix, side: Places, number: int) -> Numbers:
    """Agreeing, disagreeing and all votes by side and statement, (3, sides, S); `side` (P,) of each reader."""
    size = len(votes.statements)
    cell = np.repeat(side, votes.per_reader()) * size + votes.indices

    def table(chosen: Flags) -> Numbers:
        return np.bincount(cell[chosen], minlength=number * size).reshape(number, size).astype(float)

    return np.stack([table(votes.values == 1), table(votes.values == -1), table(np.ones(votes.votes, dtype=bool))])


def geometric_mean(numbers: Numbers) -> Numbers:
    """Over the sides: (sides, S) → (S,)."""
    return np.asarray(np.exp(np.log(np.maximum(numbers, 1e-12)).mean(axis=0)))
