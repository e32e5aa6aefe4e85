"""The results page: what is printed beside every figure, the own answers in it, and when there is nothing to see."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone, translation

from apps.inquiries.actions import close_inquiry
from apps.inquiries.models import Inquiry, PrivacyProfile, ResultsShown
from apps.reports.charts import mark_own, results_html
from apps.surveys.definition import BLANK
from tests.reports.factories import answer_as, every_kind, make_inquiry_of_every_kind, publish
from tests.responses.factories import instrument_of, make_inquiry

pytestmark = pytest.mark.django_db

ANSWERS = {
    "Q1": 4, "Q2": {"a": 4, "b": 1}, "Q3": "だから", "Q4": 2, "Q5": 1, "Q6": 1, "Q7": {"code": 7, "text": "別のこと"},
    "Q8": 2, "Q9": [3, 1], "M": [1, 3], "S": 10, "N": 7, "D": "2026-05-01", "A": 40, "B1": 3,
}  # fmt: skip
FIGURE = re.compile(r'<figure class="result" id="(\w+)".*?</figure>', re.S)
TAG = re.compile(r"<[^>]+>")


def page_of(inquiry: Inquiry, language: str = "en") -> str:
    client = Client(headers={"accept-language": language})
    return client.get(f"/q/{inquiry.slug}/results/").content.decode()


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(TAG.sub("", html))).strip()


def figures_of(html: str) -> dict[str, str]:
    return {found[1]: found[0] for found in FIGURE.finditer(html)}


@pytest.fixture
def inquiry() -> Inquiry:
    """Twelve readers who answered everything alike, run by somebody with a name."""
    inquiry = make_inquiry_of_every_kind()
    inquiry.publication.operator, inquiry.publication.funder = "Toikake Lab", "nobody else"
    inquiry.publication.save()
    for reader in range(12):
        answer_as(inquiry, reader, ANSWERS)
    return inquiry


def test_every_question_has_its_figure_in_order_with_those_about_readers_last(inquiry):
    publish(inquiry)

    figures = figures_of(page_of(inquiry))

    asked = [question for question in every_kind().questions if question.phase != "post"]
    opinions = [question.id for question in asked if question.phase != "background"]
    assert list(figures) == opinions + [question.id for question in asked if question.phase == "background"]


def test_ten_facts_stand_beside_every_figure(inquiry):
    epoch = publish(inquiry)
    made = timezone.localtime(epoch.created_at)
    today = made.strftime("%b. %-d, %Y").replace("May.", "May")

    figures = figures_of(page_of(inquiry))

    for name, html in figures.items():
        question, facts = every_kind().question(name), text_of(html[html.index('<div class="facts">') :])
        assert re.search(r"<h2[^>]*>\S", html), name  # 1 headline
        assert unescape(question.stem["en"]) in unescape(html), name  # 2 exact question
        assert re.match(r"n=\d+\*?: those who answered this question", facts), name  # 3 base
        assert f"· {today}" in facts or "to" in facts.split("·")[1], name  # 4 dates
        assert "Readers' survey: open to all, on the web." in facts  # 5
        assert "no sampling error can be computed" in facts
        assert "Not weighted." in facts  # 6
        assert "Rounded percentages may not add up to 100." in facts  # 7
        assert "– nobody; * fewer than 30 answers" in facts  # 8
        assert "x withheld" in facts
        assert "Conducted by Toikake Lab." in facts  # 9 operator, questionnaire, data, method
        assert re.findall(r'<a href="([^"]+)">', html) == [
            "/q/one-founder-ai/about/?lang=en#questionnaire",
            "/api/v1/inquiries/one-founder-ai/results",
            "#method",
        ]
        assert f"Questionnaire version 2, aggregation no. 1 of {today} {made:%H:%M}" in facts  # 10


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Q1", "(order of the answers reversed for half of the readers)"),
        ("Q2", "(order of the parts different from reader to reader)"),
        ("Q5", "(A and B changed places for half of the readers)"),
        ("Q9", "(order of the answers different from reader to reader)"),
        ("Q1L", "(asked of those who had answered “Neither desirable nor undesirable”)"),
    ],
)
def test_a_figure_says_how_it_was_asked(inquiry, name, told):
    publish(inquiry)

    assert told in text_of(figures_of(page_of(inquiry))[name])


def test_small_bases_carry_a_star_and_hidden_ones_say_from_when_on(inquiry):
    """Twelve answered the first question, nobody was asked which way they lean."""
    publish(inquiry)

    figures = {name: text_of(html) for name, html in figures_of(page_of(inquiry)).items()}

    assert "n=12*: those who answered this question" in figures["Q1"]
    assert "Shown from 10 answers on." in figures["Q1L"]
    assert "Shown from 10 answers on." not in figures["Q1"]
    assert "12 people wrote an answer" in figures["Q3"]
    assert "What readers wrote is not shown before somebody has read it." in figures["Q3"]
    assert "だから" not in page_of(inquiry)
    assert "別のこと" not in page_of(inquiry)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_method_box_fills_itself_in(inquiry, language):
    epoch = publish(inquiry)

    method = text_of(page_of(inquiry, language).partition('id="method"')[2])

    assert "Toikake Lab" in method
    assert "nobody else" in method
    assert "{" not in method
    assert epoch.sha256 in method
    assert instrument_of(inquiry).sha256 in method


def test_tables_are_tables_and_pictures_are_hidden_from_those_who_do_not_see(inquiry):
    publish(inquiry)

    html = "".join(figures_of(page_of(inquiry)).values())

    assert all('aria-hidden="true"' in tag for tag in re.findall(r"<svg[^>]*>", html))
    for table in re.findall(r"<table.*?</table>", html, re.S):
        rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
        assert rows[0].count('scope="col"') == 3
        assert all((row.count('scope="row"'), row.count("<td>")) == (1, 2) for row in rows[1:])
    assert "style=" not in html


def own_marks_of(inquiry: Inquiry, answers: dict) -> dict[str, list[str]]:
    """By figure, what is marked as one's own."""
    epoch = publish(inquiry, force=True)
    with translation.override("en"):
        html = mark_own(results_html(epoch, instrument_of(inquiry), inquiry, "en"), answers, "en")
    marked = re.compile(
        r'<th scope="row">(?:<svg.*?</svg>)?([^<]*) <em class="yours">(.*?)</em>|<p class="yours">(.*?)</p>'
    )
    return {
        name: [" = ".join(part for part in found if part) for found in marked.findall(figure)]
        for name, figure in figures_of(html).items()
        if "yours" in figure
    }


