"""Who is unsure: the share of each statement's voters that chose "unsure", everywhere and side by side."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from apps.analysis.opinion_map.opinion_map import OpinionMap
from apps.analysis.opinion_map.shared_ground import sides
from apps.analysis.opinion_map.votes import UNSURE, Numbers, VoteMatrix, witnesses

LEVEL = 0.95
FEWEST_HERE = 10


@dataclass(frozen=True)
class Unsure:
    """`share`, `low`, `high` (S,) of all votes. `of_sides`, `low_of_sides`, `high_of_sides` and `votes_of_sides`
    (sides, S): groups, thirds of the first axis, or everybody; NaN where a side has too few votes to be told.

    Intervals are those of the posterior under Jeffreys' prior (Brown, Cai & DasGupta 2001). Where nobody was ever
    unsure, the choice was not offered: every share is NaN.
    """

    share: Numbers
    low: Numbers
    high: Numbers
    of_sides: Numbers
    low_of_sides: Numbers
    high_of_sides: Numbers
    votes_of_sides: Numbers


def unsure(
    votes: VoteMatrix, found: OpinionMap, *, choices: tuple[int, ...] = (UNSURE,), fewest: int = FEWEST_HERE
) -> Unsure:
    """`choices`: which ones count; with neither as well it is who passes. Readers without votes have no part,
    nor have implied votes."""
    voted = votes.per_reader() > 0
    side = np.zeros(len(votes.readers), dtype=np.int64)
    side[voted] = sides(found, voted)
    votes = witnesses(votes)
    chosen = np.isin(votes.values, np.array(choices, dtype=np.int8))
    number = max(int(side.max(initial=0)) + 1, len(found.membership))
    cell = side[votes.rows()].astype(np.int64) * len(votes.statements) + votes.indices
    size = number * len(votes.statements)
    unsure_votes = np.bincount(cell[chosen], minlength=size).reshape(number, -1).astype(float)
    seen = np.bincount(cell, minlength=size).reshape(number, -1).astype(float)
    offered = bool(chosen.any())
    everywhere = shares(unsure_votes.sum(axis=0), seen.sum(axis=0), 1 if offered else np.inf)
    return Unsure(*everywhere, *shares(unsure_votes, seen, fewest if offered else np.inf), votes_of_sides=seen)


def shares(chosen: Numbers, seen: Numbers, fewest: float) -> tuple[Numbers, Numbers, Numbers]:
    """Share, lower and upper bound, each of the shape of the counts; NaN below `fewest`."""
    tail, enough = (1 - LEVEL) / 2, seen >= fewest
    share = np.divide(chosen, seen, out=np.full(chosen.shape, np.nan), where=enough & (seen > 0))
    low = np.where(chosen > 0, beta.ppf(tail, chosen + 0.5, seen - chosen + 0.5), 0.0)
    high = np.where(chosen < seen, beta.ppf(1 - tail, chosen + 0.5, seen - chosen + 0.5), 1.0)
    return share, np.where(enough, low, np.nan), np.where(enough, high, np.nan)
