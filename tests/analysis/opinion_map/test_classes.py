import numpy as np
import pytest

from apps.analysis.opinion_map.agreement import adjusted_rand_index
from apps.analysis.opinion_map.answers import answers_of, log_rates
from apps.analysis.opinion_map.classes import fit_classes, log_probabilities_of, spread_out
from apps.analysis.opinion_map.spectrum import Priors, fit_spectrum
from tests.analysis.opinion_map.planted import planted_groups

PRIORS = Priors(style=16.0, opinion=4.0)


@pytest.fixture(scope="module")
def fitted():
    votes, truth = planted_groups(500, 60, k=3, density=0.3)
    answers, rates, rng = answers_of(votes), log_rates(votes), np.random.default_rng(1)
    model = fit_classes(answers, fit_spectrum(answers, rates, 3, PRIORS, rng), 3, PRIORS, rng)
    return votes, truth, model


def test_planted_groups_are_found(fitted):
    _, truth, model = fitted

    assert adjusted_rand_index(model.groups, truth) > 0.95


def test_memberships_and_shares_add_to_one(fitted):
    _, _, model = fitted

    assert model.membership.sum(axis=0) == pytest.approx(np.ones(500))
    assert model.shares.sum() == pytest.approx(1.0)


def test_probabilities_of_the_choices_add_to_one(fitted):
    votes, _, model = fitted

    probabilities = np.exp(log_probabilities_of(model, votes.rows()[:50].astype(int), votes.indices[:50].astype(int)))

    assert probabilities.sum(axis=0) == pytest.approx(np.ones(50))


def test_first_centres_lie_apart():
    points = np.array([[0.0, 0.0], [0.0, 0.0], [9.0, 9.0], [9.0, 9.0]])

    drawn = spread_out(points, 2, np.random.default_rng(0))

    assert points[drawn].sum() == 18.0


def test_centres_among_readers_who_all_stand_in_one_place():
    assert len(spread_out(np.zeros((3, 2)), 3, np.random.default_rng(0))) == 3
