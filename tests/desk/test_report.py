"""The report on the desk: worked out by the worker, shown in sentences whatever there is to show."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import Role
from apps.inquiries.models import Inquiry
from apps.reports.models import Calculation, CalculationState, FrozenReport, MethodNotes
from apps.reports.report.method_notes import NOTES
from apps.reports.tasks import make_calculation
from apps.surveys.actions import publish_version
from apps.surveys.models import SurveyVersion
from tests.accounts.cast import member, publication, signed_in
from tests.reports.factories import answer_as
from tests.reports.report.factories import a_crowd
from tests.responses.factories import built_in_document, make_inquiry

pytestmark = pytest.mark.django_db
PAGE = "/desk/inquiries/bridge/report/"


@pytest.fixture
def bridge():
    return make_inquiry("bridge", publication=publication())


@pytest.fixture
def desk():
    client = signed_in(member(Role.ANALYST))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def counted(desk, path=PAGE):
    """Asked for, worked out as the worker does, asked for again; nobody has just done so."""
    Calculation.objects.update(ready_at=timezone.now() - timedelta(hours=1))
    desk.get(path)
    make_calculation(calculation_id=Calculation.objects.latest("pk").pk)
    return desk.get(path)


def test_the_page_waits_for_the_worker_with_a_link_that_needs_no_script(desk, bridge):
    html = desk.get(PAGE).content.decode()

    assert "The report is being counted. It appears here as soon as it is ready." in html
    assert f'<a href="{PAGE}">Look again</a>' in html
    assert 'hx-trigger="every 2s"' in html


def test_what_was_counted_is_told_and_asked_for_no_more(desk, bridge):
    a_crowd(bridge)

    html = counted(desk).content.decode()

    assert "<h1>" in html
    assert [name for name in ("Q1", "Q7-Q8", "Q9-worth", "Q2-both") if f'id="{name}"' not in html] == []
    assert "hx-trigger" not in html
    assert "<!--own" not in html


def test_the_part_that_htmx_asks_for_is_the_report_alone(desk, bridge):
    a_crowd(bridge, 12)
    counted(desk)

    html = desk.get(PAGE, headers={"HX-Request": "true"}).content.decode()

    assert html.startswith('<div id="report"')
    assert "<html" not in html


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("readers", [0, 1, 9, 10])
def test_few_readers_get_sentences_instead_of_figures(desk, bridge, readers, language):
    for number in range(readers):
        answer_as(bridge, number, {"Q1": 3, "Q9": [1]})

    answer = counted(desk, f"{PAGE}?lang={language}")

    assert answer.status_code == 200
    assert ("<figure" in answer.content.decode()) == (readers >= 10)


def test_readers_who_left_everything_blank_are_counted_and_nothing_is_drawn(desk, bridge):
    for number in range(15):
        answer_as(bridge, number, {"Q1": None, "Q2": None, "Q9": None, "Q3": None})

    answer = counted(desk)

    assert answer.status_code == 200
    assert "Shown from 10 answers on." in answer.content.decode()


def test_versions_and_retired_options_are_told_together(desk, bridge):
    a_crowd(bridge, 20)
    document = built_in_document()
    document["items"][-2]["options"][0]["retired"] = True
    publish_version(inquiry=bridge, document=document)
    for number in range(100, 115):
        answer_as(bridge, number, {"Q1": 2})

    answer = counted(desk)

    assert answer.status_code == 200
    assert "Questionnaire version 1, 2" in answer.content.decode()


def test_an_inquiry_without_questions_says_so(desk):
    Inquiry.objects.create(publication=publication(), slug="bridge", title={"ja": "橋", "en": "Bridge"})

    answer = counted(desk)

    assert answer.status_code == 200
    assert "This inquiry has no questionnaire yet" in answer.content.decode()


def test_a_failure_is_told(desk, bridge):
    desk.get(PAGE)
    Calculation.objects.update(state=CalculationState.FAILED, ready_at=timezone.now())

    assert "The report could not be counted." in desk.get(PAGE).content.decode()


def test_the_page_asks_the_database_as_often_for_many_answers_as_for_few(desk, bridge):
    seen = []
    for readers in (12, 48):
        a_crowd(bridge, readers)
        counted(desk)
        with CaptureQueriesContext(connection) as queries:
            desk.get(PAGE)
        seen.append(len(queries))

    assert seen[0] == seen[1]


@pytest.fixture
def owners_desk():
    client = signed_in(member(Role.OWNER))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


METHOD, PUBLISH = f"{PAGE}method/", f"{PAGE}publish/"
SAID = {f"{note.name}_{language}": "nothing" for note in NOTES for language in ("ja", "en")}


def edition_counted(desk):
    desk.get(PUBLISH)
    make_calculation(calculation_id=Calculation.objects.get(kind="edition").pk)
    return desk.get(PUBLISH)


def test_notes_on_the_method_are_kept_as_typed(owners_desk, bridge):
    sent = owners_desk.post(METHOD, {**SAID, "purpose_en": "  A follow-up article.\u202e "})

    assert sent.status_code == 302
    assert bridge.method_notes.notes["purpose"] == {"ja": "nothing", "en": "A follow-up article."}
    assert "A follow-up article." in owners_desk.get(METHOD).content.decode()


def test_notes_that_are_too_long_are_refused_beside_the_field_and_nothing_is_lost(owners_desk, bridge):
    sent = owners_desk.post(METHOD, {**SAID, "pretest_ja": "あ" * 10_000, "purpose_en": "typed already"})

    html = sent.content.decode()
    assert sent.status_code == 422
    assert 'id="id_pretest_ja_error"' in html
    assert "typed already" in html
    assert not MethodNotes.objects.exists()


def test_what_stands_in_the_way_is_listed_with_where_to_mend_it(owners_desk, bridge):
    a_crowd(bridge, 20)

    waiting = owners_desk.get(PUBLISH).content.decode()
    html = edition_counted(owners_desk).content.decode()

    assert ("every 3s" in waiting, "every 3s" in html) == (True, False)
    assert "Before it can be published" in html
    assert "Use of AI" not in html
    assert f"{METHOD}#id_ai_use" in html
    assert "/desk/inquiries/bridge/settings/#publisher" in html
    assert "disabled" in html


def test_a_report_is_published_from_the_desk_and_read_by_everybody(owners_desk, bridge):
    a_crowd(bridge, 20)
    publication().__class__.objects.update(operator="Bridge", funder="Bridge", contact="desk@bridge.example")
    owners_desk.post(METHOD, SAID)
    sha256 = re.search(r'name="sha256" value="(\w{64})"', edition_counted(owners_desk).content.decode())[1]

    sent = owners_desk.post(PUBLISH, {"sha256": sha256, "title_en": "First", "title_ja": "はじめ"})

    assert (sent.status_code, sent["Location"]) == (302, PUBLISH)
    message = 'Report no. 1 is published. <a href="/q/bridge/report/1/">Read the report</a>'
    assert [message in owners_desk.get(PUBLISH).content.decode() for _look in range(2)] == [True, False]
    assert owners_desk.get("/q/bridge/report/1/").status_code == 200
    assert '<a href="/q/bridge/report/1/">Report no. 1</a>' in owners_desk.get(PUBLISH).content.decode()


def test_a_report_that_keeps_the_words_it_quotes_says_so_to_its_editors(owners_desk, bridge):
    for number, entry in enumerate(
        ({"words": "読者の言葉", "theme": None}, {"text": "handle", "theme": None}), start=1
    ):
        found = {"words": {"question": "Q3"}, "quotes": {"quotes": [entry]}}
        FrozenReport.objects.create(
            inquiry=bridge,
            number=number,
            version=SurveyVersion.objects.get(inquiry=bridge),
            content={"answered": 20, "parts": {"texts": {"questions": [found]}}},
            sha256="e" * 64,
        )

    html = owners_desk.get(PUBLISH).content.decode()

    told = [line for line in html.splitlines() if "the words they quote" in line]
    assert len(told) == html.count("the words they quote") == 1
    assert re.findall(r"Report no. \d", html) == ["Report no. 2", "Report no. 1"]
    assert html.rindex("Report no. 1") < html.index("the words they quote")
    assert "読者の言葉" not in html


@pytest.mark.parametrize("sent", [{}, {"sha256": "x"}, {"sha256": "a" * 64, "corrects": "7"}, {"sha256": "\x00" * 64}])
def test_a_form_that_was_made_up_publishes_nothing(owners_desk, bridge, sent):
    a_crowd(bridge, 12)
    edition_counted(owners_desk)

    assert owners_desk.post(PUBLISH, sent).status_code == 422
    assert not FrozenReport.objects.exists()
