"""The eyes themselves: a page with faults, and each of them seen."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.browser.looking import PHONE, Watch, axe, small_targets, sticking_out

FAULTY = """<!doctype html><html lang="en"><title>Faulty</title><main><h1>Faulty</h1>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="1" height="1">
<p style="width: 700px">A paragraph wider than the window</p>
<p style="width: 40px; overflow: hidden; white-space: nowrap">Something cut off</p>
<button style="height: 20px">Too low</button></main>"""


@pytest.fixture
def faulty(chromium):
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.set_content(FAULTY)
    yield page
    context.close()


def test_axe_finds_a_picture_without_words(faulty):
    assert [sentence.split(":")[0] for sentence in axe(faulty)] == ["image-alt"]


def test_sticking_out_finds_what_is_too_wide_and_what_is_cut_off(faulty):
    assert [sentence.split(":")[0] for sentence in sticking_out(faulty)] == [
        "the page scrolls sideways",
        "beyond the window",
        "cut off",
    ]


def test_small_targets_finds_a_low_button(faulty):
    (sentence,) = small_targets(faulty)

    assert (sentence.startswith("button. Too low"), sentence.endswith("× 20 px")) == (True, True)


def test_watch_hears_a_broken_policy_a_script_error_and_a_foreign_request(chromium, site):
    context = chromium.new_context(base_url=site)
    watch, page = Watch(context, site), context.new_page()
    page.goto("/")

    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate("document.head.appendChild(document.createElement('style')).textContent = 'p { color: red }'")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('oh dear'); })")
    with suppress(Error):
        page.goto("http://127.0.0.2:9/")
    context.close()

    heard = "\n".join(watch.complaints)
    assert "Content Security Policy" in heard
    assert "oh dear" in heard
    assert "asks another site: http://127.0.0.2:9/" in heard
