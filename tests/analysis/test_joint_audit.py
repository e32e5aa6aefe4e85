"""What several tables tell together: as much as one linear programme over all that readers may have answered."""

from itertools import combinations
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from apps.analysis.joint_audit import Intervals
from apps.analysis.joint_tables import Number, Printed
from apps.analysis.linear_program import Unsolvable


def cell(sizes, place):
    flags = np.zeros(sizes, dtype=bool)
    flags[place] = True
    return flags


def numbers_of(names, joint, answers, shown):
    """A table of two answers, its totals exact, its inner cells only where they are `shown`."""
    axes = tuple(axis for axis, name in enumerate(answers) if name not in names)
    table = joint.sum(axis=axes)
    found = [Number(names, cell(table.shape, np.s_[row]), total, total) for row, total in enumerate(table.sum(axis=1))]
    found += [
        Number(names, cell(table.shape, np.s_[:, column]), total, total)
        for column, total in enumerate(table.sum(axis=0))
    ]
    hidden = []
    for place, count in np.ndenumerate(table):
        flags = cell(table.shape, place)
        number = Number(names, flags, count, count) if shown[place] else Number(names, flags)
        found.append(number)
        hidden += [] if shown[place] else [number]
    return found, hidden


def over_everything(numbers, wanted, answers, sizes):
    """The interval of a number by brute force: an unknown for each combination of all answers."""

    def line(number):
        order = sorted(range(len(number.about)), key=lambda axis: answers.index(number.about[axis]))
        shape = [size if name in number.about else 1 for name, size in zip(answers, sizes, strict=True)]
        return np.broadcast_to(number.cells.transpose(order).reshape(shape), sizes).ravel().astype(float)

    exact = [number for number in numbers if number.low == number.high]
    equal, values = np.array([line(each) for each in exact]), [each.low for each in exact]
    ends = [sign * linprog(sign * line(wanted), A_eq=equal, b_eq=values).fun for sign in (1, -1)]
    return ends[1] - ends[0]


def test_two_tables_that_hide_well_tell_a_third_ones_cells():
    """Everybody says the same to A and B, and the table of A by B shows it. Those of A by C and of B by C hide other
    columns, so nothing is hidden."""
    joint = np.zeros((2, 2, 3), dtype=int)
    joint[0, 0], joint[1, 1] = [4, 20, 30], [25, 21, 13]
    answers, shown = "ABC", np.ones((2, 3), dtype=bool)
    two_hidden = [shown & (np.arange(3) != place) & (np.arange(3) != 0) for place in (1, 2)]

    tables = [
        numbers_of(("A", "B"), joint, answers, np.ones((2, 2), dtype=bool)),
        numbers_of(("A", "C"), joint, answers, two_hidden[0]),
        numbers_of(("B", "C"), joint, answers, two_hidden[1]),
    ]

    def widths(*which):
        found = Printed({"A": 2, "B": 2, "C": 3}, tuple(number for table in which for number in table[0]))
        intervals = Intervals(found, [number for table in which for number in table[1]])
        intervals.known_closely(np.full(len(intervals.hidden), np.inf))
        return (intervals.high - intervals.low).round(6).tolist()

    assert widths(tables[1]) == [24, 24, 24, 24]
    assert widths(tables[1], tables[2]) == [24] * 4 + [29] * 4
    assert widths(*tables) == [0] * 8


@pytest.mark.parametrize("pairs", [("AB", "BC", "AC"), ("AB", "BC", "CD", "DA"), ("AB", "CD"), ("AB", "AB")])
@settings(max_examples=8, deadline=None)
@given(st.data())
def test_small_groups_of_answers_tell_as_much_as_all_at_once(pairs, data):
    answers, sizes = "ABCD", (2, 3, 2, 2)
    counts = data.draw(st.lists(st.integers(0, 9), min_size=24, max_size=24))
    joint = np.array(counts).reshape(sizes)
    numbers, hidden = [], []
    for pair in pairs:
        names = tuple(pair)
        shape = tuple(sizes[answers.index(name)] for name in names)
        shown = np.array(data.draw(st.lists(st.booleans(), min_size=prod(shape), max_size=prod(shape))))
        axes = sorted(range(2), key=lambda axis: answers.index(names[axis]))
        table, more = numbers_of(
            tuple(names[axis] for axis in axes), joint, answers, shown.reshape(shape).transpose(axes)
        )
        numbers, hidden = numbers + table, hidden + more
    if not hidden:
        return

    intervals = Intervals(Printed(dict(zip(answers, sizes, strict=True)), tuple(numbers)), hidden)
    intervals.known_closely(np.full(len(hidden), np.inf))

    expected = [over_everything(numbers, each, answers, sizes) for each in hidden]
    assert np.allclose(intervals.high - intervals.low, expected, atol=1e-5)


def test_every_number_is_about_answers_of_one_group_and_neighbours_share_what_they_must():
    names = "ABCDEF"
    numbers = tuple(
        Number(pair, np.ones((2, 2), dtype=bool)) for pair in [*combinations(names[:3], 2), ("C", "E"), ("E", "F")]
    )

    groups = Printed(dict.fromkeys(names, 2), numbers).groups

    for number in numbers:
        assert any({*number.about} <= {*group.answers} for group in groups)
    for place, group in enumerate(groups):
        later = {name for other in groups[place + 1 :] for name in other.answers}
        assert {*group.answers} & later == {*group.shared}
        assert group.behind is None or {*group.shared} <= {*groups[group.behind].answers}
    assert max(len(group.answers) for group in groups) == 3


def test_a_rounded_number_leaves_its_room():
    whole = Number(("A",), np.array([True, True]), 20, 20)
    rounded = Number(("A",), np.array([True, False]), 3, 7)
    other = Number(("A",), np.array([False, True]))

    intervals = Intervals(Printed({"A": 2}, (whole, rounded, other)), [other])
    intervals.move(np.ones(1))

    assert (intervals.low[0], intervals.high[0]) == (13, 17)


def test_numbers_that_contradict_one_another_are_no_distribution():
    parts = [Number(("A",), np.array(flags), 8, 8) for flags in ([True, False], [True, True])]
    other = Number(("A",), np.array([False, True]), 1, 1)

    with pytest.raises(Unsolvable):
        Intervals(Printed({"A": 2}, (*parts, other)), [other]).known_closely(np.ones(1))


def test_those_with_room_enough_are_not_told():
    joint = np.array([[12, 3], [4, 30]])
    table, hidden = numbers_of(("A", "B"), joint, "AB", np.zeros((2, 2), dtype=bool))

    intervals = Intervals(Printed({"A": 2, "B": 2}, tuple(table)), hidden)

    assert intervals.known_closely(np.array([15.0, 15.0, 15.0, 15.0])).tolist() == []
    assert intervals.known_closely(np.array([15.0, 15.0, 16.0, 15.0])).tolist() == [2]
