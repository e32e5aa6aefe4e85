"""How readers answer, and along which axes they differ: log-odds of a choice as rates + habits + opinion.

    logit_c(i, j) = log r_jc + b_jc + a_ic + P_c · (u_i · v_j),    P = (+1, -1, 0, 0)

r are the statement's rates, b its correction, a the reader's style, u and v opinion and statement in d dimensions;
d = 0 is style alone. Gaussian priors on b, a, u and v, joint maximum (after logistic item-response models: Bock 1972;
Clinton, Jackman & Rivers 2004).
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from scipy.optimize import minimize

from apps.analysis.opinion_map.answers import POLE, Answers, offered_choices, softmax
from apps.analysis.opinion_map.votes import Numbers

START = 0.3
LEAST = 1e-300  # of a probability, so that its logarithm stays a number


@dataclass(frozen=True)
class Priors:
    """Precisions of the Gaussian priors. In d dimensions the opinion's is `opinion` · (1 + d) / 2."""

    style: float = 1.0
    opinion: float = 2.0
    statement: float = 3.0

    def of_opinion(self, dimensions: int) -> float:
        return self.opinion * (1 + dimensions) / 2


@dataclass(frozen=True)
class Spectrum:
    """`rates`, `b` (4, m), `v` (d, m) of statements; `a` (4, n), `u` (d, n) of readers. Rates of -inf: not offered."""

    rates: Numbers
    b: Numbers
    v: Numbers
    a: Numbers
    u: Numbers

    @property
    def dimensions(self) -> int:
        return len(self.v)


def fit_spectrum(
    answers: Answers, rates: Numbers, dimensions: int, priors: Priors, rng: np.random.Generator, *, steps: int = 100
) -> Spectrum:
    """The joint maximum, from a start drawn from `rng`; `rates` (4, m) as `log_rates` gives them."""
    offered = offered_choices(rates)
    shapes = [(len(offered), answers.statements), (len(offered), answers.readers)]
    shapes += [(dimensions, answers.readers), (dimensions, answers.statements)]
    problem = _Problem(answers, rates[offered], POLE[offered], np.searchsorted(offered, answers.choice), shapes, priors)
    habits = np.zeros(sum(rows * columns for rows, columns in shapes[:2]))
    opinions = START * rng.standard_normal(dimensions * (answers.readers + answers.statements))
    found = minimize(
        problem.loss,
        np.concatenate([habits, opinions]),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": steps, "maxcor": 12, "ftol": 1e-7},
    )
    b, a, u, v = problem.parts(found.x)
    return Spectrum(rates, whole(b, offered), v, whole(a, offered), u)


def whole(part: Numbers, offered: np.ndarray) -> Numbers:
    """Rows of the offered choices among those of all four; the others are 0."""
    filled = np.zeros((len(POLE), part.shape[1]))
    filled[offered] = part
    return filled


@dataclass(frozen=True)
class _Problem:
    answers: Answers
    rates: Numbers
    pole: Numbers
    choice: np.ndarray
    shapes: list[tuple[int, int]]
    priors: Priors

    @cached_property
    def cuts(self) -> list[int]:
        """Where each part begins in x, and where the last one ends."""
        return [0, *accumulate(rows * columns for rows, columns in self.shapes)]

    @cached_property
    def given(self) -> np.ndarray:
        """The place of each vote's choice among all probabilities (4, N), row by row."""
        return self.choice * len(self.choice) + np.arange(len(self.choice))

    def parts(self, x: Numbers) -> list[Numbers]:
        return [
            x[begin:end].reshape(shape) for (begin, end), shape in zip(pairwise(self.cuts), self.shapes, strict=True)
        ]

    def loss(self, x: Numbers) -> tuple[float, Numbers]:
        """Minus the log of the posterior, and its gradient. A map is made of some ten thousand of these."""
        answers, (b, a, u, v) = self.answers, self.parts(x)
        logits = (self.rates + b).take(answers.column, axis=1) + answers.to_votes(a)
        if len(u):
            opinion, statement = answers.to_votes(u), v.take(answers.column, axis=1)
            logits += self.pole[:, None] * (opinion * statement).sum(axis=0)
        error = softmax(logits)
        surprise = -np.log(np.maximum(error.take(self.given), LEAST)).sum()
        error.reshape(-1)[self.given] -= 1.0
        of_opinion = self.priors.of_opinion(len(u))
        strength = (self.priors.statement, self.priors.style, of_opinion, of_opinion)
        penalty = sum(prior * float((part**2).sum()) for prior, part in zip(strength, (b, a, u, v), strict=True))
        gradients = [
            answers.by_statement(error) + self.priors.statement * b,
            answers.by_reader(error) + self.priors.style * a,
        ]
        if len(u):
            pull = self.pole @ error
            gradients += [
                answers.by_reader(pull * statement) + of_opinion * u,
                answers.by_statement(pull * opinion) + of_opinion * v,
            ]
        return float(surprise) + penalty / 2, np.concatenate([gradient.ravel() for gradient in gradients])


def log_probabilities(model: Spectrum, row: np.ndarray, column: np.ndarray) -> Numbers:
    """Log of the probability of each choice: (4, N) for readers `row` (N,) and statements `column` (N,)."""
    opinion = (model.u[:, row] * model.v[:, column]).sum(axis=0)
    logits = model.rates[:, column] + model.b[:, column] + model.a[:, row] + POLE[:, None] * opinion
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(softmax(logits)))
