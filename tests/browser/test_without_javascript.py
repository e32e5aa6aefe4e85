"""The same way, to the same stored answers, where no script runs."""

import pytest

from apps.responses.models import Response
from tests.browser.looking import screenshot
from tests.browser.way import ANSWER, COVER, RESULTS, REVIEW, STORED, THANKS, go_on, send, walk


@pytest.mark.parametrize("language", ["ja", "en"])
def test_whole_way_without_javascript(open_page, language):
    page = open_page(language=language, javascript=False)

    walk(page)
    reviewing = page.url
    send(page)

    response = Response.objects.get()
    assert reviewing.endswith(REVIEW)
    assert page.url.endswith(THANKS)
    assert (response.answers, response.status) == (STORED, "complete")
    assert page.locator(".receipt [data-copy]").is_hidden()


def test_receipt_opens_and_erases_without_javascript(open_page):
    page = open_page(javascript=False)
    walk(page)
    send(page)
    code = page.inner_text("[data-code]")
    another = open_page(javascript=False, path="/receipt/")

    another.fill("#code", code.lower().replace("-", " "))
    send(another)
    opened = another.locator(".answers > li").count()
    for button in ("delete", "erase"):
        with another.expect_navigation():
            another.locator(f'[value="{button}"]').click()
    another.locator("form").wait_for(state="detached")

    assert opened == 12
    assert Response.objects.count() == 0


def test_follow_up_comes_on_the_same_screen_without_javascript(open_page):
    page = open_page(javascript=False, path=COVER)

    page.locator('label:has(input[name="Q1"][value="3"])').click()
    go_on(page)

    assert page.url.endswith(f"{ANSWER}?step=1#Q1L")
    assert page.locator("#Q1L").is_visible()
    screenshot(page, "follow-up-without-javascript")


def test_results_open_their_parts_without_javascript(open_page, inquiry):
    page = open_page(javascript=False, path=RESULTS)

    assert page.locator(".waiting").is_visible()
