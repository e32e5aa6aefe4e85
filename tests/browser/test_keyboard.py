"""From the first question to the receipt without touching the pointer."""

import re

import pytest
from playwright.sync_api import expect

from apps.responses.models import Response
from tests.browser.way import ANSWER, CHOICES, COVER, RANKED, REVIEW, STEPS, STORED, TEXTS, THANKS

MOST_TABS = 60


def tab_to(page, selector):
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate("selector => document.activeElement.matches(selector)", selector)
        if focused:
            assert (
                page.evaluate(
                    "getComputedStyle(document.activeElement.closest('label') ?? document.activeElement).outlineStyle"
                )
                == "solid"
            ), f"no focus ring at {selector}"
            return
    raise AssertionError(f"Tab does not reach {selector}")


def choose(page, name, value):
    """Space takes the first option of a group, arrows go on from there."""
    tab_to(page, f'input[name="{name}"]')
    page.keyboard.press("Space")
    for _ in range(12):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach {name}={value}")


def write(page, name, text):
    tab_to(page, f'[name="{name}"]')
    for number, line in enumerate(text.split("\n")):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(line)


def in_order_of_the_page(page, names):
    found = page.eval_on_selector_all("[name]", "fields => fields.map(field => field.name)")
    return sorted(names, key=found.index)


def fill_by_keyboard(page, step):
    fields = {**CHOICES.get(step, {}), **TEXTS.get(step, {})}
    for name in in_order_of_the_page(page, fields):
        (write if name in TEXTS.get(step, {}) else choose)(page, name, fields[name])
    if step == 3:
        tab_to(page, '[name="Q3c"]')
        page.keyboard.press("Space")
    if step == 8:
        for code in RANKED:
            page.keyboard.press("Control+Home")
            page.focus("#main")
            tab_to(page, f'.tap:has(+ .ranked[data-code="{code}"])')
            page.keyboard.press("Space")


def press(page, selector="button.go"):
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_whole_way_by_keyboard(open_page, language):
    page = open_page(language=language, path=COVER)

    for step in range(1, STEPS + 1):
        fill_by_keyboard(page, step)
        press(page)
    assert page.url.endswith(REVIEW)
    press(page)
    assert page.url.endswith(THANKS)

    response = Response.objects.get()
    assert (response.answers, response.status) == (STORED, "complete")


def test_first_tab_skips_to_the_text(open_page):
    page = open_page(path=COVER)

    page.keyboard.press("Tab")
    skip = page.locator(".skip:focus")
    in_view = skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.keyboard.press("Tab")

    assert in_view
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_ranking_can_be_taken_back_by_keyboard(open_page):
    page = open_page(path=COVER)
    page.locator('label:has(input[name="Q1"][value="4"])').click()
    press(page)
    page.goto(f"{ANSWER}?step=8")

    tab_to(page, ".tap")
    page.keyboard.press("Space")
    pressed = page.get_attribute(".tap", "aria-pressed")
    page.keyboard.press("Space")

    assert (pressed, page.get_attribute(".tap", "aria-pressed")) == ("true", "false")
