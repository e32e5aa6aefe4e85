"""Questions in a browser: added, ordered and looked at; by keys alone and without scripts; every page looked at."""

import pytest
from playwright.sync_api import Page, expect

from apps.accounts.models import Role
from apps.surveys.drafts import change_draft, working_document
from apps.surveys.editing.finding import asked_in_order, item_called
from tests.accounts.cast import member
from tests.accounts.conftest import steady_app
from tests.browser.desk import enter
from tests.browser.looking import DESKTOP, PHONE, small_targets, sticking_out
from tests.browser.test_desk_states import faults

DESK = "/desk/inquiries/one-founder-ai/"
PAGES = {
    "items": "items/",
    "item-add": "items/new/",
    "item-ordinal": "items/Q1/",
    "item-rows": "items/Q2/",
    "item-words": "items/Q3/",
    "item-poles": "items/Q5/",
    "item-nominal": "items/Q7/",
    "item-repeated": "items/P1/",
    "seeds": "seeds/",
    "preview": "preview/?step=7",
    "preview-wide": "preview/?width=full",
    "preview-screen": "preview/screen/?step=2",
    "preview-end": "preview/screen/?step=end",
    "preview-vote": "preview/screen/?step=vote",
}

__all__ = ["steady_app"]


@pytest.fixture
def author(inquiry):
    return member(Role.AUTHOR, of=inquiry.publication.slug)


def at_place(page: Page, place: int, part: str) -> None:
    expect(page.locator(".part").nth(place - 1)).to_have_id(part)


def document(inquiry):
    return working_document(inquiry).document


