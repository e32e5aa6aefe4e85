"""The editors' statements: written, weighed, and taken out on a page of their own."""

import re

import pytest
from django.test import Client

from apps.accounts.models import Role
from apps.debates.actions import open_debate
from apps.debates.models import Statement
from apps.surveys.drafts import draft_of, publish_draft, working_document
from tests.accounts.cast import member, signed_in
from tests.surveys.documents import built_in

pytestmark = pytest.mark.django_db

SEEDS = "/desk/inquiries/bridge/seeds/"
NEW = {"stance": "bridge", "words_ja": "新しい意見です。", "words_en": "A new statement.", "do": "add"}


@pytest.fixture
def desk(inquiry) -> Client:
    client = signed_in(member(Role.AUTHOR))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def statements(inquiry):
    return working_document(inquiry).document["statements"]


def text(response) -> str:
    return response.content.decode()


def test_page_counts_each_side(desk, inquiry):
    page = text(desk.get(SEEDS))

    assert re.findall(r"<dt>(\w+)</dt><dd>(\d+)</dd>", page) == [("For", "8"), ("Against", "8"), ("Bridging", "8")]
    assert "One side has more" not in page
    for line in built_in()["statements"]:
        assert line["ja"] in page


def test_statement_is_added_written_anew_and_published(desk, inquiry):
    assert desk.post(SEEDS, NEW).url == f"{SEEDS}?at=S25#S25"
    seen = re.search(r'name="seen" value="([^"]*)"', text(desk.get(SEEDS)))[1]
    desk.post(SEEDS, {**NEW, "words_en": "Written anew.", "seen": seen, "do": "write::S25"})

    assert statements(inquiry)[-1] == {"id": "S25", "stance": "bridge", "ja": "新しい意見です。", "en": "Written anew."}
    publish_draft(inquiry=inquiry, revision=draft_of(inquiry).revision, by=None)
    open_debate(inquiry=inquiry)
    assert Statement.objects.get(seed="S25").texts["en"] == "Written anew."


def test_published_words_stay_and_the_statement_can_be_taken_out(desk, inquiry):
    open_debate(inquiry=inquiry)
    page = text(desk.get(SEEDS))
    seen = re.search(r'name="seen" value="([^"]*)"', page)

    assert seen is None  # nothing to write anew
    assert desk.post(SEEDS, {**NEW, "do": "write::S01", "seen": ""}).status_code in {409, 422}
    assert statements(inquiry) == built_in()["statements"]
    desk.post(SEEDS, {"do": "take::S01"})
    assert [line["id"] for line in statements(inquiry)][:2] == ["S02", "S03"]
    assert "One side has more statements than the other." in text(desk.get(SEEDS))
    publish_draft(inquiry=inquiry, revision=draft_of(inquiry).revision, by=None)
    open_debate(inquiry=inquiry)
    assert Statement.objects.get(seed="S01").state == "withdrawn"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"words_ja": "あ" * 61}, "Please shorten the text to 60 characters; it has 61."),
        ({"words_en": "x" * 10_000}, "Please shorten the text to 2000 characters; it has 10000."),
        ({"words_en": ""}, "Please write this in every language in which you ask."),
        ({"words_ja": "決める人が一人なら 責任の所在がはっきりする"}, "Statement S02 says the same."),
        ({"stance": "else"}, "Select a valid choice. else is not one of the available choices."),
    ],
)
def test_faulty_statement_comes_back_as_it_was_typed(desk, inquiry, typed, sentence):
    response = desk.post(SEEDS, {**NEW, **typed})

    page = text(response)
    assert response.status_code == 422
    assert sentence in page
    assert "A new statement." in page or "words_en" in typed
    assert statements(inquiry) == built_in()["statements"]


@pytest.mark.parametrize("do", ["", "take::S99", "write::S99", "take", "add:", "x" * 500])
def test_button_that_leads_nowhere_changes_nothing(desk, inquiry, do):
    assert desk.post(SEEDS, {"do": do}).status_code in {302, 422}
    assert statements(inquiry) == built_in()["statements"]


def test_statement_changed_by_two_keeps_both_words_in_sight(desk, inquiry):
    desk.post(SEEDS, NEW)
    seen = re.search(r'name="seen" value="([^"]*)"', text(desk.get(SEEDS)))[1]
    desk.post(SEEDS, {**NEW, "words_en": "First.", "seen": seen, "do": "write::S25"})
    second = desk.post(SEEDS, {**NEW, "words_en": "Second.", "seen": seen, "do": "write::S25"})

    assert second.status_code == 409
    assert "First." in text(second)
    assert "Second." in text(second)
    assert statements(inquiry)[-1]["en"] == "First."


def test_hint_stands_at_a_statement_with_two_ideas(desk, inquiry):
    desk.post(SEEDS, {**NEW, "words_en": "Speed matters as well as care."})

    assert "Perhaps two questions in one" in text(desk.get(SEEDS))
