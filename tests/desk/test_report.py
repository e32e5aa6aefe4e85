"""The report on the desk: worked out by the worker, shown in sentences whatever there is to show."""

import pytest
from django.utils import timezone

from apps.accounts.models import Role
from apps.inquiries.models import Inquiry
from apps.reports.models import Calculation, CalculationState
from apps.reports.tasks import make_calculation
from apps.surveys.actions import publish_version
from tests.accounts.cast import member, publication, signed_in
from tests.reports.factories import answer_as
from tests.reports.report.factories import a_crowd
from tests.responses.factories import built_in_document, make_inquiry

pytestmark = pytest.mark.django_db
PAGE = "/desk/inquiries/bridge/report/"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def bridge():
    return make_inquiry("bridge", publication=publication())


@pytest.fixture
def desk():
    client = signed_in(member(Role.ANALYST))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def counted(desk, path=PAGE):
    """Asked for, worked out as the worker does, asked for again."""
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


def test_the_page_asks_the_database_as_often_for_many_answers_as_for_few(desk, bridge, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    seen = []
    for readers in (12, 48):
        a_crowd(bridge, readers)
        counted(desk)
        with CaptureQueriesContext(connection) as queries:
            desk.get(PAGE)
        seen.append(len(queries))

    assert seen[0] == seen[1]
