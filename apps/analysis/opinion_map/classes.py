"""Habits and groups: as a spectrum, but the opinion is one of k, and which one a reader holds is known only softly.

    logit_c(i, j) = log r_jc + b_jc + a_ic + P_c · w_{g(i) j}

Fitted by expectation and maximisation, with one Newton step for each part at a time (McLachlan & Peel 2000, ch. 2).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.answers import POLE, Answers, offered_choices
from apps.analysis.opinion_map.clusters import k_means
from apps.analysis.opinion_map.spectrum import Priors, Spectrum, whole
from apps.analysis.opinion_map.votes import Numbers

PRIOR_GROUP = 0.5
LONGEST_STEP = 1.0
STARTS = 3
TRIAL_STEPS = 8
SETTLING_STEPS = 10
ENOUGH = 1e-6


@dataclass(frozen=True)
class Classes:
    """`rates`, `b` (4, m); `w` (k, m) of groups; `a` (4, n), `membership` (k, n) of readers, each column adding to 1;
    `shares` (k,) of the groups."""

    rates: Numbers
    b: Numbers
    w: Numbers
    a: Numbers
    membership: Numbers
    shares: Numbers

    @property
    def k(self) -> int:
        return len(self.w)

    @property
    def groups(self) -> NDArray[np.int64]:
        return self.membership.argmax(axis=0)


def fit_classes(
    answers: Answers, start: Spectrum, k: int, priors: Priors, rng: np.random.Generator, *, steps: int = 60
) -> Classes:
    """Groups from a spectrum of the same answers: the likeliest of some starts among its positions is finished."""
    fit = _Fit(answers, start, k, priors)
    tried = [fit.improve(fit.begin(start.u, rng), TRIAL_STEPS) for _ in range(STARTS)]
    best = max(range(STARTS), key=lambda number: tried[number][1])
    state, _ = fit.improve(tried[best][0], steps)
    offered = fit.offered
    return Classes(
        start.rates, whole(state.b, offered), state.w, whole(state.a, offered), state.membership, state.shares
    )


@dataclass(frozen=True)
class _State:
    b: Numbers
    a: Numbers
    w: Numbers
    membership: Numbers
    shares: Numbers


class _Fit:
    """One fit: what stays the same from step to step."""

    def __init__(self, answers: Answers, start: Spectrum, k: int, priors: Priors) -> None:
        self.answers, self.k, self.priors = answers, k, priors
        self.offered = offered_choices(start.rates)
        self.rates = start.rates[self.offered]
        self.first_b, self.first_a = start.b[self.offered], start.a[self.offered]
        self.pole = POLE[self.offered]
        self.choice = np.searchsorted(self.offered, answers.choice)
        self.vote = np.arange(len(answers.row))
        self.given_pull = self.pole[self.choice]

    def begin(self, positions: Numbers, rng: np.random.Generator) -> _State:
        """Readers near one another, around centres drawn among them, far apart (Arthur & Vassilvitskii 2007)."""
        points = positions.T
        order = spread_out(points, self.k, rng)
        _, labels = k_means(
            np.concatenate([points[order], points]), np.ones(len(points) + len(order)), self.k, steps=10
        )
        membership = np.full((self.k, len(points)), 0.1 / self.k)
        membership[labels[len(order) :], np.arange(len(points))] += 0.9
        w = np.zeros((self.k, self.answers.statements))
        return _State(self.first_b, self.first_a, w, membership, membership.mean(axis=1))

    def improve(self, state: _State, steps: int) -> tuple[_State, float]:
        """After so many steps, or where they stop helping: the state and its likelihood per vote."""
        before = -np.inf
        for _ in range(steps):
            state, likelihood = self.step(state)
            if abs(likelihood - before) < ENOUGH:
                break
            before = likelihood
        return state, likelihood

    def step(self, state: _State) -> tuple[_State, float]:
        """Opinions of the groups, then habits of the readers, then who belongs where. One at a time: all at once they
        overshoot together. What the statements' own corrections could still add, the opinions take up."""
        odds = np.exp(self.habits(state))
        state = replace(state, w=self.opinions(state, odds))
        state = replace(state, a=self.styles(state, odds))
        membership, evidence = self.expect(state, self.habits(state))
        shares = (membership.sum(axis=1) + 1) / (self.answers.readers + self.k)
        return replace(state, membership=membership, shares=shares), evidence / len(self.vote)

    def opinions(self, state: _State, odds: Numbers) -> Numbers:
        moved = np.empty_like(state.w)
        for group, w in enumerate(state.w):
            of_votes = self.answers.to_votes(state.membership[group])
            probability = self.probabilities(odds, w)
            pull = self.pole @ probability
            slope = of_votes * (pull - self.given_pull)
            bend = of_votes * ((self.pole**2) @ probability - pull**2)
            sums = self.answers.by_statement(np.stack([slope, bend]))
            moved[group] = w - newton(sums[0], sums[1], w, PRIOR_GROUP)
        return moved

    def styles(self, state: _State, odds: Numbers) -> Numbers:
        """Half of Newton's step on each coordinate: together those of a softmax bend at most twice as much."""
        error, weight = np.zeros_like(odds), np.zeros_like(odds)
        for group, w in enumerate(state.w):
            of_votes = self.answers.to_votes(state.membership[group])
            probability = self.probabilities(odds, w)
            expected = of_votes * probability
            error += expected
            expected *= 1 - probability
            weight += expected
        error[self.choice, self.vote] -= 1.0
        slope, bend = self.answers.by_reader(error), self.answers.by_reader(weight)
        return state.a - newton(slope, bend, state.a, self.priors.style) / 2

    def settle(self, state: _State, steps: int) -> _State:
        """Readers' habits and groups, the groups' opinions taken as known."""
        for _ in range(steps):
            habits = self.habits(state)
            state = replace(state, membership=self.expect(state, habits)[0])
            state = replace(state, a=self.styles(state, np.exp(habits)))
        return replace(state, membership=self.expect(state, self.habits(state))[0])

    def habits(self, state: _State) -> Numbers:
        return (self.rates + state.b).take(self.answers.column, axis=1) + self.answers.to_votes(state.a)

    def expect(self, state: _State, habits: Numbers) -> tuple[Numbers, float]:
        """Each reader's probabilities of the groups, (k, n), and the log-likelihood."""
        odds, chosen = np.exp(habits), habits[self.choice, self.vote]
        log = np.empty((self.k, self.answers.readers))
        for group, w in enumerate(state.w):
            t = w[self.answers.column]
            total = self.tilted(odds, t).sum(axis=0)
            log[group] = self.answers.by_reader(chosen + self.given_pull * t - np.log(total))
        log += np.log(state.shares)[:, None]
        top = log.max(axis=0)
        odds_of_groups = np.exp(log - top)
        total = odds_of_groups.sum(axis=0)
        return odds_of_groups / total, float((np.log(total) + top).sum())

    def probabilities(self, odds: Numbers, w: Numbers) -> Numbers:
        tilted = self.tilted(odds, w[self.answers.column])
        tilted /= tilted.sum(axis=0)
        return tilted

    def tilted(self, odds: Numbers, t: Numbers) -> Numbers:
        """Odds (C, N) once an opinion t (N,) pulls agreeing up and disagreeing down."""
        up = np.exp(t)
        tilted = odds.copy()
        tilted[0] *= up
        tilted[1] /= up
        return tilted


