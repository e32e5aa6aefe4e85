"""One reader placed in plain Python stands where the arrays would place them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.analysis.opinion_map.answers import log_rates, offered_choices
from apps.analysis.opinion_map.classes import Classes
from apps.analysis.opinion_map.one_reader import place_in_groups, place_on_spectrum
from apps.analysis.opinion_map.placing import place_in_groups as groups_by_arrays
from apps.analysis.opinion_map.placing import place_on_spectrum as spectrum_by_arrays
from apps.analysis.opinion_map.spectrum import Priors, Spectrum
from apps.analysis.opinion_map.votes import vote_matrix

CHOICES = np.array([1, -1, 0, 2], dtype=np.int8)
cases = st.tuples(st.integers(0, 2**32 - 1), st.integers(1, 30), st.integers(1, 3), st.booleans())


def votes_of_one(rng: np.random.Generator, cast: int, unsure: bool):
    """A conversation of forty statements, and one reader's votes in it; with or without "unsure" among the choices."""
    offered = 4 if unsure else 3
    everyone = vote_matrix(
        np.repeat(np.arange(30), 40), np.tile(np.arange(40), 30), CHOICES[rng.integers(0, offered, 1200)]
    )
    column, choice = rng.permutation(40)[:cast], rng.integers(0, offered, cast)
    votes = vote_matrix(np.zeros(cast, dtype=int), column, CHOICES[choice], served=np.arange(40))
    return log_rates(everyone), votes, column, choice


def base_of(model: Spectrum | Classes, column: np.ndarray) -> list[list[float]]:
    return (model.rates + model.b)[offered_choices(model.rates)][:, column].T.tolist()


@settings(max_examples=60, deadline=None)
@given(cases)
def test_position_and_spread_are_those_of_the_arrays(case):
    seed, cast, dimensions, unsure = case
    rng = np.random.default_rng(seed)
    rates, votes, column, choice = votes_of_one(rng, cast, unsure)
    b, v = rng.normal(0, 0.3, (4, 40)), rng.normal(0, 1.5, (dimensions, 40))
    model = Spectrum(rates, b, v, np.zeros((4, 0)), np.zeros((dimensions, 0)))
    priors = Priors(style=4.0, opinion=2.0)

    found = place_on_spectrum(
        base_of(model, column),
        v[:, column].T.tolist(),
        choice.tolist(),
        style=priors.style,
        opinion=priors.of_opinion(dimensions),
    )

    wanted = spectrum_by_arrays(votes, model, priors)
    assert found.position == pytest.approx(wanted.position[:, 0].tolist(), abs=1e-6)
    assert found.spread == pytest.approx(wanted.spread[:, 0].tolist(), abs=1e-6)
    assert found.style == pytest.approx(wanted.style[: len(found.style), 0].tolist(), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(cases)
def test_probabilities_of_groups_are_those_of_the_arrays(case):
    seed, cast, more, unsure = case
    rng = np.random.default_rng(seed)
    rates, votes, column, choice = votes_of_one(rng, cast, unsure)
    k = more + 1
    b, w = rng.normal(0, 0.3, (4, 40)), rng.normal(0, 2, (k, 40))
    model = Classes(rates, b, w, np.zeros((4, 0)), np.zeros((k, 0)), rng.dirichlet(np.ones(k) * 3))
    priors = Priors(style=4.0)

    found = place_in_groups(
        base_of(model, column), w[:, column].T.tolist(), choice.tolist(), model.shares.tolist(), style=priors.style
    )

    _style, membership = groups_by_arrays(votes, model, priors)
    assert found.probabilities == pytest.approx(membership[:, 0].tolist(), abs=1e-6)


def test_vote_that_says_most_moves_most():
    """Everybody disagrees with the first statement, and the axis runs along it; the second has no side."""
    base = [[-2.0, 1.0, 0.0], [0.0, 0.0, 0.0]]

    found = place_on_spectrum(base, [[2.0], [0.0]], [0, 0], style=1.0, opinion=2.0)

    assert found.position[0] > 0
    assert found.moves[0][0] > found.moves[1][0]
