"""A worth for each option, from all choices at once, also of readers who ranked only a few (Luce 1959, Plackett 1975).

At each stage an option is taken with its share of the worth of all that are still open.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from apps.analysis.choices import Stages, preferences

Numbers = NDArray[np.float64]

PRIOR = 1.0
"""Imagined duels that each option wins, and that it loses, against an option that nobody knows."""
STEPS, CLOSE = 10_000, 1e-10


@dataclass(frozen=True)
class Worths:
    """`worths` (k,) sum to 1: how likely each option is put first. `covariance` (k, k) is that of ln(worth) less its
    mean, `errors` (k,) the roots of its diagonal. `prior`: imagined duels of each option, 0 where none were needed."""

    worths: Numbers
    errors: Numbers
    covariance: Numbers
    prior: float
    steps: int


def plackett_luce(chosen: Stages) -> Worths | None:
    """Largest likelihood by Hunter's MM algorithm (2004). None where nobody chose or there is one option.

    There is a finite largest likelihood only where no part of the options always beats the rest (Ford 1957). Elsewhere
    each option duels with an unknown one, winning and losing `PRIOR` times (Turner et al. 2020).
    """
    if chosen.options < 2 or not chosen.readers.any():
        return None
    open_options, taken, readers = chosen.open, chosen.taken, chosen.readers.astype(np.float64)
    prior = 0.0 if connected(chosen) else PRIOR
    if prior:
        open_options, taken, readers = with_unknown_option(open_options, taken, readers)
    a_choice = open_options.sum(axis=1) > 1
    open_options, taken, readers = open_options[a_choice], taken[a_choice], readers[a_choice]
    worths, steps = largest_likelihood(open_options.astype(np.float64), taken, readers)
    covariance = centred_covariance(worths, open_options, readers, chosen.options)
    real = worths[: chosen.options] / worths[: chosen.options].sum()
    return Worths(real, np.sqrt(np.diag(covariance)), covariance, prior, steps)


def connected(chosen: Stages) -> bool:
    """Whether from each option a chain of wins leads to each other one."""
    return int(connected_components(preferences(chosen) > 0, connection="strong", return_labels=False)) == 1


def with_unknown_option(
    open_options: NDArray[np.bool_], taken: NDArray[np.int64], readers: Numbers
) -> tuple[NDArray[np.bool_], NDArray[np.int64], Numbers]:
    """The same stages and two duels of each option with one more, which comes last."""
    size = open_options.shape[1]
    duels = np.column_stack([np.eye(size, dtype=bool), np.ones(size, dtype=bool)])
    real = np.column_stack([open_options, np.zeros(len(open_options), dtype=bool)])
    return (
        np.vstack([real, duels, duels]),
        np.concatenate([taken, np.arange(size), np.full(size, size)]),
        np.concatenate([readers, np.full(2 * size, PRIOR)]),
    )


def largest_likelihood(open_options: Numbers, taken: NDArray[np.int64], readers: Numbers) -> tuple[Numbers, int]:
    """worthᵢ = wins of i / Σ readers of a stage where i is open / worth of all open there, over and over."""
    wins = np.bincount(taken, readers, open_options.shape[1])
    worths = np.full(len(wins), 1 / len(wins))
    for step in range(STEPS):
        better = wins / (readers / (open_options @ worths) @ open_options)
        better = better / better.sum()
        if np.abs(better / worths - 1).max() < CLOSE:
            return better, step
        worths = better
    return worths, STEPS


def centred_covariance(worths: Numbers, open_options: NDArray[np.bool_], readers: Numbers, size: int) -> Numbers:
    """Of ln(worth) less the mean over the first `size` options: the pseudo-inverse of Σ n (diag(p) - p pᵀ) with p the
    shares of the open options at each stage."""
    shares = open_options * worths
    shares = shares / shares.sum(axis=1, keepdims=True)
    information = np.diag(readers @ shares) - shares.T @ (shares * readers[:, None])
    centre = np.eye(size, len(worths)) - (np.arange(len(worths)) < size) / size
    return centre @ np.linalg.pinv(information, hermitian=True) @ centre.T