def test_own_answers_of_every_kind_are_marked_in_words(inquiry):
    assert own_marks_of(inquiry, ANSWERS) == {
        "Q1": ["Somewhat desirable = Your answer"],
        "Q2": ["Strongly = Your answer", "Not at all = Your answer"],
        "Q3": ["Your answer: だから"],
        "Q4": ["More of a minus = Your answer"],
        "Q5": ["Close to B = Your answer"],
        "Q6": ["One leader decides quickly = Your answer"],
        "Q7": ["Something else = Your answer"],
        "Q8": ["Safety and ethics are left until later = Your answer"],
        "Q9": ["Independent expert safety review = Your no. 2", "National law = Your no. 1"],
        "M": ["a = Your answer", "c = Your answer"],
        "S": ["10 = Your answer"],
        "N": ["Your answer: 7"],
        "D": ["Your answer: May 1, 2026"],
        "A": ["Your answer: 40"],
        "B1": ["40-49 = Your answer"],
    }


def test_what_was_left_blank_is_not_marked(inquiry):
    """97 says that a question was left blank, except where it is the number that was given."""
    blank = {"Q1": BLANK, "Q3": BLANK, "Q9": BLANK, "D": BLANK, "S": BLANK, "N": None, "Q3c": True}

    assert own_marks_of(inquiry, blank) == {}
    assert own_marks_of(inquiry, {"N": 97}) == {"N": ["Your answer: 97"]}