@pytest.mark.parametrize(("language", "size"), [("ja", PHONE), ("en", DESKTOP)])
def test_every_page_of_the_questions_is_accessible_and_fits(open_page, inquiry, author, language, size):
    page = open_page(language=language, size=size)
    enter(page, author)
    found = []
    for name, path in PAGES.items():
        page.goto(f"{DESK}{path}")
        page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        found += [
            f"{name}: {each}" for each in [*faults(page, f"{name}-{language}", sticking_out), *small_targets(page)]
        ]
    page.goto(f"{DESK}items/Q1/")
    page.fill("#id_stem_ja", "やはりこの計画は望ましいですか。")
    page.fill("#id_label_4_ja", "望ましい")
    page.click("#save")
    page.locator("#problem").wait_for()
    found += [f"refused: {each}" for each in faults(page, f"item-refused-{language}", sticking_out)]
    page.fill("#id_label_4_ja", "まあ望ましい")
    page.click("#save")
    page.locator(".hints").first.wait_for()
    page.locator(".hints summary").first.click()
    found += [f"hints: {each}" for each in faults(page, f"item-hints-{language}", sticking_out)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("javascript", [True, False])
def test_author_adds_a_question_moves_it_and_looks_at_it_in_both_languages(open_page, inquiry, author, javascript):
    page = open_page(language="en", size=DESKTOP, javascript=javascript)
    enter(page, author)
    page.goto(f"{DESK}items/")
    page.get_by_role("link", name="Add a question").click()
    page.locator('[value="single_nominal"]').click()
    page.fill("#id_stem_ja", "何がいちばん大切ですか。")
    page.fill("#id_stem_en", "What matters most?")
    for code, ja, en in [(1, "値段", "Price"), (2, "速さ", "Speed"), (3, "安心", "Safety")]:
        page.fill(f"#id_label_{code}_ja", ja)
        page.fill(f"#id_label_{code}_en", en)
    page.click("#add-answer")
    expect(page.locator("#id_label_5_ja")).to_be_focused()
    page.keyboard.type("見た目")
    page.fill("#id_label_5_en", "Looks")
    page.click("#up-option-5")
    at_place(page, 3, "option-5")
    expect(page.locator("#up-option-5")).to_be_focused()
    assert [option["code"] for option in item_called(document(inquiry), "Q10")["options"]] == [1, 2, 5, 3, 4, 98]

    page.goto(f"{DESK}items/")
    page.click("#up-screen-Q10")
    expect(page.locator(".screen").nth(7).locator("#up-screen-Q10")).to_be_visible()
    expect(page.locator("#up-screen-Q10")).to_be_focused()
    assert asked_in_order(document(inquiry))[9:12] == ["Q10", "Q9", "B1"]

    for language, words in (("ja", "何がいちばん大切ですか。"), ("en", "What matters most?")):
        page.goto(f"{DESK}preview/?question=Q10&language={language}")
        frame = page.frame_locator("iframe")
        expect(frame.locator("h1")).to_have_text(words)
        frame.locator("label.choice").first.click()
        frame.locator(".bar .go").click()
        expect(frame.locator(".brand .place")).to_contain_text("9 / 10")
        frame.locator(".bar .back").click()
        expect(frame.locator(".brand .place")).to_contain_text("8 / 10")


def test_author_writes_by_keys_alone(open_page, inquiry, author):
    page = open_page(language="en", size=DESKTOP)
    enter(page, author)
    page.goto(f"{DESK}items/Q6/")
    page.focus("#id_label_1_en")
    page.keyboard.press("Control+A")
    page.keyboard.type("The leader decides")
    page.keyboard.press("Enter")  # saves, and moves nothing
    expect(page.locator(".save-bar [role=status]")).not_to_be_empty()
    page.focus("#down-option-1")
    page.keyboard.press("Enter")
    at_place(page, 2, "option-1")
    expect(page.locator("#down-option-1")).to_be_focused()
    page.keyboard.press("Enter")
    at_place(page, 3, "option-1")
    expect(page.locator("#up-option-1")).to_be_focused()  # at the end: there is no way further down
    page.focus("#retire-option-2")
    page.keyboard.press("Space")
    expect(page.locator("#offer-option-2")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#retire-option-2")).to_be_focused()

    options = item_called(document(inquiry), "Q6")["options"]
    assert [option["code"] for option in options] == [2, 3, 1, 4, 5, 98]
    assert options[2]["label"]["en"] == "The leader decides"


def test_problem_on_the_publishing_page_leads_to_the_question(open_page, inquiry, author):
    working = working_document(inquiry)
    broken = {**working.document, "items": [dict(item) for item in working.document["items"]]}
    item_called(broken, "Q6")["stem"] = {"ja": "どれですか。", "en": ""}
    change_draft(inquiry=inquiry, revision=working.revision, document=broken, by=author)
    page = open_page(language="en", size=DESKTOP)
    enter(page, author)
    page.goto(f"{DESK}publish/")
    page.locator(f'a[href="{DESK}items/Q6/"]').first.click()

    expect(page.locator("#item .badge.warn")).to_have_text("English is incomplete")
    page.fill("#id_stem_en", "Which one?")
    page.click("#save")
    expect(page.locator("#item .badge.warn")).to_have_count(0)


def test_two_windows_lose_nothing(open_page, inquiry, author):
    first, second = open_page(language="en", size=DESKTOP), open_page(language="en", size=DESKTOP)
    for page in (first, second):
        enter(page, author)
        page.goto(f"{DESK}items/Q4/")
    first.fill("#id_stem_en", "First?")
    first.click("#save")
    expect(first.locator(".save-bar [role=status]")).not_to_be_empty()
    second.fill("#id_stem_en", "Second?")
    second.click("#save")

    expect(second.locator("#problem")).to_be_visible()
    expect(second.locator(".saved")).to_contain_text("First?")
    expect(second.locator("#id_stem_en")).to_have_value("Second?")
    assert saved(inquiry) == "First?"
    second.click("#save")
    expect(second.locator("#problem")).to_have_count(0)
    assert saved(inquiry) == "Second?"


def saved(inquiry) -> str:
    return item_called(document(inquiry), "Q4")["stem"]["en"]


def test_links_inside_the_preview_lead_nowhere_else(open_page, inquiry, author):
    page: Page = open_page(language="en", size=DESKTOP)
    enter(page, author)
    page.goto(f"{DESK}preview/")
    frame = page.frame_locator("iframe")
    frame.locator(".foot a").first.click()
    frame.locator(".brand .home").click()

    expect(frame.locator(".simulated")).to_be_visible()
    frame.locator(".brand .language").click()
    expect(frame.locator(".simulated")).to_have_text("プレビュー：何も保存されません")
