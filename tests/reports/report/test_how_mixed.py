"""Columns of mixed feelings: the table of both feelings added up, and nothing that this table hides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reports.report.told.how_mixed import steps
from tests.reports.factories import answer_as, make_inquiry
from tests.reports.report.factories import content_of, figures_of, told

CELLS = st.lists(st.lists(st.integers(-1, 40), min_size=4, max_size=4), min_size=4, max_size=4)


def test_two_scales_of_three_steps_by_hand():
    """0 holds nobody's feelings (0, 0) and … nothing else here; (1, 0) and (0, 1) make -0.5."""
    assert steps([[5, 10, 15], [20, 25, 30], [35, 40, 45]]) == [
        (-1.0, 15 + 35),
        (-0.5, 10 + 20),
        (0.0, 5),
        (0.5, 30 + 40),
        (1.0, 25),
        (2.0, 45),
    ]


@given(CELLS)
def test_a_column_is_shown_only_where_the_table_shows_everything_that_it_is_made_of(counts):
    found = dict(steps(counts))

    for one, line in enumerate(counts):
        for other, readers in enumerate(line):
            if readers == -1:
                assert found[(one + other) / 2 - abs(one - other)] is None
    if all(readers >= 0 for line in counts for readers in line):
        assert sum(found.values()) == sum(map(sum, counts))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en"])
def test_columns_stand_below_the_table_of_both_feelings_with_their_caveat(language):
    inquiry = make_inquiry()
    for number in range(60):
        answer_as(inquiry, number, {"Q2": {"a": 4, "b": 4 if number < 40 else 1}})

    content = content_of(inquiry)
    figures = figures_of(told(inquiry, language, content))

    names = [name for name in figures if name in {"Q2-both", "Q2-mixed"}]
    mixed = figures["Q2-mixed"]
    assert names == ["Q2-both", "Q2-mixed"]
    assert [(row[0], row[2]) for row in mixed.table.rows if row[2] not in {"–"}] == [("−1.5", "20"), ("3", "40")]
    assert [row.marks[0].text for row in mixed.chart.rows] == [row[1] for row in mixed.table.rows]
    assert mixed.notes
    assert mixed.headline in mixed.chart.alt
