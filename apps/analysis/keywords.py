"""Words that one side uses and the other does not. Counts are answers that hold a word."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import Counts

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class LogOdds:
    """Of each word, (words,): `difference` of its log-odds on the two sides, positive for the first, and that by its
    standard error, `z`."""

    difference: Numbers
    z: Numbers


@dataclass(frozen=True)
class Keyword:
    """`word`: its place in the counts. `answers` of the side hold it, `lift` times as many as among all."""

    word: int
    z: float
    lift: float
    answers: int


def log_odds(one: Counts, other: Counts, prior: Numbers | float) -> LogOdds:
    """Two sides' counts (words,) with a Dirichlet prior, one number for all words or (words,) of them.

    δ = ln[(y + a) / (n + a₀ - y - a)] of the first side less the same of the second, with n = Σ y and a₀ = Σ a;
    variance 1 / (y₁ + a) + 1 / (y₂ + a) (Monroe, Colaresi & Quinn 2008, 15, 16, 19 … 22). A single word is no more one
    side's than the other's: 0.
    """
    if len(one) == 1:
        return LogOdds(np.zeros(1), np.zeros(1))
    prior = np.broadcast_to(np.asarray(prior, dtype=np.float64), one.shape)
    first, second = one + prior, other + prior
    difference = np.log(first / (first.sum() - first)) - np.log(second / (second.sum() - second))
    return LogOdds(difference, difference / np.sqrt(1 / first + 1 / second))


def background_prior(background: Counts, strength: float) -> Numbers:
    """Imagined counts (words,) that sum to `strength`, shared out as the words are among all answers; none is zero."""
    shares = background + 0.5
    return strength * shares / shares.sum()


def lift(one: Counts, answers: int, other: Counts, others: int) -> Numbers:
    """P(word | first side) / P(word) of each word, (words,), with the numbers of answers on both sides; 0 where nobody
    used the word."""
    among_all = (one + other) / max(answers + others, 1)
    return np.divide(one / max(answers, 1), among_all, out=np.zeros(len(one)), where=among_all > 0)


def keywords(
    one: Counts, answers: int, other: Counts, others: int, *, strength: float, support: int, most: int = 20
) -> tuple[Keyword, ...]:
    """The words most typical of the first side, strongest first, held by at least `support` of its answers.

    The prior is what both sides together say.
    """
    z = log_odds(one, other, background_prior(one + other, strength)).z
    lifts = lift(one, answers, other, others)
    typical = np.flatnonzero((one >= support) & (z > 0))
    order = typical[np.argsort(-z[typical], kind="stable")][:most]
    return tuple(Keyword(int(word), float(z[word]), float(lifts[word]), int(one[word])) for word in order)
