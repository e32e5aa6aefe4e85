"""What was entered outlives the page, the tab and the connection."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from apps.responses.models import Response
from tests.browser.way import ANSWER, COVER, REVIEW, STEPS, fill, go_on

SAVED = '[data-save-state][data-state="saved"]'
WAITING = '[data-save-state][data-state="waiting"]'


def choose(page, name, value):
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()


def test_reload_in_the_middle_keeps_what_was_saved(open_page):
    page = open_page(path=COVER)
    fill(page, 1)
    go_on(page)
    page.goto(f"{ANSWER}?step=3")
    page.fill('[name="Q3"]', "途中まで書いた文")
    page.wait_for_selector(SAVED)

    page.reload()

    assert page.input_value('[name="Q3"]') == "途中まで書いた文"
    assert Response.objects.get().answers == {"Q1": 4, "Q3": "途中まで書いた文", "Q3c": False}


def test_first_answer_is_saved_with_the_tap(open_page):
    page = open_page(path=COVER)

    choose(page, "Q1", 2)
    page.wait_for_selector(SAVED)
    page.goto(COVER)

    assert Response.objects.get().answers == {"Q1": 2}
    assert page.locator(f'main a[href="{ANSWER}?step=2"]').is_visible()


def test_answer_waits_for_the_connection(open_page):
    page = open_page(path=COVER)
    choose(page, "Q1", 5)
    page.wait_for_selector(SAVED)

    page.context.set_offline(True)
    choose(page, "Q1", 1)
    page.wait_for_selector(WAITING)
    before = Response.objects.get().answers
    page.context.set_offline(False)
    page.wait_for_selector(SAVED)

    assert (before, Response.objects.get().answers) == ({"Q1": 5}, {"Q1": 1})


def test_answer_that_could_not_be_sent_is_sent_at_the_next_visit(open_page):
    page = open_page(path=COVER)
    fill(page, 1)
    go_on(page)
    page.context.set_offline(True)
    choose(page, "Q2-a", 1)
    page.wait_for_selector(WAITING)
    page.close()

    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(f"{ANSWER}?step=2")

    expect(page.locator('input[name="Q2-a"][value="1"]')).to_be_checked()
    assert Response.objects.get().answers["Q2"] == {"a": 1, "b": 97}


def test_fault_in_the_background_is_said_and_nothing_is_lost(open_page):
    page = open_page(path=COVER)
    fill(page, 1)
    go_on(page)
    page.goto(f"{ANSWER}?step=3")

    page.fill('[name="Q3"]', "長" * 201)
    page.wait_for_selector('[data-save-state][data-state="failed"]')

    assert page.input_value('[name="Q3"]') == "長" * 201
    assert page.inner_text(".counter") == "201 / 200"


def kept(page):
    """What the outbox holds, after a moment to become empty. (No `wait_for_function`: the policy forbids eval.)"""
    names = None
    for _ in range(100):
        with suppress(Error):  # asked between two pages
            names = page.evaluate("Object.keys(localStorage)")
        if names == []:
            break
        page.wait_for_timeout(50)
    return names


def test_button_pressed_without_a_connection_waits_for_it(open_page):
    page = open_page(path=COVER)
    fill(page, 1)
    go_on(page)
    page.goto(f"{ANSWER}?step=3")
    page.context.set_offline(True)

    page.fill('[name="Q3"]', "電車の中で書いた文")
    page.locator("button.go").click()
    page.wait_for_selector(WAITING)
    text = page.input_value('[name="Q3"]')
    page.context.set_offline(False)
    page.wait_for_url(f"**{ANSWER}?step=4")

    assert text == "電車の中で書いた文"
    assert Response.objects.get().answers["Q3"] == "電車の中で書いた文"


def test_answer_whose_sending_failed_is_there_again(open_page):
    page = open_page(path=COVER)
    fill(page, 1)
    go_on(page)
    page.goto(f"{ANSWER}?step=3")
    page.fill('[name="Q3"]', "送れなかった文")

    page.route("**/answer/**", lambda route: route.abort("internetdisconnected"))
    page.locator("button.go").click()
    page.wait_for_url("chrome-error://**")
    page.unroute_all()
    page.goto(f"{ANSWER}?step=3")

    expect(page.locator('[name="Q3"]')).to_have_value("送れなかった文")
    assert Response.objects.get().answers["Q3"] == "送れなかった文"


def wait_until_nothing_is_kept(page):
    """Asked again and again from outside: waiting inside the page needs `eval`, which its policy forbids."""
    for _ in range(9):
        if kept(page) == []:
            return
    raise AssertionError(f"still kept: {kept(page)}")


def test_answer_that_arrived_leaves_nothing_on_the_device(open_page):
    page = open_page()
    page.goto(COVER)

    for step in range(1, STEPS + 1):
        fill(page, step)
        go_on(page)
        wait_until_nothing_is_kept(page)

    assert page.url.endswith(REVIEW)
    assert kept(page) == []


@pytest.mark.parametrize("old", ['{"at": 1000, "from": "", "body": "Q3=x"}', "not JSON", "null", "[]"])
def test_what_was_left_long_ago_or_is_broken_is_forgotten(open_page, old):
    page = open_page(path=COVER)
    page.evaluate("old => localStorage.setItem('toikake:/q/one-founder-ai/answer/?step=3', old)", old)

    page.goto(COVER)
    wait_until_nothing_is_kept(page)

    assert Response.objects.count() == 0


@pytest.mark.parametrize("refuses", ["navigator.cookieEnabled", "localStorage"])
def test_browser_that_keeps_no_cookies_answers_nothing_twice(open_page, refuses):
    """Browsers differ in where they admit it; either way the next page comes with the reader's token in it."""
    page = open_page()
    owner, _, name = refuses.rpartition(".")
    refusal = "return false" if owner else "throw new DOMException('', 'SecurityError')"
    page.add_init_script(f"Object.defineProperty({owner or 'window'}, '{name}', {{ get() {{ {refusal}; }} }})")
    page.goto(COVER)
    for step in (1, 2):
        fill(page, step)
        go_on(page)
        page.context.clear_cookies()

    assert page.locator('[name="Q3"]').is_visible()
    assert Response.objects.get().answers == {"Q1": 4, "Q2": {"a": 3, "b": 2}}
