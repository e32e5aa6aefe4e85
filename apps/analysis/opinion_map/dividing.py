"""How far readers are divided on each statement: the variance of their opinions in squared log-odds, with bounds."""

import numpy as np
from scipy.stats import norm

from apps.analysis.opinion_map.answers import POLE, Answers, answers_of, softmax
from apps.analysis.opinion_map.classes import PRIOR_GROUP, Classes
from apps.analysis.opinion_map.opinion_map import FEWEST_VOTES, VOTES_TO_FIT, OpinionMap
from apps.analysis.opinion_map.placing import chunks
from apps.analysis.opinion_map.spectrum import Spectrum
from apps.analysis.opinion_map.votes import Flags, Numbers, VoteMatrix, only_readers

LEVEL = 0.9
LOOSE = 0.1  # of the prior, under which the votes nearly speak alone
TINY = 1e-6


def dividing(votes: VoteMatrix, found: OpinionMap) -> Numbers:
    """Variance of t_j, (S,): v'Σv over the readers' positions, or that of the groups' opinions by their shares.

    Raises ValueError for a map without a model.
    """
    model = found.model
    if model is None:
        raise ValueError("too few votes for a map divide nobody")
    if isinstance(model, Classes):
        middle = model.shares @ model.w
        return np.asarray(model.shares @ (model.w - middle) ** 2)
    if not model.dimensions:
        return np.zeros(model.rates.shape[1])
    return np.asarray(np.einsum("dm,de,em->m", model.v, covariance(votes, found), model.v))


def covariance(votes: VoteMatrix, found: OpinionMap) -> Numbers:
    """Of where readers with votes stand, (d, d): that of their likeliest positions, and on top how unsure these are."""
    voted = votes.per_reader() > 0
    sure = np.atleast_2d(np.cov(found.positions[:, voted]))
    return np.asarray(sure + np.diag((found.spreads[:, voted] ** 2).mean(axis=1)))


def dividing_bounds(votes: VoteMatrix, found: OpinionMap, *, level: float = LEVEL) -> Numbers:
    """Lower and upper bound of each statement's variance, (2, S). Raises ValueError for a map without a model.

    `dividing` is drawn towards nothing, the more the fewer votes there are: good for an order, too sure for a bound.
    So bounds are laid about the opinion that the votes alone give, v + λ (H - λ)⁻¹ v for the bend H and the prior's
    part λ of it, by the delta method on the variance's root: that is nearly normal where the variance is far from it.
    """
    nearest, model = np.sqrt(dividing(votes, found)), found.model
    if isinstance(model, Classes):
        root, error = loose_groups(model, group_bends(votes, found))
    elif model is not None and model.dimensions:
        prior = found.priors.of_opinion(model.dimensions)
        root, error = loose_spectrum(model, covariance(votes, found), axis_bends(votes, found), prior)
    else:
        return np.zeros((2, len(votes.statements)))
    readers = max(int((votes.per_reader() > 0).sum()), 1)
    width = norm.ppf((1 + level) / 2) * np.sqrt(error**2 + root**2 / (2 * readers))
    return np.stack([np.clip(root - width, 0.0, nearest) ** 2, np.maximum(root + width, nearest) ** 2])


def loose_spectrum(model: Spectrum, spread: Numbers, bend: Numbers, prior: float) -> tuple[Numbers, Numbers]:
    """Root of v'Σv and its standard error, (S,) each, under next to no prior; `bend` (S, d, d) of the votes alone."""
    inverse = np.linalg.inv(bend + LOOSE * prior * np.eye(model.dimensions))
    v = model.v + (1 - LOOSE) * prior * np.einsum("mde,em->dm", inverse, model.v)
    root = np.sqrt(np.einsum("dm,de,em->m", v, spread, v))
    slope = (spread @ v).T / np.maximum(root, TINY)[:, None]
    along = np.einsum("md,mde,me->m", slope, inverse, slope)
    widest = np.linalg.eigvalsh(spread @ inverse @ spread)[:, -1] / max(float(np.trace(spread)), TINY)
    return root, np.sqrt(np.where(root > TINY, along, widest))


def loose_groups(model: Classes, bend: Numbers) -> tuple[Numbers, Numbers]:
    """The same for groups; `bend` (k, S)."""
    shares, information = model.shares[:, None], bend + LOOSE * PRIOR_GROUP
    w = model.w * (1 + (1 - LOOSE) * PRIOR_GROUP / information)
    apart = w - model.shares @ w
    root = np.sqrt(model.shares @ apart**2)
    along = ((shares * apart / np.maximum(root, TINY)) ** 2 / information).sum(axis=0)
    widest = (shares / information).max(axis=0)
    return root, np.asarray(np.sqrt(np.where(root > TINY, along, widest)))


def axis_bends(votes: VoteMatrix, found: OpinionMap) -> Numbers:
    """Of minus the log-likelihood at each statement's v: (S, d, d)."""
    model = found.model
    assert isinstance(model, Spectrum)
    d = model.dimensions
    total = np.zeros((len(votes.statements), d, d))
    for chosen in chunks(votes):
        answers = answers_of(only_readers(votes, chosen))
        position = answers.to_votes(found.positions[:, chosen])
        told = telling(answers, found, chosen, (position * model.v[:, answers.column]).sum(axis=0))
        for one in range(d):
            total[:, one] += answers.by_statement(told * position[one] * position).T
    return total * weight_of_votes(votes)


def group_bends(votes: VoteMatrix, found: OpinionMap) -> Numbers:
    """Of minus the log-likelihood at each group's opinions: (k, S)."""
    model = found.model
    assert isinstance(model, Classes)
    total = np.zeros_like(model.w)
    for chosen in chunks(votes):
        answers = answers_of(only_readers(votes, chosen))
        for group, w in enumerate(model.w):
            told = telling(answers, found, chosen, w[answers.column])
            membership = answers.to_votes(found.membership[group, chosen])
            total[group] += answers.by_statement((membership * told)[None])[0]
    return total * weight_of_votes(votes)


def telling(answers: Answers, found: OpinionMap, chosen: Flags, opinion: Numbers) -> Numbers:
    """How much each vote tells of an opinion, (N,): the variance of its pole under the probabilities of the choices."""
    model = found.model
    assert model is not None
    base = (model.rates + model.b)[:, answers.column] + answers.to_votes(found.styles[:, chosen])
    probability = softmax(base + POLE[:, None] * opinion)
    return np.asarray((POLE**2) @ probability - (POLE @ probability) ** 2)


def weight_of_votes(votes: VoteMatrix) -> float:
    """Statements are fitted by a sample of the readers where these are many: all votes together count as much as it."""
    counted = votes.per_reader()
    able = int(counted[counted >= min(FEWEST_VOTES, len(votes.statements))].sum())
    return min(1.0, VOTES_TO_FIT / max(able, 1))
