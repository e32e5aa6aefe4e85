"""Diverging bars: every part as wide as its share, the two sides meet at one line, nothing hidden is given a side."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reports.report.blocks import Mark, Row
from apps.reports.report.leaning import GAP, leaning

TONES = ("s1", "s2", "s3", "s4", "s5", "dk")


def row(*shares: float | None, tones: tuple[str, ...] = TONES) -> Row:
    return Row("", tuple(Mark("", share, "", tone) for share, tone in zip(shares, tones, strict=True)))


def places(pieces) -> list[tuple[str, float, float]]:
    return [("hidden" if each.hidden else each.mark.tone, round(each.start, 3), round(each.wide, 3)) for each in pieces]


def test_both_sides_meet_at_the_line_and_a_middle_step_lies_on_it():
    lies = leaning((row(0.2, 0.1, 0.2, 0.3, 0.2, 0),))

    assert (lies.middle, lies.apart) == (pytest.approx(0.4), 1)
    assert places(lies.rows[0]) == [
        ("s1", 0, 0.2),
        ("s2", 0.2, 0.1),
        ("s3", 0.3, 0.2),
        ("s4", 0.5, 0.3),
        ("s5", 0.8, 0.2),
    ]


def test_dont_know_stands_in_a_column_of_its_own_behind_a_gap():
    lies = leaning((row(0.5, 0.25, 0.25, tones=("s1", "s5", "dk")), row(0.25, 0.75, 0, tones=("s1", "s5", "dk"))))

    unit = (1 - GAP) / (0.5 + 0.75 + 0.25)
    assert lies.middle == pytest.approx(0.5 * unit)
    assert places(lies.rows[0])[2] == ("dk", round(1 - 0.25 * unit, 3), round(0.25 * unit, 3))
    assert places(lies.rows[1]) == [
        ("s1", round(0.25 * unit, 3), round(0.25 * unit, 3)),
        ("s5", round(0.5 * unit, 3), round(0.75 * unit, 3)),
    ]


def test_what_is_hidden_stands_together_and_on_no_side():
    lies = leaning((row(None, 0.3, 0.2, None, 0.1, 0.1),))

    hidden = [piece for piece in lies.rows[0] if piece.hidden]
    assert [(round(each.wide / lies.rows[0][0].wide, 6), round(each.start + each.wide, 6)) for each in hidden] == [
        (1.0, 1.0)  # the rest, 30 %, is as wide as the shown 30 %, and ends at the edge
    ]


def test_a_row_of_which_nothing_is_shown_is_hidden_from_edge_to_edge():
    lies = leaning((row(0.5, 0.5, tones=("s1", "s5")), Row("too few", ())))

    assert places(lies.rows[1]) == [("hidden", 0, 1)]


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 300)), min_size=6, max_size=6), min_size=1, max_size=5))
def test_parts_are_as_wide_as_their_shares_and_never_overlap(counts):
    rows = [
        row(*(None if count is None else count / (sum(each or 0 for each in line) + 60) for count in line))
        for line in counts
    ]

    lies = leaning(rows)

    shown = [piece for pieces in lies.rows for piece in pieces if not piece.hidden]
    units = [piece.wide / piece.mark.value for piece in shown]
    assert all(unit == pytest.approx(units[0]) for unit in units)
    for pieces in lies.rows:
        ends = [(piece.start, piece.start + piece.wide) for piece in pieces]
        assert all(start >= -1e-9 and end <= 1 + 1e-9 for start, end in ends)
        assert all(later >= earlier - 1e-9 for (_, earlier), (later, _) in pairwise(ends))
