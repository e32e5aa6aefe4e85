"""Rankings taken apart into choices: first places, points and duels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.analysis.choices import MOST_OPTIONS, borda, condorcet_winner, preferences, stages
from tests.analysis.golden import golden
from tests.analysis.profiles import MISSING, TOP_THREE, of_letters, unrolled

rankings = st.lists(st.permutations(range(4)).flatmap(lambda order: st.integers(0, 3).map(lambda top: order[:top])))


def tennessee():
    return of_letters([tuple(each) for each in golden("R-borda")["input"]["profile"]], "MNCK")


def test_points_agree_with_the_golden_vector():
    points = borda(stages(tennessee(), range(4)), 4)

    assert dict(zip("MNCK", points.tolist(), strict=True)) == golden("R-borda")["published"]


def test_duels_agree_with_the_golden_vector():
    preferred = preferences(stages(tennessee(), range(4)))

    m, n, c, k = range(4)
    asked = [(n, m), (n, c), (n, k), (c, m), (c, k), (k, m)]
    assert [preferred[duel] for duel in asked] == golden("R-condorcet")["published"]
    assert condorcet_winner(preferred) == n


def test_three_places_of_six_options_agree_with_the_golden_vector():
    chosen = stages(unrolled(TOP_THREE, 3), range(6))

    found = [chosen.first.tolist(), chosen.ranked.tolist(), borda(chosen, 3).tolist()]
    assert found == golden("R-PLtop3")["published"][1:]


def test_a_circle_has_no_winner():
    circle = unrolled([(1, (0, 1, 2)), (1, (1, 2, 0)), (1, (2, 0, 1))], 3)

    assert condorcet_winner(preferences(stages(circle, range(3)))) is None


def test_ranked_beats_unranked_and_two_unranked_say_nothing():
    preferred = preferences(stages(unrolled([(7, (1,))], 3), range(3)))

    assert preferred.tolist() == [[0, 0, 0], [7, 0, 7], [0, 0, 0]]


def test_places_without_an_option_are_passed_over():
    """Blank, don't know, an option that was retired, the same option twice."""
    places = np.array([[97, 1, 2], [1, 98, 2], [1, 9, 2], [1, 1, 2]], dtype=np.uint8)

    chosen = stages(places, (1, 2))

    assert chosen.first.tolist() == [4, 0]
    assert preferences(chosen).tolist() == [[0, 4], [0, 0]]


def test_nobody_chose_nothing():
    chosen = stages(np.full((5, 3), MISSING, dtype=np.uint8), range(4))

    assert (chosen.first.tolist(), chosen.ranked.tolist(), borda(chosen, 3).tolist()) == ([0] * 4, [0] * 4, [0] * 4)
    assert condorcet_winner(preferences(chosen)) is None


def test_many_options_are_counted_without_a_list_of_all_sets():
    places = np.array([[19, 0], [19, 1], [0, 19]], dtype=np.uint8)

    chosen = stages(places, range(MOST_OPTIONS))

    assert chosen.first.tolist() == [1, *[0] * 18, 2]
    with pytest.raises(ValueError, match="21 options"):
        stages(places, range(21))


@given(rankings)
def test_choices_counted_together_are_the_rankings_one_by_one(lists):
    chosen = stages(unrolled([(1, each) for each in lists], 4), range(4))

    expected = np.zeros((4, 4), dtype=int)
    for each in lists:
        for place, option in enumerate(each):
            for beaten in set(range(4)) - set(each[: place + 1]):
                expected[option, beaten] += 1
    assert np.array_equal(preferences(chosen), expected)
    assert chosen.ranked.sum() == sum(map(len, lists))
    assert chosen.first.sum() == sum(1 for each in lists if each)


@given(rankings)
def test_a_full_ranking_spends_all_points(lists):
    full = [each for each in lists if len(each) == 3]

    assert borda(stages(unrolled([(1, each) for each in full], 4), range(4)), 4).sum() == 6 * len(full)
