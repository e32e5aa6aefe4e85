import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.analysis.opinion_map.agreement import adjusted_rand_index
from apps.analysis.opinion_map.opinion_map import opinion_map, rotated, sample_of_readers, turn_of
from apps.analysis.opinion_map.spectrum import Spectrum
from apps.analysis.opinion_map.story import NONE, Story
from tests.analysis.opinion_map.conversations import matrix, shuffled
from tests.analysis.opinion_map.planted import planted_groups, planted_spectrum


@pytest.fixture(scope="module")
def leaning():
    """A map of votes that nobody may write to: an attempt would be an error."""
    votes, truth = planted_spectrum(250, 40, pull=1.2, density=0.9)
    for part in (votes.readers, votes.statements, votes.indptr, votes.indices, votes.values):
        part.flags.writeable = False
    return votes, truth, opinion_map(votes, seed=1)


def test_everybody_is_placed_on_the_spectrum(leaning):
    _, truth, found = leaning

    assert found.story == Story("spectrum", 1)
    assert abs(np.corrcoef(found.positions[0], truth)[0, 1]) >= 0.95
    assert found.groups.tolist() == [-1] * 250


def test_order_in_which_votes_came_changes_no_byte(leaning):
    votes, _, found = leaning

    again = opinion_map(shuffled(votes, 5), seed=1)

    assert (again.positions.tobytes(), again.spreads.tobytes()) == (found.positions.tobytes(), found.spreads.tobytes())


def test_axis_is_turned_to_the_map_before(leaning):
    _, _, found = leaning

    again = rotated(found.model, turn_of(found.model, -found.model.v))

    assert again.u == pytest.approx(-found.model.u)
    assert again.v == pytest.approx(-found.model.v)


def test_map_is_drawn_anew_as_it_was_turned_then(leaning):
    votes, _, found = leaning

    turned_over = opinion_map(votes, seed=1, previous=-found.model.v)
    again = opinion_map(votes, seed=1, turn=turned_over.turn)

    assert turned_over.positions == pytest.approx(-found.positions)
    assert again.checksum == turned_over.checksum


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3))
def test_axes_come_back_however_they_were_turned(seed, dimensions):
    rng = np.random.default_rng(seed)
    v, u = rng.normal(size=(dimensions, 30)), rng.normal(size=(dimensions, 50))
    model = Spectrum(np.zeros((4, 30)), np.zeros((4, 30)), v, np.zeros((4, 50)), u)
    turn, _ = np.linalg.qr(rng.normal(size=(dimensions, dimensions)))
    known = rng.random(30) < 0.9

    elsewhere = rotated(model, turn)
    again = rotated(elsewhere, turn_of(elsewhere, np.where(known, v, 0.0)))

    cosines = (again.v * v).sum(axis=1) / (np.linalg.norm(again.v, axis=1) * np.linalg.norm(v, axis=1))
    assert cosines.min() > 0.9
    assert again.u.T @ again.v == pytest.approx(u.T @ v)


def test_four_planted_groups_are_found_the_largest_first():
    votes, truth = planted_groups(1000, 100)

    found = opinion_map(votes, seed=1)

    assert found.story == Story("groups", 4)
    assert adjusted_rand_index(found.groups, truth) >= 0.93
    assert found.model.shares.tolist() == sorted(found.model.shares, reverse=True)


def test_too_few_readers_tell_nothing():
    found = opinion_map(matrix(*["+-+-+-+-"] * 10, "...."), seed=1)

    assert (found.story, found.verdict, found.model) == (NONE, None, None)
    assert found.groups.tolist() == [-1] * 11


def test_sample_takes_readers_of_all_degrees_of_zeal():
    votes = matrix(*["+" * (1 + number // 10) for number in range(100)])

    sample = sample_of_readers(votes, 110, np.random.default_rng(0))

    assert sorted(sample.per_reader().tolist()) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10]


@pytest.mark.parametrize(
    "words", [["+" * 12] * 40, ["+" * 12, "-" * 12] * 30, ["+" * 6 + "-" * 6, "-" * 6 + "+" * 6] * 60]
)
def test_unanimous_and_utterly_opposed_readers_have_places_that_are_numbers(words):
    found = opinion_map(matrix(*words), seed=1)

    assert np.isfinite(found.positions).all()
    assert np.isfinite(found.spreads).all()
    assert np.isfinite(found.membership).all()
