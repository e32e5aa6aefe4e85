"""Every page for staff, looked at by axe-core and by measure: both languages, light and dark, phone and desk."""

import re

import pytest

from tests.accounts.conftest import steady_app
from tests.browser.desk import every_admin_state, every_desk_state, every_page_of_a_draft
from tests.browser.looking import DESKTOP, PHONE, axe_in_one_scheme, screenshot, small_targets, sticking_out

__all__ = ["steady_app"]


@pytest.mark.timeout(900)  # dozens of pages, each looked at in several ways
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_the_desk_is_accessible_and_fits(open_page, inquiry, language):
    found = [
        f"{name}: {sentence}"
        for name, page in every_desk_state(open_page, inquiry, language)
        for sentence in [*faults(page, f"{name}-{language}", sticking_out), *small_targets(page)]
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_a_draft_is_accessible_and_fits(open_page, inquiry, language):
    found = [
        f"{name}: {sentence}"
        for name, page in every_page_of_a_draft(open_page, inquiry, language)
        for sentence in [*faults(page, f"{name}-{language}", sticking_out), *small_targets(page)]
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_main_pages_of_the_admin_are_accessible_and_fit(open_page, inquiry, language):
    found = [
        f"{name}: {sentence}"
        for name, page in every_admin_state(open_page, inquiry, language)
        for sentence in faults(page, f"{name}-{language}", too_wide)
    ]

    assert not found, "\n".join(found)


SEEN_BY_AXE = {"ja": DESKTOP, "en": PHONE}
# Documents that hold both languages are shown as they are, and so is what is marked as being in a language of its own.
WORDS_OF = """main => {
  const copy = main.cloneNode(true);
  for (const document of copy.querySelectorAll("pre, textarea[readonly], [lang]")) document.remove();
  return copy.textContent;
}"""
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")


def left_in_english(page):
    """Three English words in a row on a Japanese page."""
    if page.locator("html").get_attribute("lang") != "ja":
        return []
    return [f"not translated: {words}" for words in ENGLISH.findall(page.locator("main").evaluate(WORDS_OF))]


def too_wide(page):
    """Lists of the admin scroll in boxes of their own; the page itself does not."""
    return [sentence for sentence in sticking_out(page) if sentence.startswith("the page scrolls")]


def faults(page, name, measure):
    """On a desktop and on a phone; last on the phone."""
    found = left_in_english(page)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        found += [f"{size['width']}: {sentence}" for sentence in measure(page)]
        if size == SEEN_BY_AXE[page.locator("html").get_attribute("lang")]:
            found += axe_in_one_scheme(page)
        screenshot(page, f"{name}-{size['width']}")
    return found
