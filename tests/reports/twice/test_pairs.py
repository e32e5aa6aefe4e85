"""The question that is asked twice, counted in pairs: by hand, by way, and never more than may be shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.inquiries.models import PrivacyProfile
from apps.inquiries.privacy import PROFILES
from apps.reports.twice.pairs import Twice, flow_of, prepost
from apps.reports.twice.repetition import repetition_in
from apps.responses.arms import AnsweredTwice, ArmCounts
from apps.surveys.reading import parse
from tests.reports.factories import built_in_document

STANDARD, STRICT = PROFILES[PrivacyProfile.STANDARD], PROFILES[PrivacyProfile.STRICT]
DEFINITION = parse(built_in_document())
REPETITION = repetition_in(DEFINITION)
NOT_ASKED, BLANK, DONT_KNOW = 255, 97, 98


def twice(*pairs: tuple[int | None, int, int, int], sent: int = 0, compared: bool = True) -> Twice:
    assert REPETITION
    arms = {arm: ArmCounts(sent, sent, 0) for arm in (0, 1, 2)} if sent else {}
    return Twice(REPETITION, [AnsweredTwice(*pair) for pair in pairs], arms, compared)


def test_built_in_inquiry_asks_its_first_question_twice():
    assert REPETITION
    assert (REPETITION.first.id, REPETITION.again.id) == ("Q1", "P1")
    assert REPETITION.places(DEFINITION) == (0, len(DEFINITION.slots) - 1)


def test_sides_are_counted_with_dont_know_in_the_middle():
    counted = twice((0, 5, 4, 3), (0, 3, 98, 2), (0, 98, 1, 1), (0, 1, 5, 4))

    assert flow_of(counted, 0).tolist() == [[0, 0, 4], [1, 2, 0], [0, 0, 3]]


def test_blank_and_unasked_answers_are_no_pair():
    counted = twice((0, BLANK, 4, 3), (0, 5, BLANK, 2), (0, NOT_ASKED, 4, 1), (1, 5, 5, 9))

    assert flow_of(counted, 0).sum() == 0


def test_without_the_experiment_everybody_stands_together_and_nothing_is_compared():
    entry = prepost(twice((None, 5, 5, 30), (None, 1, 5, 20), (None, 3, 3, 25), compared=False), STANDARD, {})

    assert sorted(entry["arms"]) == ["A"]
    assert (entry["effect"], entry["first_question"], entry["arms"]["A"]["base"]) == (None, None, 75)
    assert entry["arms"]["A"]["shift"]["value"] == pytest.approx(40 / 75, abs=0.005)


def test_effect_is_what_one_way_moved_more_than_the_other():
    entry = prepost(
        twice((0, 1, 5, 50), (0, 5, 5, 50), (1, 1, 1, 40), (1, 5, 5, 40), (2, NOT_ASKED, 5, 20), (2, NOT_ASKED, 1, 20)),
        STANDARD,
        {},
    )

    assert entry["arms"]["A"]["shift"]["value"] == 1.0
    assert entry["arms"]["B"]["shift"] == {"value": 0.0, "interval": [0.0, 0.0]}
    assert entry["effect"]["value"] == 1.0
    assert entry["arms"]["C"]["net"] == 0.0
    assert entry["first_question"]["value"] == 1.0


@pytest.mark.parametrize(("profile", "enough"), [(STANDARD, 10), (STRICT, 50)])
def test_way_is_hidden_below_the_smallest_base(profile, enough):
    few = prepost(twice((0, 1, 5, 200), (1, 1, 5, enough - 1)), profile, {})

    assert (few["arms"]["A"]["hidden"], few["arms"]["B"]["hidden"], few["arms"]["C"]["hidden"]) == (False, True, True)
    assert few["arms"]["B"] == {
        "base": few["arms"]["B"]["base"],
        "blank": 0,
        "not_shown": 0,
        "hidden": True,
        "small_base": enough - 1 < 30,
        "before": None,
        "after": None,
        "moved": None,
        "flow": None,
        "shift": None,
    }
    assert (few["effect"], few["first_question"]) == (None, None)


def test_totals_too_small_leave_nothing_but_the_shift():
    entry = prepost(twice((0, 5, 5, 40), (0, 1, 1, 4), compared=True), STANDARD, {})["arms"]["A"]

    assert (entry["before"], entry["after"], entry["flow"]) == (None, None, None)
    assert entry["shift"]["value"] == 0.0


def test_table_with_a_small_cell_is_withheld_whole():
    cells = [(5, 5, 40), (5, 1, 3), (3, 3, 30), (1, 1, 60), (1, 3, 12)]

    entry = prepost(twice(*((0, *cell) for cell in cells)), STANDARD, {})["arms"]["A"]

    assert entry["before"] == {"low": round(72 / 145, 4), "middle": round(30 / 145, 4), "high": round(43 / 145, 4)}
    assert entry["after"] == {"low": round(63 / 145, 4), "middle": round(42 / 145, 4), "high": round(40 / 145, 4)}
    assert entry["flow"] is None


def test_table_of_large_cells_is_shown_whole():
    codes = (1, 3, 5)
    pairs = [(0, before, after, 10 + 3 * before + after) for before in codes for after in codes]

    entry = prepost(twice(*pairs), STANDARD, {})["arms"]["A"]

    assert entry["flow"] == [[10 + 3 * before + after for after in codes] for before in codes]
    assert sum(entry["moved"]["counts"].values()) == entry["base"]


def test_who_moved_is_counted_without_small_numbers():
    shown = prepost(twice((0, 5, 5, 40), (0, 5, 3, 12), (0, 1, 5, 11), (0, 1, 1, 30)), STANDARD, {})["arms"]["A"]
    small = prepost(twice((0, 5, 5, 40), (0, 5, 3, 2), (0, 1, 5, 11), (0, 1, 1, 30)), STANDARD, {})["arms"]["A"]

    assert shown["moved"]["counts"] == {"down": 12, "same": 70, "up": 11}
    assert small["moved"]["counts"] == {"down": None, "same": 70, "up": None}


cells = st.lists(st.integers(0, 60), min_size=9, max_size=9)


@settings(max_examples=60, deadline=None)
@given(cells)
def test_nothing_small_is_shown_and_nothing_hidden_stands_alone(counts):
    codes = (1, 3, 5)
    pairs = [(0, codes[place // 3], codes[place % 3], n) for place, n in enumerate(counts)]

    shown = prepost(twice(*pairs), STANDARD, {})["arms"]["A"]

    assert shown["base"] == sum(counts)
    if shown["flow"]:
        assert min(min(row) for row in shown["flow"]) >= 10
    if shown["before"]:
        assert min(*shown["before"].values(), *shown["after"].values()) * shown["base"] > 9.9
    if shown["moved"]:
        visible = [number for number in shown["moved"]["counts"].values() if number is not None]
        assert all(number >= 10 for number in visible)
        assert len(visible) != 2


def test_part_that_left_is_told():
    entry = prepost(twice((0, 1, 5, 40), (0, 1, BLANK, 10), sent=100), STANDARD, {})

    assert entry["left"] == {"sent": 100, "share": 0.6}


def test_same_answers_give_the_same_numbers():
    pairs = [(0, 1, 5, 33), (0, 5, 3, 21), (0, 3, 3, 40), (1, 1, 1, 31), (1, 3, 5, 12)]

    assert prepost(twice(*pairs), STANDARD, {}) == prepost(twice(*pairs[::-1]), STANDARD, {})


def test_last_answers_are_compared_whether_there_was_a_first_one_or_not():
    entry = prepost(
        twice((0, 5, 5, 20), (0, BLANK, 1, 20), (2, NOT_ASKED, 5, 30), (1, 5, 5, 20)),
        STANDARD,
        {},
    )

    assert entry["first_question"]["value"] == -1.0
