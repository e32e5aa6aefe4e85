import numpy as np
import pytest

from apps.analysis.opinion_map import placing
from apps.analysis.opinion_map.answers import answers_of, log_rates
from apps.analysis.opinion_map.classes import fit_classes
from apps.analysis.opinion_map.placing import place_in_groups, place_on_spectrum
from apps.analysis.opinion_map.spectrum import Priors, fit_spectrum
from apps.analysis.opinion_map.votes import VoteMatrix, only_readers
from tests.analysis.opinion_map.planted import planted_groups, planted_spectrum

PRIORS = Priors(style=2.0, opinion=2.0)


@pytest.fixture(scope="module")
def spectrum():
    votes, _ = planted_spectrum(300, 40, pull=1.2)
    return votes, fit_spectrum(answers_of(votes), log_rates(votes), 1, PRIORS, np.random.default_rng(1), steps=400)


def test_readers_of_the_fit_are_placed_where_it_put_them(spectrum):
    votes, model = spectrum

    placed = place_on_spectrum(votes, model, PRIORS)

    assert placed.position[0] == pytest.approx(model.u[0], abs=0.05)


def test_silent_reader_stands_at_the_prior_and_is_unsure(spectrum):
    votes, model = spectrum
    silent = VoteMatrix(np.array([1]), votes.statements, np.array([0, 0]), votes.indices[:0], votes.values[:0])

    placed = place_on_spectrum(silent, model, PRIORS)

    assert placed.position.tolist() == [[0.0]]
    assert placed.spread.tolist() == [[pytest.approx(np.sqrt(1 / 2))]]


def test_more_votes_make_a_position_surer(spectrum):
    votes, model = spectrum
    numbers = votes.per_reader()

    spread = place_on_spectrum(votes, model, PRIORS).spread[0]

    assert spread[numbers >= 15].mean() < spread[numbers <= 8].mean()


def test_readers_are_placed_one_by_one_as_together(spectrum, monkeypatch):
    votes, model = spectrum
    together = place_on_spectrum(votes, model, PRIORS)
    monkeypatch.setattr(placing, "CHUNK", 50)

    assert place_on_spectrum(votes, model, PRIORS).position == pytest.approx(together.position)
    alone = place_on_spectrum(only_readers(votes, votes.readers == 7), model, PRIORS)
    assert alone.position[0, 0] == pytest.approx(together.position[0, 7])


def test_new_readers_find_their_group():
    votes, truth = planted_groups(600, 60, k=3, density=0.3)
    known = only_readers(votes, np.arange(600) < 400)
    answers, rates, rng = answers_of(known), log_rates(known), np.random.default_rng(1)
    model = fit_classes(answers, fit_spectrum(answers, rates, 3, PRIORS, rng), 3, PRIORS, rng)

    _, membership = place_in_groups(votes, model, PRIORS)

    names = [np.bincount(truth[:400][model.groups == group]).argmax() for group in range(3)]
    assert np.mean(np.array(names)[membership.argmax(axis=0)][400:] == truth[400:]) > 0.95