def test_own_words_are_text_and_nothing_else(inquiry):
    marks = own_marks_of(inquiry, {"Q3": "<script>alert(1)</script>", "D": "2026-99-99"})

    assert marks == {
        "Q3": ["Your answer: &lt;script&gt;alert(1)&lt;/script&gt;"],
        "D": ["Your answer: 2026-99-99"],
    }


@pytest.mark.parametrize(
    ("profile", "answered", "shown"),
    [
        (PrivacyProfile.STANDARD, 0, False),
        (PrivacyProfile.STANDARD, 1, False),
        (PrivacyProfile.STANDARD, 9, False),
        (PrivacyProfile.STANDARD, 10, True),
        (PrivacyProfile.STRICT, 49, False),
        (PrivacyProfile.STRICT, 50, True),
    ],
)
def test_too_few_answers_show_no_number_on_page_and_api(profile, answered, shown):
    inquiry = make_inquiry(privacy_profile=profile)
    for reader in range(answered):
        answer_as(inquiry, reader, {"Q1": 4})
    publish(inquiry)

    page, api = page_of(inquiry), Client().get(f"/api/v1/inquiries/{inquiry.slug}/results").json()

    smallest = {"standard": 10, "strict": 50}[profile]
    assert ("<figure" in page, api["published"]) == (shown, shown)
    if not shown:
        assert f"once {smallest} readers have answered" in page
        assert api == {"published": False, "reason": "not_enough", "smallest_base": smallest, "n": None}


def test_strict_pages_print_about_numbers_and_say_so():
    inquiry = make_inquiry(privacy_profile=PrivacyProfile.STRICT)
    for reader in range(58):
        answer_as(inquiry, reader, {"Q1": 4 if reader < 33 else 2})
    publish(inquiry)

    html = page_of(inquiry)

    assert text_of(html.partition("<h1>")[2].partition("</h1>")[0]) == "About 60 people answered"
    assert "n=about 60: those who answered this question" in text_of(figures_of(html)["Q1"])
    assert "Numbers of readers are rounded to 5." in text_of(figures_of(html)["Q1"])
    assert not re.search(r"\b(58|33|25)\b", text_of(figures_of(html)["Q1"]).partition("n=")[0])


def test_an_election_shows_nothing_anywhere_before_the_close():
    inquiry = make_inquiry(results_shown=ResultsShown.AFTER_CLOSE)
    for reader in range(12):
        answer_as(inquiry, reader, {"Q1": 4})
    publish(inquiry)

    before = page_of(inquiry), Client().get(f"/api/v1/inquiries/{inquiry.slug}/results").json()
    close_inquiry(inquiry=inquiry)
    after = page_of(inquiry), Client().get(f"/api/v1/inquiries/{inquiry.slug}/results").json()

    assert "<figure" not in before[0]
    assert "The results will be shown when the survey has closed" in before[0]
    assert before[1] == {"published": False, "reason": "after_close", "smallest_base": 10, "n": None}
    assert "<figure" in after[0]
    assert after[1]["answered"] == 12


def test_a_closed_inquiry_keeps_its_results_and_invites_nobody():
    inquiry = make_inquiry(closes_at=timezone.now() + timedelta(hours=1))
    for reader in range(12):
        answer_as(inquiry, reader, {"Q1": 4})
    publish(inquiry)
    Inquiry.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    html = page_of(inquiry)

    assert "n=12*" in text_of(figures_of(html)["Q1"])
    assert 'class="go"' not in html


def test_both_languages_print_the_same_numbers(inquiry):
    publish(inquiry)

    japanese, english = page_of(inquiry, "ja"), page_of(inquiry, "en")

    cells = re.compile(r"<td>(.*?)</td>")
    assert [cells.findall(figure) for figure in figures_of(japanese).values()] == [
        cells.findall(figure) for figure in figures_of(english).values()
    ]
    assert not re.search(r"[ぁ-ん]", text_of("".join(figures_of(english).values())).replace("問いかけ", ""))
