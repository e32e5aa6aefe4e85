"""What Polis says of statements once there are groups: representative ones, consensus, majority, what to ask next."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.polis import UNGROUPED, PolisMap
from apps.analysis.opinion_map.votes import AGREE, DISAGREE, Numbers, VoteMatrix

SIGNIFICANT = 1.2816  # one-sided, 90 %
META_PRIORITY = 49.0


@dataclass(frozen=True)
class GroupCounts:
    """Votes by group and statement, each of shape (k, S): agreeing, disagreeing, and all including passes."""

    agree: Numbers
    disagree: Numbers
    seen: Numbers


@dataclass(frozen=True)
class Representativeness:
    """Each of shape (k, S). `direction` is +1 or -1; `metric` is 0 where a statement does not pass both tests."""

    direction: NDArray[np.int8]
    probability: Numbers
    probability_test: Numbers
    ratio: Numbers
    ratio_test: Numbers
    metric: Numbers


def group_counts(votes: VoteMatrix, groups: NDArray[np.int64], k: int) -> GroupCounts:
    """`groups` (P,) from 0, -1 for readers outside, who are left out."""
    owner = groups[votes.rows()]
    counted = owner != UNGROUPED
    cell = owner[counted] * len(votes.statements) + votes.indices[counted]
    values = votes.values[counted]

    def table(chosen: NDArray[np.bool_]) -> Numbers:
        size = k * len(votes.statements)
        return np.bincount(cell[chosen], minlength=size).reshape(k, -1).astype(float)

    return GroupCounts(table(values == AGREE), table(values == DISAGREE), table(np.ones(len(values), dtype=bool)))


def representativeness(counts: GroupCounts) -> Representativeness:
    """For each group, statements on which it differs from all others together; one added vote tempers extremes."""
    agree = one_direction(counts.agree, counts.seen)
    disagree = one_direction(counts.disagree, counts.seen)
    agrees = agree.ratio_test > disagree.ratio_test
    picked = [np.where(agrees, mine, other) for mine, other in zip(agree.all, disagree.all, strict=True)]
    probability, probability_test, ratio, ratio_test = picked
    passes = (probability_test > SIGNIFICANT) & (ratio_test > SIGNIFICANT)
    metric = np.where(passes, ratio * ratio_test * probability * probability_test, 0.0)
    direction = np.where(agrees, 1, -1).astype(np.int8)
    return Representativeness(direction, probability, probability_test, ratio, ratio_test, metric)


@dataclass(frozen=True)
class _Direction:
    probability: Numbers
    probability_test: Numbers
    ratio: Numbers
    ratio_test: Numbers

    @property
    def all(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        return self.probability, self.probability_test, self.ratio, self.ratio_test


def one_direction(chosen: Numbers, seen: Numbers) -> _Direction:
    """Votes one way (k, S) of all votes (k, S): share, its test against one half, ratio to the rest, its test."""
    rest_chosen, rest_seen = chosen.sum(axis=0) - chosen, seen.sum(axis=0) - seen
    probability = (chosen + 1) / (seen + 2)
    ratio = probability / ((rest_chosen + 1) / (rest_seen + 2))
    return _Direction(
        probability, proportion_test(chosen, seen), ratio, two_proportions(chosen, seen, rest_chosen, rest_seen)
    )


def proportion_test(chosen: Numbers, seen: Numbers) -> Numbers:
    """z of a share against one half, one vote added to both counts."""
    return 2 * np.sqrt(seen + 1) * ((chosen + 1) / (seen + 1) - 0.5)


def two_proportions(chosen: Numbers, seen: Numbers, other_chosen: Numbers, other_seen: Numbers) -> Numbers:
    """Pooled z of two shares, one vote added to all four counts; 0 where both are whole."""
    first, second = (chosen + 1) / (seen + 1), (other_chosen + 1) / (other_seen + 1)
    pooled = (chosen + other_chosen + 2) / (seen + other_seen + 2)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (other_seen + 1)))
    return np.divide(first - second, spread, out=np.zeros_like(first), where=spread > 0)


def representative_statements(found: Representativeness, *, most: int = 5) -> list[NDArray[np.intp]]:
    """For each group the places of its statements, the most representative first."""
    order = np.argsort(-found.metric, axis=1, kind="stable")
    return [row[metric[row] > 0][:most] for row, metric in zip(order, found.metric, strict=True)]


def group_aware_consensus(counts: GroupCounts) -> Numbers:
    """Product over groups of the share that agrees, one of two added: shape (S,)."""
    return np.asarray(np.prod((counts.agree + 1) / (counts.seen + 2), axis=0))


def majorities(votes: VoteMatrix, *, most: int = 5) -> dict[int, NDArray[np.intp]]:
    """For +1 and -1 the places of statements that more than half of all voters chose so, the clearest first."""
    counts = votes.counts().astype(float)
    seen = counts.sum(axis=1)
    return {AGREE: _majority(counts[:, 0], seen, most), DISAGREE: _majority(counts[:, 1], seen, most)}


def _majority(chosen: Numbers, seen: Numbers, most: int) -> NDArray[np.intp]:
    share, test = (chosen + 1) / (seen + 2), proportion_test(chosen, seen)
    order = np.argsort(-share * test, kind="stable")
    return order[(share[order] > 0.5) & (test[order] > SIGNIFICANT)][:most]


def priorities(votes: VoteMatrix, found: PolisMap, *, meta: NDArray[np.bool_] | None = None) -> Numbers:
    """How eagerly Polis asks each statement next, shape (S,): extreme, agreed with and new ones come first."""
    agree, disagree, neither, unsure = votes.counts().astype(float).T
    seen = agree + disagree + neither + unsure
    passing, agreeing = (neither + unsure + 1) / (seen + 2), (agree + 1) / (seen + 2)
    extremity = np.hypot(*(np.sqrt(len(seen)) * (1 - found.means) * axis for axis in found.axes))
    wanted = ((1 - passing) * (extremity + 1) * agreeing * (1 + 8 * 2.0 ** (-seen / 5))) ** 2
    return wanted if meta is None else np.where(meta, META_PRIORITY, wanted)
