import numpy as np
import pytest

from apps.analysis.opinion_map.comparison import compare_gains, null_rate, polis_scores, shuffled
from apps.analysis.opinion_map.spectrum import Priors
from apps.analysis.opinion_map.story import NONE, Story, Verdict, hide_votes
from apps.analysis.opinion_map.votes import vote_matrix, without_light_voters
from tests.analysis.opinion_map.conversations import NAMES, conversation, matrix
from tests.analysis.opinion_map.planted import planted_spectrum

SAME = 1e-3  # nats a vote: as near as two ways of placing readers come to each other
AXIS = Verdict(Story("spectrum", 1), {}, {}, {}, Priors(style=4.0, opinion=4.0))


def test_shuffling_keeps_what_each_statement_got_and_who_voted_on_it():
    votes = matrix(*["+-0?", "-+.0", "++--", "0.+-"] * 5)

    dealt = shuffled(votes, np.random.default_rng(0))

    assert dealt.counts().tolist() == votes.counts().tolist()
    assert dealt.indices.tolist() == votes.indices.tolist()
    assert dealt.values.tolist() != votes.values.tolist()


def test_axis_is_hardly_ever_seen_where_nobody_thinks_alike():
    votes, _ = planted_spectrum(250, 40, pull=1.2)

    assert null_rate(votes, AXIS, seed=1, draws=10) <= 0.1


def test_nothing_to_tell_has_no_null_rate():
    assert null_rate(matrix("+-", "-+"), Verdict(NONE, {}, {}, {}, Priors()), seed=1) == 0.0


def test_groups_of_polis_foretell_camps_better_than_averages_do():
    votes = matrix(*["+++---+-"] * 20, *["---+++-+"] * 20)

    assert polis_scores(hide_votes(votes, np.random.default_rng(0))).mean() > 0.3


@pytest.mark.parametrize("name", ["15-per-hour-seattle", "brexit-consensus"])
def test_axis_foretells_hidden_votes_better_than_the_groups_of_polis(name):
    votes = without_light_voters(conversation(name).votes, fewest=7)

    gains = compare_gains(votes, split=11)

    assert gains.story > gains.polis
    assert gains.story > gains.style


def test_map_foretells_three_times_as_much_as_the_groups_of_polis():
    """On all open conversations, priors and story chosen without the hidden votes; nowhere worse than habits alone."""
    gains = np.array([gains_of(conversation(name), split) for name in NAMES for split in range(2)])

    ours, style, error, polis = gains.T
    assert ours.mean() >= 3 * polis.mean()
    assert (ours > style - error).all()


def gains_of(given, split):
    """Of the map, of habits alone, the error of their difference, and of the groups of Polis."""
    served = only_statements(given.votes, ~given.moderated_out)
    gains = compare_gains(without_light_voters(served, fewest=7), split=split)
    return gains.story, gains.style, max(gains.error, SAME), gains.polis


def only_statements(votes, kept):
    return vote_matrix(
        votes.readers[votes.rows()], votes.statements[votes.indices], votes.values, served=votes.statements[kept]
    )
