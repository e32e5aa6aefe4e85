"""Where readers stand, told by votes other than the one that is asked about.

A reader is placed by statements' parameters that other readers made, and by their own votes on other statements. What
a vote then says of a side is news: neither the axis nor the reader's place on it has seen that vote.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from apps.analysis.opinion_map.answers import answers_of, log_rates
from apps.analysis.opinion_map.classes import Classes
from apps.analysis.opinion_map.opinion_map import VOTES_TO_JUDGE, OpinionMap, sample_of_readers
from apps.analysis.opinion_map.placing import place_in_groups, place_on_spectrum
from apps.analysis.opinion_map.spectrum import Spectrum
from apps.analysis.opinion_map.story import Model, Story, fit_story
from apps.analysis.opinion_map.votes import Flags, Numbers, VoteMatrix, only_readers, only_votes

READER_FOLDS = 5
STATEMENT_FOLDS = 8
MIDDLE, UNPLACED = -1, -2


@dataclass(frozen=True)
class CrossedSides:
    """Of each vote of a matrix, (N,): the `side` its reader belongs to, as told without that vote, -1 between the ends,
    -2 where the reader cast no other; and `readiness`, the log-odds by which they agree rather than disagree at all."""

    side: NDArray[np.int64]
    readiness: Numbers


def crossed_sides(votes: VoteMatrix, found: OpinionMap, share: float, rng: np.random.Generator) -> CrossedSides:
    """Sides are the groups, or the outermost shares of the first axis: 0 below, 1 above."""
    people = len(votes.readers)
    reader_fold = dealt(people, READER_FOLDS, rng)
    statement_fold = dealt(len(votes.statements), STATEMENT_FOLDS, rng)
    models = [fitted_without(votes, reader_fold == fold, found, rng) for fold in range(READER_FOLDS)]
    side, readiness = np.full(votes.votes, UNPLACED), np.zeros(votes.votes)
    rows = votes.rows()
    for fold in range(STATEMENT_FOLDS):
        asked = statement_fold[votes.indices] == fold
        others = only_votes(votes, ~asked)
        places, style = places_of(others, models, reader_fold, found)
        of_reader = np.where(others.per_reader() > 0, sides_of(places, found.story, share), UNPLACED)
        side[asked] = of_reader[rows[asked]]
        readiness[asked] = (style[0] - style[1])[rows[asked]]
    return CrossedSides(side, readiness)


def dealt(size: int, folds: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """A fold for each of so many, (size,), all folds equally large."""
    return rng.permutation(np.arange(size) % folds)


def fitted_without(votes: VoteMatrix, left_out: Flags, found: OpinionMap, rng: np.random.Generator) -> Model:
    """The same story fitted by all other readers, or a sample of them, its axes and groups named as on the map."""
    sample = sample_of_readers(only_readers(votes, ~left_out), VOTES_TO_JUDGE, rng)
    sample = only_readers(sample, sample.per_reader() > 0)
    model = fit_story(found.story, answers_of(sample), log_rates(sample), found.priors, rng)
    return named_alike(model, found.model)


def named_alike(model: Model, named: Model | None) -> Model:
    """The model turned (Schönemann 1966), or its groups ordered, so that its statements fit those of `named` best."""
    if isinstance(model, Classes) and isinstance(named, Classes):
        apart = ((named.w[:, None] - model.w) ** 2).sum(axis=2)
        order = linear_sum_assignment(apart)[1]
        return replace(model, w=model.w[order], membership=model.membership[order], shares=model.shares[order])
    assert isinstance(model, Spectrum)
    assert isinstance(named, Spectrum)
    left, _, right = np.linalg.svd(named.v @ model.v.T)
    turn = left @ right
    return replace(model, u=turn @ model.u, v=turn @ model.v)


def places_of(
    votes: VoteMatrix, models: list[Model], fold: NDArray[np.int64], found: OpinionMap
) -> tuple[Numbers, Numbers]:
    """Position (d, P) or membership (k, P) of each reader by the model that does not know them, and style (4, P)."""
    parts = list(placed_parts(votes, models, fold, found))
    places, style = (np.empty((len(parts[0][number]), len(votes.readers))) for number in (0, 1))
    for number, part in enumerate(parts):
        places[:, fold == number], style[:, fold == number] = part
    return places, style


def placed_parts(
    votes: VoteMatrix, models: list[Model], fold: NDArray[np.int64], found: OpinionMap
) -> Iterator[tuple[Numbers, Numbers]]:
    """Fold by fold: position (d, P) or membership (k, P), and style (4, P), of all readers by that fold's model."""
    for number, model in enumerate(models):
        part = only_readers(votes, fold == number)
        if isinstance(model, Classes):
            style, membership = place_in_groups(part, model, found.priors)
            yield membership, style
        else:
            placed = place_on_spectrum(part, model, found.priors)
            yield placed.position, placed.style


def sides_of(places: Numbers, story: Story, share: float) -> NDArray[np.int64]:
    """(P,): the likeliest of the groups (k, P), or 0 and 1 for readers at the ends of the first axis (d, P)."""
    if story.kind == "groups":
        return places.argmax(axis=0)
    low, high = np.quantile(places[0], [share, 1 - share])
    return np.select([places[0] < low, places[0] > high], [0, 1], MIDDLE)
