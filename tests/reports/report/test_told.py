"""The report in words: in both languages, for every section, whatever there is to tell."""

import re

import pytest
from django.utils import timezone

from apps.debates.actions import open_debate
from apps.debates.mapping import draw_map
from apps.inquiries.actions import compare_arms
from apps.inquiries.models import Inquiry, PrivacyProfile
from apps.reports.report.page import report_html
from apps.reports.report.wording import forbidden_in, own_words, texts_in
from apps.surveys.queries import published_instrument
from tests.debates.planting import drawn, plant_ballots
from tests.reports.factories import answer_as, make_inquiry, make_inquiry_of_every_kind
from tests.reports.report.factories import a_crowd, figures_of, texts_of, told

pytestmark = pytest.mark.django_db
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


@pytest.fixture
def full():
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
    return Inquiry.objects.get(pk=inquiry.pk)


def test_every_part_is_told_and_has_its_place(full):
    report = told(full)

    names = [section.id for section in report.sections]
    wanted = ["questions", "readers", "rankings", "mirror", "ambivalence", "twice", "map", "flags", "arrival", "ways"]
    assert [name for name in names if name in wanted] == wanted
    assert names[-1] == "method"
    assert len(set(figures_of(report))) == len(figures_of(report))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_sentence_claims_more_than_the_survey_can(full, language):
    assert forbidden_in(own_words(told(full, language))) == []


def test_the_questionnaire_that_ships_claims_no_more_either(full):
    definition = published_instrument(full.pk).definition
    asked = {
        name: definition.document[name] for name in ("title", "items", "context_card") if name in definition.document
    }

    assert forbidden_in(texts_in(asked)) == []
    for sentences in (each for each in definition.report_templates.values() if isinstance(each, dict)):
        assert forbidden_in(sentences.values()) == []


def test_beside_every_figure_stands_what_must_be_printed(full):
    for figure in figures_of(told(full)).values():
        facts = " ".join(figure.facts)
        assert figure.headline, figure.id
        assert figure.base, figure.id
        assert "no sampling error can be computed" in facts, figure.id
        assert "Not weighted." in facts, figure.id
        assert "Questionnaire version" in facts, figure.id


def test_every_chart_has_words_for_who_does_not_see_it(full):
    charts = {name: figure.chart for name, figure in figures_of(told(full)).items() if figure.chart}

    assert len(charts) > 15
    assert [name for name, chart in charts.items() if not chart.alt] == []


def test_english_is_english(full):
    own = [
        text
        for text in own_words(told(full, "en"))
        if JAPANESE.search(text.translate(str.maketrans("", "", "イロハニホヘトチリ")))
    ]

    assert own == []


def test_intervals_are_told_at_the_desk_and_not_to_everybody(full):
    desk, public = (" ".join(texts_of(told(full, intervals=guides))) for guides in (True, False))

    assert "95% guide" in desk
    assert "as if these" in desk
    assert "95% guide" not in public.replace("95% guide −", "").replace("95% guide +", "").replace("95% guide 0", "")


@pytest.mark.parametrize("profile", PrivacyProfile.values)
@pytest.mark.parametrize("readers", [0, 1, 10, 35, 60])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_report_is_drawn_whoever_answered(language, readers, profile):
    inquiry = make_inquiry(privacy_profile=profile)
    a_crowd(inquiry, readers)

    html = report_html(told(inquiry, language))

    assert html.count("<h1>") == 1
    assert "None" not in re.sub(r"<[^>]+>", "", html).replace("None. Where", "").replace("None of", "")


def test_words_of_readers_and_editors_are_never_markup():
    inquiry = make_inquiry(title={"ja": "<script>alert(1)</script>", "en": "{{7*7}} <b>"})
    a_crowd(inquiry, 12)

    html = report_html(told(inquiry))

    assert "<script>" not in html
    assert "{{7*7}} &lt;b&gt;" in html


def test_a_lead_that_is_none_is_called_about_level():
    inquiry = make_inquiry()
    for number in range(40):
        answer_as(inquiry, number, {"Q6": 1 if number < 21 else 2})

    assert "are about level" in figures_of(told(inquiry))["Q6"].headline
