from dataclasses import replace

import numpy as np
import pytest

from apps.analysis.opinion_map import story
from apps.analysis.opinion_map.story import (
    NONE,
    STORIES,
    Story,
    hide_votes,
    likeness,
    standard_error,
    tell_story,
    too_small,
)
from tests.analysis.opinion_map.conversations import conversation, matrix
from tests.analysis.opinion_map.planted import planted_spectrum, shuffled_within_statements


def rng(seed=1):
    return np.random.default_rng(seed)


def test_habits_alone_are_no_story():
    votes, _ = planted_spectrum(300, 40, pull=0.0)

    assert tell_story(votes, rng()).story == NONE


def test_planted_spectrum_is_told_as_a_spectrum():
    votes, _ = planted_spectrum(250, 40, pull=1.2)

    verdict = tell_story(votes, rng())

    assert verdict.story == Story("spectrum", 1)
    assert verdict.stability[verdict.story] >= 0.8


def test_real_conversation_gains_over_habits_and_without_its_pattern_it_tells_nothing():
    given = conversation("brexit-consensus").votes

    verdict = tell_story(given, rng())
    shuffled = tell_story(shuffled_within_statements(given, 1), rng())

    assert verdict.story.kind == "spectrum"
    assert verdict.gains[verdict.story] > verdict.gains[NONE] + 0.05
    assert shuffled.story == NONE


def test_story_that_does_not_hold_makes_way_for_one_that_does(monkeypatch):
    votes = matrix(*["+-+-"] * 30)
    gains = {Story("groups", 6): 0.42, Story("spectrum", 3): 0.33, NONE: -0.02}
    monkeypatch.setattr(story, "score_stories", lambda hidden, *_: scored(gains, len(hidden.row)))
    monkeypatch.setattr(story, "measure_stability", lambda each, *_: 0.95 if each.kind == "spectrum" else 0.4)

    verdict = tell_story(votes, rng())

    assert verdict.story == Story("spectrum", 3)
    assert verdict.stability == {Story("groups", 6): 0.4, Story("spectrum", 3): 0.95}


def scored(gains, votes):
    """The same gain of every hidden vote; stories that are not named gain nothing."""
    return {each: np.full(votes, gains.get(each, -1.0)) for each in STORIES}


def test_reader_keeps_a_vote_when_others_are_hidden():
    votes = matrix(*["+"] * 30, *["+-+-"] * 30)

    hidden = hide_votes(votes, rng(), share=0.5)

    assert hidden.known.per_reader().min() == 1
    assert hidden.known.votes + len(hidden.choice) == votes.votes


def test_implied_votes_are_never_hidden():
    votes = replace(matrix(*["+-+-"] * 30), implied=np.arange(120) % 4 == 0)

    hidden = hide_votes(votes, rng(), share=0.5)

    assert 0 not in hidden.column
    assert hidden.known.implied.sum() == 30


def test_error_counts_votes_of_one_reader_as_one_draw():
    # Sums about the mean 1.5: reader 0 has -1, reader 1 has +1.
    assert standard_error(np.array([1.0, 1.0, 2.0, 2.0]), np.array([0, 0, 1, 1])) == pytest.approx(np.sqrt(2) / 4)


def test_likeness_sees_through_sign_and_turning():
    positions = rng().normal(size=(2, 50))
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])

    assert likeness(positions, -turn @ positions) == pytest.approx(1.0)
    assert likeness(positions[:1], rng(9).normal(size=(1, 50))) < 0.5


@pytest.mark.parametrize(
    ("sizes", "expected"), [((5, 95), False), ((4, 96), True), ((10, 990), True), ((20, 980), False)]
)
def test_group_needs_five_readers_and_two_percent(sizes, expected):
    assert too_small(np.repeat([0, 1], sizes), 2) is expected


@pytest.mark.parametrize("pull", [0.0, 1.2])
def test_where_nobody_thinks_alike_hardly_ever_is_a_story_told(pull):
    """Habits alone, and an axis whose votes were dealt anew within each statement: at least 95 of 100 tell nothing."""
    told = 0
    for seed in range(20):
        votes, _ = planted_spectrum(90, 20, pull=pull, density=0.5, seed=seed)
        votes = shuffled_within_statements(votes, seed) if pull else votes
        told += tell_story(votes, rng(seed)).story != NONE

    assert told <= 1
