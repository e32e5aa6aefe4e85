import numpy as np
import pytest
from scipy.optimize import check_grad

from apps.analysis.opinion_map.answers import POLE, answers_of, log_rates, offered_choices
from apps.analysis.opinion_map.spectrum import Priors, _Problem, fit_spectrum, log_probabilities
from tests.analysis.opinion_map.conversations import matrix
from tests.analysis.opinion_map.planted import planted_spectrum

ALL_FOUR = matrix("+-0?", "-+?0", "++..", ".--0", "+...")
PRIORS = Priors(style=1.0, opinion=2.0)


def test_rates_of_a_statement_are_drawn_to_the_usual_ones():
    rates = np.exp(log_rates(matrix("+-", "+.", "+0")))

    # Three votes of weight 1 and three of the usual 0.55 to 0.25 to 0.12, of which 0.92 are left without "unsure".
    assert rates[:, 0] == pytest.approx([(3 + 3 * 0.55 / 0.92) / 6, (3 * 0.25 / 0.92) / 6, (3 * 0.12 / 0.92) / 6, 0])
    assert offered_choices(log_rates(matrix("+-", "+.", "+0"))).tolist() == [0, 1, 2]


@pytest.mark.parametrize("dimensions", [0, 1, 2])
def test_gradient_is_the_slope_of_the_loss(dimensions):
    answers, rates = answers_of(ALL_FOUR), log_rates(ALL_FOUR)
    shapes = [(4, 4), (4, 5), (dimensions, 5), (dimensions, 4)]
    problem = _Problem(answers, rates, POLE, answers.choice, shapes, PRIORS)
    x = np.random.default_rng(0).normal(size=sum(rows * columns for rows, columns in shapes))

    assert check_grad(lambda at: problem.loss(at)[0], lambda at: problem.loss(at)[1], x) < 1e-4


def test_planted_positions_are_found():
    votes, truth = planted_spectrum(400, 50, pull=1.2)

    model = fit_spectrum(answers_of(votes), log_rates(votes), 1, PRIORS, np.random.default_rng(1))

    assert abs(np.corrcoef(model.u[0], truth)[0, 1]) > 0.9


def test_probabilities_of_the_choices_add_to_one():
    model = fit_spectrum(answers_of(ALL_FOUR), log_rates(ALL_FOUR), 1, PRIORS, np.random.default_rng(1))

    probabilities = np.exp(log_probabilities(model, np.array([0, 3]), np.array([2, 1])))

    assert probabilities.sum(axis=0) == pytest.approx([1.0, 1.0])


def test_choice_that_nobody_was_offered_is_never_expected():
    votes = matrix("+-0", "-+0", "++.")
    model = fit_spectrum(answers_of(votes), log_rates(votes), 1, PRIORS, np.random.default_rng(1))

    assert np.exp(log_probabilities(model, np.array([0]), np.array([0])))[3] == 0.0
