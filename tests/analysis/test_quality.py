"""Each rule on readers whom a person can check, at both sides of its bound."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from apps.analysis import quality
from apps.analysis.quality import WEIGHTS

THIRTY = np.full(50, 30_000)


def ballots(*rows: list[int]) -> np.ndarray:
    return np.array(rows, dtype=np.uint8)


def test_weights_are_those_of_the_method():
    assert dict(WEIGHTS) == {
        "speed_total": 1, "speed_floor": 1, "straight": 1, "acquiesce": 1, "contradict": 1, "dup_token": 2,
        "dup_vector": 2, "bot": 3, "text_junk": 1,
    }  # fmt: skip


def test_score_adds_the_weights_and_flags_from_two():
    masks = {
        "speed_total": np.array([True, True, False, False]),
        "text_junk": np.array([False, True, False, False]),
        "bot": np.array([False, False, True, False]),
        "dup_vector": np.array([False, False, False, True]),
    }

    found = quality.scored(masks, 4)

    assert found.score.tolist() == [1, 2, 3, 2]
    assert found.flagged.tolist() == [False, True, True, True]
    assert found.left_out.tolist() == [False, False, True, False]  # the headline leaves out machines, nobody else


def test_third_of_the_median_is_the_bound_in_a_group_of_fifty():
    times = np.concatenate([THIRTY, [9_999, 10_000, 0]])

    found, judged = quality.fast_in_all(times, np.zeros(53, dtype=int))

    assert np.flatnonzero(found).tolist() == [50]
    assert judged.sum() == 52  # who was not timed is not judged


def test_group_of_forty_nine_is_not_judged():
    found, judged = quality.fast_in_all(np.concatenate([THIRTY[:48], [1]]), np.zeros(49, dtype=int))

    assert (found.any(), judged.any()) == (False, False)


def test_each_group_has_a_median_of_its_own():
    times = np.concatenate([THIRTY, THIRTY // 10, [2_000, 2_000]])
    groups = np.repeat([0, 1, 0, 1], [50, 50, 1, 1])

    found, _ = quality.fast_in_all(times, groups)

    assert np.flatnonzero(found).tolist() == [100]


def test_four_items_below_the_floor_are_too_many():
    times = np.array([[900, 900, 900, 900, 5000], [900, 900, 900, 1000, 5000], [0, 900, 900, 900, 5000]])

    assert quality.fast_in_items(times, np.full((3, 5), 1000.0)).tolist() == [True, False, False]


def test_floor_is_by_characters_in_japanese_and_by_words_in_english():
    assert quality.reading_floor_ms("あいう えお" * 6, "ja") == 1000
    assert quality.reading_floor_ms("How do you see it?", "en") == 500


def test_straight_means_one_place_and_one_vote():
    places = np.array([[2, 2, 2], [2, 2, 2], [2, 2, 1], [-1, -1, -1], [2, 2, 2]])
    many, few, mixed = [1] * 12 + [0], [1] * 11 + [0, 0], [1] * 12 + [3]

    votes = ballots(many, few, many, many, mixed)

    assert quality.straight(places, votes).tolist() == [True, False, False, False, False]


def test_acquiescing_agrees_to_more_than_nine_in_ten_on_both_sides():
    six, ten = [1] * 6 + [0] * 4, [1] * 10
    nine_of_ten, five = [1] * 9 + [2], [1] * 5 + [0] * 5

    pro, con = ballots(six, ten, ten, five), ballots(six, ten, nine_of_ten, ten)

    assert quality.acquiescing(pro, con).tolist() == [True, True, False, False]


def test_contradiction_changes_sides_within_three_minutes():
    first, again = np.array([-1, -1, -1, 1, 0]), np.array([1, 1, -1, -1, 1])
    passed = np.array([179_999, 180_000, 1_000, 0, 1_000])

    assert quality.contradicting(first, again, passed).tolist() == [True, False, False, False, False]


def test_repeated_marks_all_but_the_first_of_those_who_may_count():
    rows = ballots([1, 2], [1, 2], [1, 2], [3, 2], [3, 2])

    marked = quality.repeated(rows, np.array([False, True, True, True, False]))

    assert marked.tolist() == [False, False, True, False, False]
    assert not quality.repeated(rows[:0], np.zeros(0, dtype=bool)).any()


@pytest.mark.parametrize(
    ("text", "junk"),
    [
        ("あああああ", False),
        ("ああああああ", True),
        ("aaaaaa と思う", True),
        ("すごーーーーーーい", False),
        ("どうかな……………", False),
        ("はいはい", False),
        ("ほげほげほげ", True),
        ("test test test", True),
        ("test test", False),
        ("AAAAAA", True),
        ("......", True),
        ("一人に力が集まるのは心配です。", False),
        ("", False),
        ("   ", False),
    ],
)
def test_junk_is_one_letter_at_length_or_nothing_but_the_same(text, junk):
    assert quality.is_junk(text) is junk


def test_median_is_of_those_who_were_timed():
    assert quality.median_times(np.array([0, 4_000, 6_000, 11_000])) == (6_000, 3)
    assert quality.median_times(np.zeros(3, dtype=int)) is None


@given(
    data=some.data(),
    readers=some.integers(1, 30),
)
def test_order_of_readers_and_silent_ones_change_no_mark(data, readers):
    votes = np.array(
        data.draw(
            some.lists(some.lists(some.integers(0, 2), min_size=4, max_size=4), min_size=readers, max_size=readers)
        ),
        dtype=np.uint8,
    )
    order = np.array(data.draw(some.permutations(range(readers))))
    with_silent = np.vstack([votes, np.zeros((3, 4), dtype=np.uint8)])
    rules = [
        lambda rows: quality.acquiescing(rows[:, :2], rows[:, 2:], least=1),
        lambda rows: quality.straight(rows[:, :2].astype(int) - 1, rows[:, 2:], least=2),
    ]

    for rule in rules:
        assert (rule(votes[order]) == rule(votes)[order]).all()
        assert rule(with_silent).tolist() == [*rule(votes).tolist(), False, False, False]
    counts = (
        quality.repeated(votes, votes.any(axis=1)).sum(),
        quality.repeated(votes[order], votes[order].any(axis=1)).sum(),
    )
    assert counts[0] == counts[1]
