"""What an end of the axis, or a group, stands for: statements that it answers otherwise than everybody else does.

Who finds a side by some votes must not prove by the same votes that it differs: sides that mean nothing would always
seem to. So each vote is counted for a side that was told without it (`folds`). A difference is that of log-odds of
agreeing against disagreeing, net of habits, for a side that agrees with anything stands for nothing. Of those that are
told at most a share of `level` is expected to be chance (Benjamini & Hochberg 1995).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import false_discovery_control, norm

from apps.analysis.opinion_map.folds import UNPLACED, CrossedSides, crossed_sides
from apps.analysis.opinion_map.opinion_map import FEWEST_VOTES, VOTES_TO_FIT, OpinionMap, sample_of_readers
from apps.analysis.opinion_map.votes import AGREE, DISAGREE, Flags, Numbers, VoteMatrix, only_readers, witnesses

FEWEST_HERE = 10  # votes of a side, and of all others, before anything is said of it
LEVEL = 0.1
CREDIBLE = 0.95
PRIOR_DIFFERENCE, PRIOR_MIDDLE = 0.25, 0.1  # precisions: a difference beyond four log-odds is rare
STEPS = 20
LONGEST_STEP = 2.0
STREAM = 1  # of random numbers, apart from those of the map itself


@dataclass(frozen=True)
class EndStatement:
    """One statement that a side stands for: an end of the first axis (0, 1) or a group, by its place in the map.

    `column` is the statement's place, `choice` what most of the side chose, +1 or -1. `difference` is the posterior's
    mean with its 95 % interval, positive where the side agrees more than all others; `q` the adjusted p-value. Shares
    are raw, of all votes there.
    """

    side: int
    column: int
    choice: int
    difference: float
    low: float
    high: float
    q: float
    agree_here: float
    disagree_here: float
    agree_elsewhere: float
    disagree_elsewhere: float
    votes_here: int
    votes_elsewhere: int


@dataclass(frozen=True)
class Comparison:
    """One side against all others, each of shape (S,); `p` is 1 where too few voted."""

    difference: Numbers
    error: Numbers
    p: Numbers
    here: Numbers
    elsewhere: Numbers


def ends(
    votes: VoteMatrix, found: OpinionMap, *, seed: int, fewest: int = FEWEST_HERE, level: float = LEVEL
) -> tuple[EndStatement, ...]:
    """Side by side, the clearest first; nothing where the story has no sides. The same seed tells the same."""
    if found.model is None or found.story.kind == "none":
        return ()
    rng = np.random.default_rng([seed, STREAM])
    able = only_readers(votes, votes.per_reader() >= max(1, min(FEWEST_VOTES, len(votes.statements))))
    asked = witnesses(sample_of_readers(able, VOTES_TO_FIT, rng))
    crossed = crossed_sides(asked, found, share_of_an_end(len(asked.readers), fewest), rng)
    sides = found.story.size if found.story.kind == "groups" else 2
    compared = [compare(asked, crossed, side, fewest) for side in range(sides)]
    q = adjusted(np.stack([each.p for each in compared]))
    return tuple(one for side, each in enumerate(compared) for one in told(side, each, q[side], level))


def share_of_an_end(readers: int, fewest: int) -> float:
    """A third of the readers; more, up to half of them, where a third would be too few to tell anything."""
    return max(1 / 3, min(1 / 2, 2 * fewest / max(readers, 1)))


def compare(votes: VoteMatrix, crossed: CrossedSides, side: int, fewest: int) -> Comparison:
    """Each statement's votes of one side against those of all readers elsewhere."""
    here = crossed.side == side
    tables = [by_choice(votes, here), by_choice(votes, ~here & (crossed.side != UNPLACED))]
    enough = (tables[0].sum(axis=0) >= fewest) & (tables[1].sum(axis=0) >= fewest)
    leaning = (crossed.side != UNPLACED) & np.isin(votes.values, (AGREE, DISAGREE)) & enough[votes.indices]
    rates = _TwoRates(
        column=votes.indices[leaning],
        size=len(votes.statements),
        agrees=votes.values[leaning] == AGREE,
        here=here[leaning],
        readiness=crossed.readiness[leaning],
    )
    difference, error = rates.posterior()
    return Comparison(difference, error, np.where(enough, rates.p_values(), 1.0), *tables)


def by_choice(votes: VoteMatrix, chosen: Flags) -> Numbers:
    """Agreeing, disagreeing and other votes of each statement among those chosen: (3, S)."""
    kinds = (votes.values == AGREE, votes.values == DISAGREE, ~np.isin(votes.values, (AGREE, DISAGREE)))
    size = len(votes.statements)
    return np.stack([np.bincount(votes.indices[chosen & kind], minlength=size) for kind in kinds]).astype(float)


