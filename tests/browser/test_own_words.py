"""Words for "other" wait beside another choice, and are not sent with it."""

import re

from playwright.sync_api import expect

from apps.responses.models import Response
from tests.browser.way import ANSWER, COVER, go_on


def test_words_for_other_wait_while_another_option_is_chosen(page):
    page.goto(COVER)
    page.locator('label:has(input[name="Q1"][value="4"])').click()
    go_on(page)
    page.goto(f"{ANSWER}?step=7")
    page.locator('label:has(input[name="Q7"][value="7"])').click()
    page.fill("#Q7-text", "海の底")
    page.locator('label:has(input[name="Q7"][value="1"])').click()
    hidden = page.locator("#Q7-text").is_hidden()
    page.locator('label:has(input[name="Q8"][value="1"])').click()
    go_on(page)
    expect(page).to_have_url(re.compile("step=8$"))
    kept = {name: Response.objects.get().answers[name] for name in ("Q7", "Q8")}

    page.goto(f"{ANSWER}?step=7")
    page.locator('label:has(input[name="Q7"][value="7"])').click()

    assert hidden
    assert kept == {"Q7": 1, "Q8": 1}
    assert page.locator("#Q7-text").is_visible()
    assert page.locator("#Q7-text").is_enabled()
