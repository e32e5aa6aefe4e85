"""The map of a conversation: its story, where each reader stands in it, what votes that were held back say of it."""

from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.answers import POLE, answers_of, log_rates
from apps.analysis.opinion_map.classes import Classes
from apps.analysis.opinion_map.placing import place_in_groups, place_on_spectrum
from apps.analysis.opinion_map.spectrum import Priors, Spectrum
from apps.analysis.opinion_map.story import NONE, Model, Story, Verdict, fit_story, tell_story
from apps.analysis.opinion_map.votes import Numbers, VoteMatrix, only_readers

FEWEST_VOTES = 7
FEWEST_READERS = 20
VOTES_TO_JUDGE = 60_000
VOTES_TO_FIT = 200_000


@dataclass(frozen=True)
class OpinionMap:
    """`positions` and `spreads` (d, P) on a spectrum, `membership` (k, P) in groups, empty where the story is another;
    `styles` (4, P), how readers answer. `turn` (d, d): how the axes of a spectrum were turned after the fit.

    `model` holds the statements' side: whoever comes later is placed by it. `verdict` is None where too few voted.
    """

    story: Story
    verdict: Verdict | None
    model: Model | None
    priors: Priors
    positions: Numbers
    spreads: Numbers
    membership: Numbers
    styles: Numbers
    turn: Numbers | None = None

    @property
    def checksum(self) -> str:
        """SHA-256 of everything that was found: the same for the same votes, seed and code."""
        digest = sha256(repr(self.story).encode())
        parts = [self.positions, self.spreads, self.membership, self.styles]
        if self.model is not None:
            parts += [self.model.rates, self.model.b]
            parts += [self.model.w] if isinstance(self.model, Classes) else [self.model.v]
        for part in parts:
            digest.update(np.ascontiguousarray(part).tobytes())
        return digest.hexdigest()

    @property
    def groups(self) -> NDArray[np.int64]:
        """The likeliest group of each reader, (P,), the largest group first; -1 where the story has none."""
        if not len(self.membership):
            return np.full(self.membership.shape[1], -1)
        return self.membership.argmax(axis=0)


def opinion_map(
    votes: VoteMatrix, *, seed: int, previous: Numbers | None = None, turn: Numbers | None = None
) -> OpinionMap:
    """The same votes and seed give the same bytes. `previous` (d, S): the statements' side of an earlier map, 0 for
    statements it did not know, to which the axes are turned; without it each axis points to where its weightiest
    statement is agreed with. `turn` (d, d): turned as it was turned then, for drawing a map anew, where it fits."""
    people = len(votes.readers)
    nobody = np.zeros((0, people))
    able = only_readers(votes, votes.per_reader() >= max(1, min(FEWEST_VOTES, len(votes.statements))))
    if len(able.readers) < FEWEST_READERS:
        return OpinionMap(NONE, None, None, Priors(), nobody, nobody, nobody, np.zeros((len(POLE), people)))
    rng = np.random.default_rng(seed)
    verdict = tell_story(sample_of_readers(able, VOTES_TO_JUDGE, rng), rng)
    fitted = sample_of_readers(able, VOTES_TO_FIT, rng)
    model = fit_story(verdict.story, answers_of(fitted), log_rates(fitted), verdict.priors, rng)
    if isinstance(model, Classes):
        model = largest_first(model)
        style, membership = place_in_groups(votes, model, verdict.priors)
        return OpinionMap(verdict.story, verdict, model, verdict.priors, nobody, nobody, membership, style)
    if turn is None or len(turn) != model.dimensions:
        turn = turn_of(model, previous)
    model = rotated(model, turn)
    placed = place_on_spectrum(votes, model, verdict.priors)
    return OpinionMap(
        verdict.story, verdict, model, verdict.priors, placed.position, placed.spread, nobody, placed.style, turn
    )


def sample_of_readers(votes: VoteMatrix, most_votes: int, rng: np.random.Generator) -> VoteMatrix:
    """Readers with about so many votes together: evenly from those who voted little to those who voted much."""
    if votes.votes <= most_votes:
        return votes
    people = len(votes.readers)
    size = max(1, int(people * most_votes / votes.votes))
    order = np.argsort(votes.per_reader(), kind="stable")
    borders = np.linspace(0, people, size + 1).astype(int)
    kept = np.zeros(people, dtype=bool)
    kept[order[rng.integers(borders[:-1], borders[1:])]] = True
    return only_readers(votes, kept)


def largest_first(model: Classes) -> Classes:
    """The same groups in the order of their shares."""
    order = np.argsort(-model.shares, kind="stable")
    return replace(model, w=model.w[order], membership=model.membership[order], shares=model.shares[order])


def rotated(model: Spectrum, turn: Numbers) -> Spectrum:
    """Readers and statements alike turned by `turn` (d, d)."""
    return replace(model, u=turn @ model.u, v=turn @ model.v)


def turn_of(model: Spectrum, previous: Numbers | None) -> Numbers:
    """The turn (d, d) to the principal axes and from there to where they come nearest to `previous` (d', S), as far as
    that has axes (orthogonal Procrustes problem: Schönemann 1966)."""
    if not model.dimensions:
        return np.zeros((0, 0))
    middle = model.u.mean(axis=1, keepdims=True)
    left, _, _ = np.linalg.svd(model.u - middle, full_matrices=False)
    v = left.T @ model.v
    if previous is not None and previous.shape[1] == v.shape[1]:
        target, shared = np.zeros_like(v), min(len(v), len(previous))
        target[:shared] = previous[:shared]
        overlap = target @ v.T
        if np.linalg.norm(overlap) > 0:
            first, _, second = np.linalg.svd(overlap)
            return np.asarray(first @ second @ left.T)
    way = np.sign(v[np.arange(len(v)), np.abs(v).argmax(axis=1)])
    return np.asarray(np.where(way == 0, 1.0, way)[:, None] * left.T)
