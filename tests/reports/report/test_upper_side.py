"""Two categories of a question that was asked twice: who came to the upper side, who left it, never more than shown."""

import numpy as np
import pytest

from apps.inquiries.privacy import PROFILES
from apps.reports.report.counted.twice import shows_who_changed, upper_side
from apps.reports.twice.pairs import Twice, prepost
from apps.reports.twice.repetition import Repetition
from apps.responses.arm_counts import AnsweredTwice
from tests.reports.factories import both, parse_items

STANDARD, STRICT = PROFILES["standard"], PROFILES["strict"]
FLOW = np.array([[40, 10, 25], [10, 30, 15], [12, 10, 48]])


def test_who_came_and_who_left_by_hand():
    """40 came and 22 left: (40 - 22)² / 62 = 5.23; 18 of 200 are nine points."""
    assert upper_side(FLOW, STANDARD) == {
        "came": 40,
        "left": 22,
        "net": {"value": 0.09, "interval": [0.01, 0.17]},
        "p": {"value": 0.0223},
        "few": False,
    }


def test_few_changes_are_counted_out():
    """Of 24 who changed, 14 one way: 2 · P(X ≤ 10) of 24 coins, 0.5413."""
    found = upper_side(np.array([[30, 0, 14], [0, 0, 0], [10, 0, 30]]), STANDARD)

    assert (found["came"], found["left"], found["p"], found["few"]) == (14, 10, {"value": 0.5413}, True)


def test_what_is_rounded_is_not_told_again_by_an_exact_p():
    assert upper_side(FLOW, STRICT) == {
        "came": 40,
        "left": 20,
        "net": {"value": 0.09, "interval": [0.01, 0.17]},
        "p": {"under": 0.05},
        "few": False,
    }


@pytest.mark.parametrize(
    ("options", "cells", "shown"),
    [
        ((1, 2), [(1, 1, 30), (1, 2, 14), (2, 1, 10), (2, 2, 30)], True),
        ((1, 2), [(1, 1, 30), (1, 2, 14), (2, 1, 9), (2, 2, 30)], False),
        ((1, 2), [(1, 1, 4), (1, 2, 5)], False),
        ((1, 2, 3), [(a, b, 10) for a in (1, 2, 3) for b in (1, 2, 3)], True),
        ((1, 2, 3), [(a, b, 9 if (a, b) == (3, 1) else 10) for a in (1, 2, 3) for b in (1, 2, 3)], False),
        ((1, 2, 3), [(1, 1, 30), (1, 3, 14), (3, 1, 10), (3, 3, 30)], False),
    ],
)
def test_told_only_where_the_sides_or_the_moves_tell_as_much(options, cells, shown):
    """With something between, all nine cells; without, nobody moves but from one side to the other."""
    answers = {"type": "single_ordinal", "options": [{"code": code, "label": both(str(code))} for code in options]}
    first, again = parse_items({"id": "Q1", **answers}, {"id": "Q2", **answers}).questions
    repetition = Repetition(first, again)
    pairs = [AnsweredTwice(None, *cell) for cell in cells]

    arm = prepost(Twice(repetition, pairs, {}, compared=False), STANDARD, {})["arms"]["A"]

    assert shows_who_changed(arm, repetition) is shown


def test_a_way_that_nobody_took_tells_nothing():
    assert not shows_who_changed(None, None)
