"""How far readers came, as columns: a picture of the numbers in its table, with the same ones hidden."""

import pytest

from apps.reports.report.blocks import Table
from tests.reports.factories import answer_as, make_inquiry
from tests.reports.report.factories import content_of, figures_of, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_furthest_screens_are_columns_that_hide_what_their_table_hides(language):
    inquiry = make_inquiry()
    for number in range(40):
        answer_as(inquiry, number, {"Q1": 3}, screen=1 if number < 20 else 2 if number < 23 else 4)

    figure = figures_of(told(inquiry, language, content_of(inquiry)))["ways-screens"]

    drawn = [(row.label, row.marks[0].value, row.marks[0].text) for row in figure.chart.rows]
    assert drawn[:5] == [("1", 0.5, "50%"), ("2", None, "x"), ("3", 0.0, "–"), ("4", 0.38, "38%"), ("5", 0.0, "–")]
    assert [text for _, _, text in drawn] == [row[1] for row in figure.table.rows]


def test_what_was_left_out_is_told_by_rows_in_the_order_of_the_questionnaire():
    inquiry = make_inquiry()
    for number in range(40):
        answer_as(inquiry, number, {"Q2": {"a": 98 if number < 25 else 1, "b": 2}, "B1": 1, "Q9": [1], "Q1": 3})

    ways = next(section for section in told(inquiry).sections if section.id == "ways")
    tables = [block for block in ways.blocks if isinstance(block, Table)]

    rows = tables[-1].rows
    assert [row[0] for row in rows] == ["Q1", "Q2 Hope or excitement", "Q2 Worry or fear", "Q9", "B1"]
    assert rows[1:3] == (("Q2 Hope or excitement", "–", "25", "–"), ("Q2 Worry or fear", "–", "–", "–"))
