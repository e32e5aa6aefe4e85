"""Worths of options, compared with R, choix, and with what was planted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.analysis.choices import stages
from apps.analysis.plackett_luce import plackett_luce
from apps.analysis.simulation import draw_rankings
from tests.analysis.golden import golden
from tests.analysis.profiles import MISSING, TOP_THREE, of_duels, of_letters, unrolled


def worths_of(places, options):
    found = plackett_luce(stages(places, range(options)))
    assert found is not None
    return found


def test_full_rankings_agree_with_the_golden_vector():
    vector = golden("R-PL")

    found = worths_of(of_letters([tuple(each) for each in vector["input"]["profile"]], "MNCK"), 4)

    assert found.worths == pytest.approx(vector["published"], abs=vector["tolerance"])
    assert found.prior == 0


def test_three_places_of_six_options_agree_with_the_golden_vector():
    vector = golden("R-PLtop3")

    assert worths_of(unrolled(TOP_THREE, 3), 6).worths == pytest.approx(vector["published"][0], abs=vector["tolerance"])


def test_duels_agree_with_the_golden_vector():
    vector = golden("R-BT")

    found = plackett_luce(of_duels(vector["input"]["matrix"]))

    assert found is not None
    logs = np.log(found.worths)
    assert sorted(logs[:-1] - logs[-1]) == pytest.approx(vector["published"], abs=vector["tolerance"])


def test_errors_agree_with_bradley_terry_2():
    """Its vignette prints them for the baseball teams against Baltimore: Milwaukee 0.3433 … Cleveland 0.3319."""
    found = plackett_luce(of_duels(golden("R-BT")["input"]["matrix"]))

    assert found is not None
    shared = found.covariance
    against_last = np.sqrt(np.diag(shared) + shared[-1, -1] - 2 * shared[:, -1])[:-1]
    assert against_last == pytest.approx([0.3433, 0.3396, 0.3367, 0.3359, 0.3339, 0.3319], abs=5e-5)


def test_two_options_have_the_worth_of_their_wins():
    """3 to 1; the error of ln(3) is √(1/30 + 1/10), half of it on each side of the mean."""
    found = worths_of(unrolled([(30, (0, 1)), (10, (1, 0))], 2), 2)

    assert found.worths == pytest.approx([0.75, 0.25])
    assert found.errors == pytest.approx([np.sqrt(1 / 30 + 1 / 10) / 2] * 2)


def test_an_option_that_nobody_puts_first_has_a_small_worth_by_the_prior():
    found = worths_of(unrolled([(20, (0, 1)), (10, (1, 0))], 2), 3)

    assert found.prior == 1
    assert 0 < found.worths[2] < 0.1
    assert found.worths[0] > found.worths[1]
    assert np.isfinite(found.errors).all()


def test_one_reader_with_one_choice_is_told_by_the_prior_as_well():
    found = worths_of(unrolled([(1, (0,))], 3), 3)

    assert (found.prior, found.worths[1]) == (1, pytest.approx(found.worths[2]))
    assert found.worths[0] > found.worths[1]


def test_nobody_and_a_single_option_have_no_worths():
    assert plackett_luce(stages(np.full((3, 3), MISSING, dtype=np.uint8), range(4))) is None
    assert plackett_luce(stages(unrolled([(4, (0,))], 3), range(1))) is None


def test_planted_worths_come_back_within_their_errors():
    planted = np.array([0.4, 0.25, 0.15, 0.12, 0.08])
    drawn = draw_rankings(np.random.default_rng(3), planted[None], np.zeros(4000, dtype=int), 3)

    found = worths_of(drawn.astype(np.uint8), 5)

    wanted = np.log(planted) - np.log(planted).mean()
    reached = np.log(found.worths) - np.log(found.worths).mean()
    assert (np.abs(reached - wanted) < 3 * found.errors).all()
    assert found.errors.max() < 0.03


def test_errors_are_as_large_as_worths_scatter():
    planted, rng = np.array([0.5, 0.3, 0.2]), np.random.default_rng(4)
    runs = [
        worths_of(draw_rankings(rng, planted[None], np.zeros(200, dtype=int), 2).astype(np.uint8), 3)
        for _ in range(300)
    ]

    logs = np.log([run.worths for run in runs])
    scatter = (logs - logs.mean(axis=1, keepdims=True)).std(axis=0)
    assert np.mean([run.errors for run in runs], axis=0) == pytest.approx(scatter, rel=0.15)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 20), st.permutations(range(4))), min_size=1), st.permutations(range(4)))
def test_names_of_options_do_not_matter(profile, names):
    renamed = [(times, [names[option] for option in chosen]) for times, chosen in profile]

    found, other = worths_of(unrolled(profile, 4), 4), worths_of(unrolled(renamed, 4), 4)

    assert found.worths == pytest.approx(other.worths[list(names)], rel=1e-4, abs=1e-7)
    assert found.worths.sum() == pytest.approx(1)
