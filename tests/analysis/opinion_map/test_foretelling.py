import numpy as np
import pytest

from apps.analysis.opinion_map.foretelling import foretold
from apps.analysis.opinion_map.opinion_map import opinion_map
from tests.analysis.opinion_map.conversations import matrix
from tests.analysis.opinion_map.planted import planted_groups, planted_spectrum


@pytest.mark.parametrize(
    "votes",
    [
        planted_spectrum(250, 40, pull=1.2, density=0.9)[0],
        planted_groups(300, 40, k=2, density=0.4)[0],
        planted_spectrum(200, 30, pull=0.0)[0],
    ],
    ids=["spectrum", "groups", "none"],
)
def test_probabilities_of_the_choices_add_to_one_and_fit_the_votes(votes):
    found = opinion_map(votes, seed=1)
    row, column = votes.rows().astype(np.int64), votes.indices.astype(np.int64)

    probability = foretold(found, row, column)

    assert probability.sum(axis=0) == pytest.approx(np.ones(votes.votes))
    assert probability[0, votes.values == 1].mean() > probability[0, votes.values == -1].mean()


def test_too_small_a_conversation_foretells_nothing():
    votes = matrix("+-", "-+")

    with pytest.raises(ValueError, match="too few votes"):
        foretold(opinion_map(votes, seed=1), np.array([0]), np.array([0]))
