"""Where a reader stands, given what is known of the statements: in as many steps as votes, with how sure that is."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from apps.analysis.opinion_map.answers import POLE, Answers, answers_of, offered_choices, softmax
from apps.analysis.opinion_map.classes import Classes, settle_in
from apps.analysis.opinion_map.spectrum import Priors, Spectrum
from apps.analysis.opinion_map.votes import Numbers, VoteMatrix, only_readers

STEPS = 6
LONGEST_STEP = 2.0
CHUNK = 200_000  # votes at a time


@dataclass(frozen=True)
class Places:
    """`style` (4, P), `position` and its standard deviation `spread` (d, P); who is silent stands at the prior."""

    style: Numbers
    position: Numbers
    spread: Numbers


def place_on_spectrum(votes: VoteMatrix, model: Spectrum, priors: Priors) -> Places:
    """The most probable style and position of each reader (Newton's method), the statements taken as known."""
    dimensions, people = model.dimensions, len(votes.readers)
    style, position = np.zeros((len(POLE), people)), np.zeros((dimensions, people))
    spread = np.full((dimensions, people), 1 / np.sqrt(priors.of_opinion(dimensions)))
    offered = offered_choices(model.rates)
    for chosen in chunks(votes):
        answers = answers_of(only_readers(votes, chosen))
        found = _Newton(answers, model, priors).solve()
        style[np.ix_(offered, chosen)] = found.style
        position[:, chosen], spread[:, chosen] = found.position, found.spread
    return Places(style, position, spread)


def place_in_groups(votes: VoteMatrix, model: Classes, priors: Priors) -> tuple[Numbers, Numbers]:
    """Style (4, P) and probabilities of the groups (k, P); who is silent is as everybody."""
    style = np.zeros((len(POLE), len(votes.readers)))
    membership = np.repeat(model.shares[:, None], len(votes.readers), axis=1)
    for chosen in chunks(votes):
        style[:, chosen], membership[:, chosen] = settle_in(answers_of(only_readers(votes, chosen)), model, priors)
    return style, membership


def chunks(votes: VoteMatrix) -> Iterator[np.ndarray]:
    """Flags of readers with votes, some at a time: (P,)."""
    number = votes.indptr[:-1] // CHUNK
    for part in np.unique(number[votes.per_reader() > 0]):
        yield (number == part) & (votes.per_reader() > 0)


class _Newton:
    """All readers of a chunk at once. A reader's unknowns are the style of each offered choice, then the position."""

    def __init__(self, answers: Answers, model: Spectrum, priors: Priors) -> None:
        self.answers, self.offered = answers, offered_choices(model.rates)
        self.pole = POLE[self.offered]
        self.base = (model.rates + model.b)[self.offered][:, answers.column]
        self.statement = model.v[:, answers.column]
        self.choice = np.searchsorted(self.offered, answers.choice)
        precision = [priors.style] * len(self.offered) + [priors.of_opinion(model.dimensions)] * model.dimensions
        self.precision = np.array(precision)

    def solve(self) -> Places:
        width, choices = len(self.precision), len(self.offered)
        x = np.zeros((width, self.answers.readers))
        for _ in range(STEPS):
            slope, bend = self.derivatives(x)
            step = np.linalg.solve(bend, slope.T[:, :, None])[:, :, 0].T
            x -= np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        variance = np.linalg.inv(self.derivatives(x)[1]).diagonal(axis1=1, axis2=2).T
        return Places(x[:choices], x[choices:], np.sqrt(variance[choices:]))

    def derivatives(self, x: Numbers) -> tuple[Numbers, Numbers]:
        """Of minus the log of the posterior: slope (width, n) and bend (n, width, width)."""
        answers, choices = self.answers, len(self.offered)
        here = answers.to_votes(x)
        logits = self.base + here[:choices] + self.pole[:, None] * (here[choices:] * self.statement).sum(axis=0)
        probability = softmax(logits)
        error = probability.copy()
        error[self.choice, np.arange(len(self.choice))] -= 1.0
        slope = np.concatenate([error, (self.pole @ error) * self.statement])
        pull = self.pole @ probability
        bend = np.empty((answers.readers, len(x), len(x)))
        for one in range(len(x)):
            for other in range(one, len(x)):
                bend[:, one, other] = bend[:, other, one] = answers.by_reader(
                    self.product(one, other, probability, pull)
                )
        bend += np.diag(self.precision)
        return answers.by_reader(slope) + self.precision[:, None] * x, bend

    def product(self, one: int, other: int, probability: Numbers, pull: Numbers) -> Numbers:
        """Covariance of two features of the choice, per vote: (N,)."""
        choices = len(self.offered)
        if other < choices:
            both = -probability[one] * probability[other]
            return both + probability[one] if one == other else both
        along = self.statement[other - choices]
        if one < choices:
            return probability[one] * (self.pole[one] - pull) * along
        return self.statement[one - choices] * along * ((self.pole**2) @ probability - pull**2)
