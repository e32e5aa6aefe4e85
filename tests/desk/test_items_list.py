"""The list of questions: what it shows, how its buttons change the order, and how a question is added."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Role
from apps.surveys.drafts import change_draft, working_document
from apps.surveys.editing.finding import asked_in_order, screens
from apps.surveys.kinds import KINDS
from apps.surveys.models import SurveyDraft
from tests.accounts.cast import member
from tests.desk.items import ITEMS, document, english, press, press_list
from tests.surveys.documents import ORDINAL, built_in
from tests.surveys.documents import document as small

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(inquiry) -> Client:
    return english(member(Role.AUTHOR, named="hana"))


def test_list_shows_every_question_in_both_languages(desk, inquiry):
    page = desk.get(ITEMS).content.decode()

    for item in built_in()["items"]:
        assert f'id="{item["id"]}"' in page
        assert item["stem"]["ja"] in page
    assert "Not asked at present" in page  # X1
    assert "Asked once more at the end" in page  # P1
    assert SurveyDraft.objects.count() == 0  # looking begins no draft


def test_list_takes_as_many_queries_for_many_questions_as_for_one(desk, inquiry, django_assert_num_queries):
    press(desk, "Q1", stem_en="Changed")
    with CaptureQueriesContext(connection) as many:
        desk.get(ITEMS)
    change_draft(inquiry=inquiry, revision=working_document(inquiry).revision, document=small(ORDINAL), by=None)

    with django_assert_num_queries(len(many)):
        assert desk.get(ITEMS).content.decode().count('class="line"') == 1


@pytest.mark.parametrize(
    ("do", "shown"),
    [
        ("down:screen:Q1", [["Q2"], ["Q1", "Q1L"]]),
        ("up:screen:Q2", [["Q2"], ["Q1", "Q1L"]]),
        ("split:screen:Q1L", [["Q1"], ["Q1L"]]),
        ("join:screen:Q2", [["Q1", "Q1L", "Q2"], ["Q3"]]),
        ("take:question:Q2", [["Q1", "Q1L"], ["Q3"]]),
        ("ask:question:X1", [["Q1", "Q1L"], ["Q2"]]),
        ("up:screen:Q1", [["Q1", "Q1L"], ["Q2"]]),
        ("fly:screen:Q1", [["Q1", "Q1L"], ["Q2"]]),
    ],
)
def test_screens_move_split_and_join(desk, inquiry, do, shown):
    response = press_list(desk, do)

    assert response.status_code == 302
    assert screens(document(inquiry))[:2] == shown


@pytest.mark.parametrize(
    ("do", "sentence"),
    [
        ("up:question:Q1L", "Q1L is asked after a certain answer to Q1, so it has to stand behind it."),
        ("take:question:Q1", "Q1 cannot go while others rest on it: Q1L, P1."),
        ("up:screen:Q77", "There is no question Q77 on a screen any more."),
    ],
)
def test_order_that_cannot_be_is_refused_in_place(desk, inquiry, do, sentence):
    response = press_list(desk, do)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert document(inquiry) == built_in()


def test_order_that_changed_meanwhile_is_shown_anew(desk, inquiry):
    seen = re.search(r'name="seen" value="([^"]*)"', desk.get(ITEMS).content.decode())[1]
    press_list(desk, "down:screen:Q2")
    response = desk.post(ITEMS, {"seen": seen, "do": "down:screen:Q2"})

    assert response.status_code == 409
    assert asked_in_order(document(inquiry))[2:4] == ["Q3", "Q2"]


def test_question_of_each_kind_is_added_and_opened(desk, inquiry):
    for number, kind in enumerate(KINDS, start=10):
        response = desk.post(f"{ITEMS}new/", {"kind": kind})
        assert response.url == f"{ITEMS}Q{number}/"
        assert desk.get(response.url).status_code == 200
        assert press(desk, f"Q{number}").status_code == 302

    assert desk.post(f"{ITEMS}new/", {"kind": "matrix"}).status_code == 422
