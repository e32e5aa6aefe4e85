"""The report in words: in both languages, for every section, whatever there is to tell."""

import re
from copy import deepcopy
from functools import partial

import pytest
from django.utils import timezone

from apps.debates.actions import open_debate
from apps.debates.maps.making import draw_map
from apps.inquiries.actions import compare_arms
from apps.inquiries.models import Inquiry
from apps.reports.numbers import whole_percent
from apps.reports.report.counted.opinion_map import agree_guides
from apps.reports.report.wording import forbidden_in, own_words, texts_in
from apps.surveys.queries import published_instrument
from tests.debates.planting import drawn, plant_ballots
from tests.reports.factories import answer_as, make_inquiry_of_every_kind
from tests.reports.report.factories import a_crowd, content_of, figures_of, texts_of, told

pytestmark = pytest.mark.django_db
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


@pytest.fixture(scope="module")
def made(rows_of_the_module):
    """Everything that a report can hold: all kinds of questions, votes, a map, readers asked twice by lot."""
    import numpy as np

    inquiry = compare_arms(inquiry=make_inquiry_of_every_kind(), expected=300)
    a_crowd(inquiry, 60)
    for number in range(100, 220):
        coins = {"arm": number % 3, "dir_main": number % 2}
        first = {} if coins["arm"] == 2 else {"Q1": number % 5 + 1}
        answer_as(inquiry, number, {**first, "P1": (number * 7) % 5 + 1}, coins=coins, finished=True)
    plant_ballots(open_debate(inquiry=inquiry), drawn(np.outer(np.linspace(-2, 2, 40), np.linspace(2, -2, 24))))
    assert draw_map(debate=inquiry.debate, now=timezone.now())
    return inquiry.pk, content_of(Inquiry.objects.get(pk=inquiry.pk))


@pytest.fixture
def full(made, db):
    return Inquiry.objects.get(pk=made[0])


@pytest.fixture
def tell(made, full):
    """It was counted once and is told by each test."""
    return partial(told, full, content=made[1])


def test_every_part_is_told_and_has_its_place(tell):
    report = tell()

    names = [section.id for section in report.sections]
    wanted = ["questions", "readers", "rankings", "mirror", "ambivalence", "twice", "map", "flags", "arrival", "ways"]
    assert [name for name in names if name in wanted] == wanted
    assert names[-1] == "method"
    assert len(set(figures_of(report))) == len(figures_of(report))


def test_agreement_with_statements_has_its_guide_where_guides_are_told(tell, made):
    """Laplace: of three votes that all agree, quantiles of Beta(4, 1), whose distribution is x⁴."""
    with_guides, without = (statements_in(tell(intervals=told)) for told in (True, False))
    (first, *_others), guides = with_guides.rows, made[1]["parts"]["map"]["agree_guides"]

    low, high = next(iter(guides.values()))
    assert (with_guides.columns[2:4], first[3]) == (
        ("Agree", "95% guide"),
        f"{whole_percent(low)}–{whole_percent(high)}%",
    )
    assert [(*row[:3], *row[4:]) for row in with_guides.rows] == list(without.rows)
    assert (len(with_guides.notes), without.notes) == (1, ())
    assert agree_guides([{"number": 7, "agree": 3, "votes": 3}, {"number": 8, "agree": None, "votes": 20}]) == {
        "7": [0.398, 0.994]
    }


def test_statements_of_older_reports_are_told_without_guides(full, made):
    content = deepcopy(made[1])
    del content["parts"]["map"]["agree_guides"]

    table = statements_in(told(full, content=content))

    assert (len(table.columns), table.notes) == (9, ())


def statements_in(report):
    blocks = next(section for section in report.sections if section.id == "map").blocks
    return blocks[-1]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_sentence_claims_more_than_the_survey_can(tell, language):
    assert forbidden_in(own_words(tell(language))) == []


def test_the_questionnaire_that_ships_claims_no_more_either(full):
    definition = published_instrument(full.pk).definition
    asked = {
        name: definition.document[name] for name in ("title", "items", "context_card") if name in definition.document
    }

    assert forbidden_in(texts_in(asked)) == []
    for sentences in (each for each in definition.report_templates.values() if isinstance(each, dict)):
        assert forbidden_in(sentences.values()) == []


def test_beside_every_figure_stands_what_must_be_printed(tell):
    for figure in figures_of(tell()).values():
        facts = " ".join(figure.facts)
        assert figure.headline, figure.id
        assert figure.base, figure.id
        assert "no sampling error can be computed" in facts, figure.id
        assert "Not weighted." in facts, figure.id
        assert "Questionnaire version" in facts, figure.id


def test_every_chart_has_words_for_who_does_not_see_it(tell):
    charts = {name: figure.chart for name, figure in figures_of(tell()).items() if figure.chart}

    assert len(charts) > 15
    assert [name for name, chart in charts.items() if not chart.alt] == []


def test_english_is_english(tell):
    own = [
        text
        for text in own_words(tell("en"))
        if JAPANESE.search(text.translate(str.maketrans("", "", "イロハニホヘトチリ")))
    ]

    assert own == []


def test_intervals_are_told_at_the_desk_and_not_to_everybody(tell):
    desk, public = (" ".join(texts_of(tell(intervals=guides))) for guides in (True, False))

    assert "95% guide" in desk
    assert "as if these" in desk
    assert "95% guide" not in public.replace("95% guide −", "").replace("95% guide +", "").replace("95% guide 0", "")
