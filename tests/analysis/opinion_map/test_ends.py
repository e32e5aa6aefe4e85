from dataclasses import replace
from math import erfc

import numpy as np
import pytest

from apps.analysis.opinion_map.answers import answers_of, log_rates
from apps.analysis.opinion_map.ends import _TwoRates, adjusted, ends, share_of_an_end
from apps.analysis.opinion_map.opinion_map import OpinionMap, largest_first, opinion_map, rotated, turn_of
from apps.analysis.opinion_map.spectrum import Priors
from apps.analysis.opinion_map.story import Story, fit_story
from apps.analysis.opinion_map.votes import VoteMatrix
from tests.analysis.opinion_map.conversations import matrix, shuffled
from tests.analysis.opinion_map.planted import planted_groups, planted_spectrum, shuffled_within_statements

PRIORS = Priors(style=4.0, opinion=2.0)
OWN = 0  # the statement that all of one group agree with, and few others


def told_anyway(votes: VoteMatrix, story: Story, seed: int) -> OpinionMap:
    """A map that tells this story, whether or not the votes do."""
    model = fit_story(story, answers_of(votes), log_rates(votes), PRIORS, np.random.default_rng(seed))
    nobody = np.zeros((0, len(votes.readers)))
    if story.kind == "groups":
        model = largest_first(model)
        return OpinionMap(story, None, model, PRIORS, nobody, nobody, model.membership, model.a)
    model = rotated(model, turn_of(model, None))
    return OpinionMap(story, None, model, PRIORS, model.u, np.zeros_like(model.u), nobody, model.a)


@pytest.fixture(scope="module")
def grouped():
    votes, groups = planted_groups(300, 40, k=3, density=0.4)
    values = votes.values.copy()
    own = votes.indices == OWN
    values[own] = np.where(groups[votes.rows()[own]] == 0, 1, -1)
    changed = VoteMatrix(votes.readers, votes.statements, votes.indptr, votes.indices, values)
    found = opinion_map(changed, seed=1)
    return changed, groups, found, ends(changed, found, seed=1)


def test_statement_that_a_whole_group_voted_for_comes_out_as_agreed(grouped):
    _, groups, found, told = grouped
    group = np.bincount(found.groups[groups == 0]).argmax()

    (own,) = [each for each in told if each.column == OWN and each.side == group]

    assert own.choice == 1
    assert own.agree_here > 0.95
    assert own.agree_elsewhere < 0.05
    assert 0 < own.low < own.difference < own.high


def test_what_a_side_stands_for_is_what_most_of_it_chose(grouped):
    *_, told = grouped

    for each in told:
        assert each.choice == (1 if each.agree_here > each.disagree_here else -1)
        assert np.sign(each.difference) == each.choice
        assert each.q <= 0.1
        assert min(each.votes_here, each.votes_elsewhere) >= 10


def test_clearest_statements_of_each_side_come_first(grouped):
    *_, told = grouped

    for side in range(3):
        clear = [min(abs(each.low), abs(each.high)) for each in told if each.side == side]
        assert clear == sorted(clear, reverse=True)


def test_order_in_which_votes_came_changes_nothing(grouped):
    votes, _, found, told = grouped

    assert ends(shuffled(votes, 5), found, seed=1) == told


def test_implied_votes_prove_nothing(grouped):
    votes, _, found, told = grouped
    implied = replace(votes, implied=votes.indices == OWN)

    assert OWN in {each.column for each in told}
    assert OWN not in {each.column for each in ends(implied, found, seed=1)}


def test_ends_of_an_axis_are_told_by_its_statements():
    votes, _ = planted_spectrum(250, 40, pull=1.2)
    found = opinion_map(votes, seed=1)

    told = ends(votes, found, seed=1)

    assert {each.side for each in told} == {0, 1}
    for each in told:
        towards = np.sign(found.model.v[0, each.column]) * (1 if each.side else -1)
        assert each.choice == towards


@pytest.mark.parametrize("story", [Story("spectrum", 1), Story("spectrum", 3), Story("groups", 2)])
def test_sides_of_votes_dealt_at_random_stand_for_nothing(story):
    """All that would be told here is chance: a level of 10 % allows it in one draw of ten."""
    draws = 20
    told = 0
    for seed in range(draws):
        votes = shuffled_within_statements(planted_spectrum(200, 30, pull=1.2, seed=seed)[0], seed)
        told += bool(ends(votes, told_anyway(votes, story, seed), seed=seed))

    assert told <= 0.1 * draws


def test_habits_are_no_opinion():
    """Some agree with nearly everything: whoever looks at raw shares sees them differ on every statement."""
    told = 0
    for seed in range(10):
        votes, _ = planted_spectrum(200, 30, pull=0.0, seed=seed)
        told += bool(ends(votes, told_anyway(votes, Story("spectrum", 1), seed), seed=seed))

    assert told <= 1


def test_nothing_shared_has_no_ends():
    votes, _ = planted_spectrum(200, 30, pull=0.0)

    assert ends(votes, opinion_map(votes, seed=1), seed=1) == ()
    assert ends(matrix("+-", "-+"), opinion_map(matrix("+-", "-+"), seed=1), seed=1) == ()


@pytest.mark.parametrize(("readers", "share"), [(600, 1 / 3), (60, 1 / 3), (50, 0.4), (24, 0.5), (0, 0.5)])
def test_ends_are_thirds_or_where_readers_are_few_up_to_halves(readers, share):
    assert share_of_an_end(readers, 10) == pytest.approx(share)


def rates(here, elsewhere, readiness=0.0):
    """One statement: (agreeing, disagreeing) here and elsewhere."""
    agrees = np.repeat([True, False, True, False], [*here, *elsewhere])
    side = np.repeat([True, False], [sum(here), sum(elsewhere)])
    return _TwoRates(np.zeros(len(side), dtype=np.int32), 1, agrees, side, np.full(len(side), readiness))


def test_difference_of_many_votes_is_that_of_their_log_odds():
    difference, error = rates((800, 200), (500, 500)).posterior()

    assert difference[0] == pytest.approx(np.log(4), abs=0.01)
    assert error[0] == pytest.approx(np.sqrt(1 / 800 + 1 / 200 + 1 / 500 + 1 / 500), abs=0.001)


def test_unanimous_side_has_a_difference_that_is_a_number():
    difference, error = rates((21, 0), (2, 19)).posterior()

    assert 2 < difference[0] - 1.96 * error[0] < difference[0] < 8


def test_p_value_by_hand():
    # Half of 40 agree; here 15 of 20. Score 5, less 0.5; variance 40 · 1/4 · 1/2 · 1/2 = 2.5.
    z = 4.5 / np.sqrt(2.5)

    assert rates((15, 5), (5, 15)).p_values()[0] == pytest.approx(erfc(z / np.sqrt(2)), rel=1e-3)


def test_readers_who_agree_with_everything_do_not_differ_by_agreeing():
    here = np.repeat([True, False], 100)
    ready = np.where(here, np.log(4.0), 0.0)
    agrees = np.repeat([True, False, True, False], [80, 20, 50, 50])
    fit = _TwoRates(np.zeros(200, dtype=np.int32), 1, agrees, here, ready)

    assert fit.posterior()[0] == pytest.approx([0.0], abs=0.01)
    assert fit.p_values()[0] > 0.9


def test_statements_that_could_not_be_tested_do_not_count_as_tests():
    p = np.array([[0.03, 1.0, 1.0], [0.9, 1.0, 1.0]])

    assert adjusted(p)[0, 0] == pytest.approx(0.06)
