"""What readers wrote, in a browser: every state looked at; texts cleared and coded with pointer, keys, no scripts."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from apps.accounts.models import Role
from apps.reports.calculations.making import work_out
from apps.reports.models import Calculation
from apps.responses.code_books import add_codes, book_of, open_book
from apps.responses.coding import code_text, next_text
from apps.responses.models import Coding, QuoteReview
from tests.accounts.cast import PASSWORD, member
from tests.accounts.conftest import steady_app
from tests.browser.desk import enter
from tests.browser.looking import DESKTOP, small_targets, sticking_out
from tests.browser.test_desk_states import faults
from tests.reports.factories import answer_as

DESK = "/desk/inquiries/one-founder-ai/"
TOLD = "間違えたときに止める人がいない。連絡は taro@example.com まで"

__all__ = ["steady_app"]


@pytest.fixture
def author(inquiry):
    call_command("simulate_readers", inquiry.slug, readers=260, seed=3, verbosity=0)
    answer_as(inquiry, 1, {"Q1": 1, "Q3": TOLD, "Q3c": True})
    return member(Role.AUTHOR, of=inquiry.publication.slug)


def begin_reading(page, to):
    """The reason, and the password once more where it was not just given."""
    page.goto(f"{DESK}{to}")
    page.fill("[name=reason]", "報告書の準備")
    with page.expect_navigation():
        page.locator("main button.go").click()
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        with page.expect_navigation():
            page.locator("main form button.go").first.click()


def count_all():
    for calculation in Calculation.objects.filter(state="waiting"):
        work_out(calculation_id=calculation.pk)


def book_for(inquiry, by):
    open_book(inquiry=inquiry, question="Q3", by=by)
    codes = [
        ({"ja": "止める人がいない", "en": "Nobody to stop it"}, "間違いを正す仕組みへの不安"),
        ({"ja": "速さへの期待", "en": "Hope for speed"}, ""),
        ({"ja": "まだ決められない", "en": "Undecided"}, ""),
    ]
    add_codes(book=book_of(inquiry.pk, "Q3"), codes=codes, by=by)
    return book_of(inquiry.pk, "Q3")


def code_all(book, coder, codes):
    while text := next_text(book, coder):
        code_text(book=book, handle=text.handle, codes=codes(text.words), by=coder)


def by_one(words):
    return [1] if "止め" in words else [2] if "速" in words else []


def by_another(words):
    return [1, 3] if "止める人" in words else by_one(words)


def states(page, inquiry, author):
    page.goto(f"{DESK}texts/")
    yield "texts-waiting", page
    count_all()
    page.goto(f"{DESK}texts/")
    page.locator("#counted details summary").click()
    yield "texts", page
    page.goto(f"{DESK}coding/")
    yield "coding-none", page
    page.goto(f"{DESK}quotes/")
    yield "reading", page
    begin_reading(page, "quotes/")
    page.locator(".by-hand summary").first.click()
    yield "quotes", page
    book = book_for(inquiry, author)
    page.goto(f"{DESK}coding/Q3/book/")
    page.locator(".codes-list summary").first.click()
    yield "code-book", page
    page.goto(f"{DESK}coding/Q3/code/")
    yield "code", page
    code_all(book, author, by_one)
    page.goto(f"{DESK}coding/")
    yield "coding-alone", page
    code_all(book, member(Role.ANALYST, of=inquiry.publication.slug, named="analyst"), by_another)
    page.goto(f"{DESK}coding/")
    count_all()
    page.goto(f"{DESK}coding/")
    yield "coding", page
    page.goto(f"{DESK}coding/Q3/compare/")
    yield "compare", page


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_state_is_accessible_and_fits(open_page, inquiry, author, language):
    page = open_page(language=language)
    enter(page, author)

    found = [
        f"{name}: {sentence}"
        for name, shown in states(page, inquiry, author)
        for sentence in [*faults(shown, f"{name}-{language}", sticking_out), *small_targets(shown)]
    ]

    assert not found, "\n".join(found)


def test_coder_goes_on_by_keys_alone(open_page, inquiry, author):
    book_for(inquiry, author)
    page = open_page(size=DESKTOP)
    enter(page, author)
    begin_reading(page, "coding/Q3/code/")

    page.keyboard.press("1")
    page.keyboard.press("3")
    page.keyboard.press("3")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert sorted(Coding.objects.values_list("codes", flat=True)) == [[], [1]]


def test_without_scripts_a_text_is_cleared_and_another_coded(open_page, inquiry, author):
    book_for(inquiry, author)
    page = open_page(size=DESKTOP, javascript=False)
    enter(page, author)
    begin_reading(page, "quotes/")

    with page.expect_navigation():
        page.get_by_role("button", name="引用できる").first.click()
    page.goto(f"{DESK}coding/Q3/code/")
    page.locator("input[name=codes]").nth(1).check()
    with page.expect_navigation():
        page.locator("main form button.go").click()

    assert [review.state for review in QuoteReview.objects.all()] == ["approved"]
    assert [coding.codes for coding in Coding.objects.all()] == [[2]]


def test_page_renews_itself_when_the_words_are_counted(open_page, inquiry, author):
    page = open_page(size=DESKTOP)
    enter(page, author)
    page.goto(f"{DESK}texts/")

    count_all()

    page.locator("#typical").wait_for()
    expect(page.locator("[hx-trigger]")).to_have_count(0)
