"""An author's way in a browser: from nothing to a question that a reader answers, and each page looked at."""

import pytest

from apps.accounts.models import Role
from apps.inquiries.models import Inquiry, State
from apps.responses.models import Response
from apps.surveys.models import SurveyVersion
from tests.accounts.cast import member
from tests.accounts.conftest import steady_app
from tests.browser.desk import HOME, enter
from tests.browser.editor import SAVE, every_state_of_the_editor
from tests.browser.looking import small_targets, sticking_out
from tests.browser.people import press
from tests.browser.test_desk_states import faults

__all__ = ["steady_app"]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_the_editor_is_accessible_and_fits(open_page, inquiry, language):
    found = [
        f"{name}: {sentence}"
        for name, page in every_state_of_the_editor(open_page, inquiry, language)
        for sentence in [*faults(page, f"{name}-{language}", sticking_out), *small_targets(page)]
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("javascript", [True, False])
def test_author_makes_publishes_and_opens_a_question_that_a_reader_answers(open_page, inquiry, javascript):
    desk, reader = open_page(javascript=javascript), open_page(javascript=javascript)
    enter(desk, member(Role.AUTHOR, of=inquiry.publication.slug))

    desk.goto(HOME)
    press(desk, "a.new")
    desk.fill("[name=subject_ja]", "駅前広場の車の通行止め")
    desk.fill("[name=subject_en]", "closing the station square to cars")
    press(desk, SAVE)
    press(desk, '.tabs a[href$="/article/"]')
    for name, text in {
        "url": "https://blog.example.com/square",
        "part1_ja": "市は、駅前広場への車の乗り入れを止める案を公表しました。",
        "part1_en": "The city has published a plan to close the station square to cars.",
        "hope_ja": "歩きやすくなると期待する人がいます。",
        "hope_en": "Some expect that walking becomes easier.",
        "worry_ja": "車でしか来られない人が困ると心配する人もいます。",
        "worry_en": "Others worry about those who can only come by car.",
    }.items():
        desk.fill(f"[name={name}]", text)
    press(desk, SAVE)
    press(desk, '.tabs a[href$="/publish/"]')
    desk.fill("[name=note]", "最初の版")
    press(desk, SAVE)
    press(desk, ".road form button.go")

    made = Inquiry.objects.exclude(pk=inquiry.pk).get()
    reader.goto(f"/q/{made.slug}/")
    asked = reader.inner_text("main")
    reader.locator('label:has(input[name="Q1"][value="4"])').click()
    with reader.expect_navigation():
        reader.locator("button.go").click()

    assert (made.state, SurveyVersion.objects.get(inquiry=made).change_note) == (State.OPEN, "最初の版")
    assert "駅前広場の車の通行止めは、社会にとって望ましいと思いますか" in asked
    assert "歩きやすくなると期待する人がいます。" in asked
    assert Response.objects.get(inquiry_id=made.pk).answers == {"Q1": 4}


def test_author_saves_the_article_by_keys_alone(open_page, inquiry):
    page = open_page()
    enter(page, member(Role.AUTHOR, of=inquiry.publication.slug))
    page.goto("/desk/inquiries/one-founder-ai/article/")

    page.locator("[name=url]").focus()
    page.keyboard.type("blog.example.com/a")
    page.keyboard.press("Tab")
    page.keyboard.type("山田 花子")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    article = Inquiry.objects.get(pk=inquiry.pk).article
    assert (article.url, article.author) == ("https://blog.example.com/a", "山田 花子")


def test_ten_thousand_characters_come_back_with_a_sentence(open_page, inquiry):
    page = open_page()
    enter(page, member(Role.AUTHOR, of=inquiry.publication.slug))
    page.goto("/desk/inquiries/one-founder-ai/article/")

    page.fill("[name=part1_ja]", "長" * 10_000)
    press(page, SAVE)

    assert "300文字以内に収めてください" in page.inner_text("fieldset:has([name=part1_ja])")
    assert page.input_value("[name=part1_ja]") == "長" * 10_000


def test_page_with_something_unsaved_is_not_left_unasked(open_page, inquiry):
    page, asked = open_page(), []
    enter(page, member(Role.AUTHOR, of=inquiry.publication.slug))
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto("/desk/inquiries/one-founder-ai/article/")

    page.locator("[name=author]").press_sequentially("山田")
    with page.expect_event("dialog"):
        page.locator('.tabs a[href$="/settings/"]').click()
    stayed = page.input_value("[name=author]")
    press(page, SAVE)

    assert (asked, stayed) == (["beforeunload"], "山田")
    assert Inquiry.objects.get(pk=inquiry.pk).article.author == "山田"