@dataclass(frozen=True)
class _TwoRates:
    """Logistic regressions of all statements at once: a rate elsewhere, and how far the rate of a side is from it.

        log-odds of agreeing = readiness of the reader + middle_j + difference_j · (is here)

    `column`, `agrees`, `here`, `readiness` (n,) of votes that agree or disagree.
    """

    column: NDArray[np.int32]
    size: int
    agrees: Flags
    here: Flags
    readiness: Numbers

    def sums(self, numbers: Numbers) -> Numbers:
        return np.asarray(np.bincount(self.column, numbers, minlength=self.size), dtype=np.float64)

    def residuals(self, middle: Numbers, difference: Numbers) -> tuple[Numbers, Numbers]:
        """What each vote says beyond its probability, and that probability's variance: (n,) twice."""
        expected = expit(self.readiness + middle[self.column] + difference[self.column] * self.here)
        return self.agrees - expected, expected * (1 - expected)

    def posterior(self) -> tuple[Numbers, Numbers]:
        """Mean and standard deviation of each difference, (S,): Newton's method, then the bend at the top."""
        middle, difference = np.zeros(self.size), np.zeros(self.size)
        for step in range(STEPS + 1):
            beyond, weight = self.residuals(middle, difference)
            both = self.sums(weight * self.here)
            of_middle, of_difference = self.sums(weight) + PRIOR_MIDDLE, both + PRIOR_DIFFERENCE
            whole = of_middle * of_difference - both**2
            if step == STEPS:
                break
            up = self.sums(beyond) - PRIOR_MIDDLE * middle
            apart = self.sums(beyond * self.here) - PRIOR_DIFFERENCE * difference
            middle = middle + bounded((of_difference * up - both * apart) / whole)
            difference = difference + bounded((of_middle * apart - both * up) / whole)
        return difference, np.sqrt(of_middle / whole)

    def p_values(self) -> Numbers:
        """Two-sided, of no difference: the efficient score test (Rao 1948), corrected for whole votes (Yates)."""
        middle, nothing = np.zeros(self.size), np.zeros(self.size)
        for _ in range(STEPS):
            beyond, weight = self.residuals(middle, nothing)
            middle = middle + bounded((self.sums(beyond) - PRIOR_MIDDLE * middle) / (self.sums(weight) + PRIOR_MIDDLE))
        beyond, weight = self.residuals(middle, nothing)
        all_votes = np.maximum(self.sums(weight), 1e-12)
        share = self.sums(weight * self.here) / all_votes
        score = self.sums(beyond * self.here) - share * self.sums(beyond)
        spread = np.sqrt(np.maximum(all_votes * share * (1 - share), 0.0))
        z = np.divide(np.maximum(np.abs(score) - 0.5, 0.0), spread, out=np.zeros(self.size), where=spread > 1e-6)
        return np.asarray(2 * norm.sf(z))


def bounded(step: Numbers) -> Numbers:
    """A step of Newton's method, cut to `LONGEST_STEP` either way."""
    return np.clip(step, -LONGEST_STEP, LONGEST_STEP)


def adjusted(p: Numbers) -> Numbers:
    """Benjamini and Hochberg's, over all sides and statements that could be tested: (sides, S) → (sides, S)."""
    q = np.ones_like(p)
    tested = p < 1.0
    if tested.any():
        q[tested] = false_discovery_control(p[tested])
    return q


def told(side: int, compared: Comparison, q: Numbers, level: float) -> list[EndStatement]:
    """What is both clearly otherwise and the side's own word: a side that merely agrees less does not disagree."""
    here, elsewhere = compared.here, compared.elsewhere
    choice = np.sign(here[0] - here[1]).astype(int)
    bound = norm.ppf((1 + CREDIBLE) / 2) * compared.error
    clear = np.abs(compared.difference) - bound
    columns = np.flatnonzero((q <= level) & (choice == np.sign(compared.difference)) & (choice != 0))
    shares = [table[:2] / np.maximum(table.sum(axis=0), 1) for table in (here, elsewhere)]
    return [
        EndStatement(
            side=side,
            column=int(column),
            choice=int(choice[column]),
            difference=float(compared.difference[column]),
            low=float(compared.difference[column] - bound[column]),
            high=float(compared.difference[column] + bound[column]),
            q=float(q[column]),
            agree_here=float(shares[0][0, column]),
            disagree_here=float(shares[0][1, column]),
            agree_elsewhere=float(shares[1][0, column]),
            disagree_elsewhere=float(shares[1][1, column]),
            votes_here=int(here[:, column].sum()),
            votes_elsewhere=int(elsewhere[:, column].sum()),
        )
        for column in columns[np.argsort(-clear[columns], kind="stable")]
    ]
