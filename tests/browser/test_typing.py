"""Enter while Japanese is being composed belongs to the input method, never to the form."""

import pytest
from playwright.sync_api import expect

from apps.responses.models import Response
from tests.browser.way import ANSWER, COVER, fill, go_on


@pytest.fixture
def answering(open_page):
    """A reader past the first question, and every page that was asked for since."""
    page = open_page(path=COVER)
    fill(page, 1)
    go_on(page)
    page.asked = []
    page.on("request", lambda request: request.is_navigation_request() and page.asked.append(request.method))
    return page


def compose(page, text):
    """As an input method does: the text is underlined, and Enter ends the composition."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "nativeVirtualKeyCode": 13}
    devtools.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    devtools.send("Input.insertText", {"text": text})
    devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter, "windowsVirtualKeyCode": 13})


@pytest.mark.parametrize(("step", "field"), [(3, "Q3"), (7, "Q7-text"), (7, "Q8-text")])
def test_enter_during_composition_sends_nothing(answering, step, field):
    answering.goto(f"{ANSWER}?step={step}")
    if field != "Q3":
        answering.locator(f'label:has(input[name="{field[:2]}"][value="7"])').click()
    answering.asked.clear()
    answering.focus(f'[name="{field}"]')

    compose(answering, "ながれ")

    answering.wait_for_timeout(300)
    expect(answering.locator(f'[name="{field}"]')).to_have_value("ながれ")
    assert answering.asked == []


def test_enter_during_composition_does_not_send_the_receipt_code(open_page):
    page = open_page(path="/receipt/")
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    page.focus("#code")

    compose(page, "0123")

    page.wait_for_timeout(300)
    expect(page.locator("#code")).to_have_value("0123")
    assert asked == []


def test_enter_in_a_line_of_text_sends_nothing(answering):
    answering.goto(f"{ANSWER}?step=7")
    answering.locator('label:has(input[name="Q7"][value="7"])').click()
    answering.fill('[name="Q7-text"]', "海")
    answering.asked.clear()

    answering.press('[name="Q7-text"]', "Enter")

    answering.wait_for_timeout(300)
    assert answering.asked == []
    assert "Q8" not in Response.objects.get().answers


def test_enter_in_the_long_text_begins_a_line(answering):
    answering.goto(f"{ANSWER}?step=3")
    answering.asked.clear()
    answering.focus('[name="Q3"]')

    answering.keyboard.insert_text("一行")
    answering.keyboard.press("Enter")
    answering.keyboard.insert_text("二行")

    expect(answering.locator('[name="Q3"]')).to_have_value("一行\n二行")
    assert answering.asked == []