def settle_in(
    answers: Answers, model: Classes, priors: Priors, *, steps: int = SETTLING_STEPS
) -> tuple[Numbers, Numbers]:
    """Habits (4, n) and memberships (k, n) of readers, known or new, under a model that stays as it is."""
    nobody = Spectrum(
        model.rates,
        model.b,
        np.zeros((0, answers.statements)),
        np.zeros((len(POLE), answers.readers)),
        np.zeros((0, answers.readers)),
    )
    fit = _Fit(answers, nobody, model.k, priors)
    everywhere = np.repeat(model.shares[:, None], answers.readers, axis=1)
    state = fit.settle(_State(fit.first_b, fit.first_a, model.w, everywhere, model.shares), steps)
    return whole(state.a, fit.offered), state.membership


def newton(slope: Numbers, bend: Numbers, at: Numbers, prior: float) -> Numbers:
    """One step downhill on each coordinate, not longer than `LONGEST_STEP`."""
    return np.clip((slope + prior * at) / (bend + prior), -LONGEST_STEP, LONGEST_STEP)


def spread_out(points: Numbers, k: int, rng: np.random.Generator) -> list[int]:
    """Places of k of the points (n, d), each drawn with odds by its squared distance to those before it."""
    drawn = [int(rng.integers(len(points)))]
    nearest = ((points - points[drawn[0]]) ** 2).sum(axis=1)
    while len(drawn) < k:
        total = nearest.sum()
        odds = nearest / total if total > 0 else np.full(len(points), 1 / len(points))
        drawn.append(int(rng.choice(len(points), p=odds)))
        nearest = np.minimum(nearest, ((points - points[drawn[-1]]) ** 2).sum(axis=1))
    return drawn


def log_probabilities_of(model: Classes, row: NDArray[np.int64], column: NDArray[np.int64]) -> Numbers:
    """Log of the probability of each of the four choices, over the groups a reader may belong to: (4, N)."""
    habits = np.exp(model.rates[:, column] + model.b[:, column] + model.a[:, row])
    mixed = np.zeros_like(habits)
    for group in range(model.k):
        tilted = habits * np.exp(POLE[:, None] * model.w[group, column])
        mixed += model.membership[group, row] * tilted / tilted.sum(axis=0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(mixed))
