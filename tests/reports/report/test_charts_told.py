"""Which picture a question gets in the report, for every kind that there is."""

import pytest

from apps.reports.report.blocks import ChartKind
from apps.reports.report.html_charts import plain_panel
from apps.surveys.queries import published_instrument
from tests.reports.factories import answer_as, make_inquiry_of_every_kind
from tests.reports.report.factories import WHOLE, figures_of, told

pytestmark = pytest.mark.django_db

OTHERS = {"M": [1, 2], "S": 7, "N": 12, "D": "2026-03-04", "A": 40, "B1": 2, "B2": 1, "B3": 4}
PICTURES = {
    "single_ordinal": ChartKind.STACKED,
    "single_nominal": ChartKind.DOTS,
    "paired_ab": ChartKind.DIVERGING,
    "item_by_item": ChartKind.DIVERGING,
    "rank_top_k": ChartKind.RANKS,
    "multiple": ChartKind.DOTS,
    "scale": ChartKind.COLUMNS,
    "number": ChartKind.COLUMNS,
    "date": ChartKind.COLUMNS,
    "open_text": ChartKind.STACKED,
}


@pytest.fixture
def inquiry():
    found = make_inquiry_of_every_kind()
    for number in range(40):
        answer_as(found, number, {**WHOLE, **OTHERS, "Q3": "だから" if number < 30 else None}, screen=9, finished=True)
    return found


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_kind_of_question_has_its_picture_on_the_page_and_in_files(inquiry, language):
    definition = published_instrument(inquiry.pk).definition
    figures = figures_of(told(inquiry, language))

    asked = {q.id: q.kind for q in definition.questions if q.phase != "background" and q.id in figures}
    drawn = {name: figures[name].chart.kind for name in asked if figures[name].chart}
    assert set(asked.values()) == set(PICTURES)
    assert drawn == {name: PICTURES[kind] for name, kind in asked.items() if not figures[name].table.notes}
    assert set(drawn) >= {"Q1", "Q2", "Q3", "Q5", "Q6", "Q9", "M", "S", "N", "D"}
    assert all(figures[name].panels or plain_panel(figures[name].chart) for name in drawn)


def test_of_words_the_picture_shows_who_wrote_and_who_left_it_blank(inquiry):
    chart = figures_of(told(inquiry))["Q3"].chart

    assert [(mark.label, mark.value, mark.text, mark.tone) for mark in chart.rows[0].marks] == [
        ("Wrote an answer", 0.75, "75%", "s5"),
        ("Left blank", 0.25, "25%", "dk"),
    ]


def test_a_or_b_leans_from_a_to_b_with_dont_know_apart(inquiry):
    chart = figures_of(told(inquiry))["Q5"].chart

    assert [(mark.tone, mark.value) for mark in chart.rows[0].marks] == [
        ("s1", 0.0), ("s2", 0.0), ("s4", 0.0), ("s5", 1.0), ("dk", 0.0),
    ]  # fmt: skip
    assert [end[:2] for end in chart.ends] == ["A ", "B "]
