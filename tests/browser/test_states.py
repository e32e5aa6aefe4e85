"""Every page in every state, looked at by axe-core and by measure: both languages, light and dark, narrow, zoomed."""

import pytest

from tests.browser.looking import DESKTOP, PHONE, axe_in_one_scheme, screenshot, small_targets, sticking_out
from tests.browser.states import every_state

SIZES = {
    "narrow": {"width": 320, "height": 640},
    "zoomed": {"width": 640, "height": 430},  # a window of 1280 × 860 px at 200 %
    "wide": DESKTOP,
}


@pytest.mark.timeout(900)  # dozens of pages, each looked at in several ways
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_is_accessible_and_fits(open_page, inquiry, language):
    found = [
        f"{name}: {sentence}"
        for name, page in every_state(open_page, inquiry, language)
        for sentence in faults(page, f"{name}-{language}")
    ]

    assert not found, "\n".join(found)


def faults(page, name):
    found = axe_in_one_scheme(page)
    screenshot(page, name)
    for width, size in SIZES.items():
        page.set_viewport_size(size)
        found += [f"{width}: {sentence}" for sentence in sticking_out(page) + small_targets(page)]
        screenshot(page, f"{name}-{width}")
    page.set_viewport_size(SIZES["zoomed"])
    page.evaluate("document.documentElement.style.fontSize = '212.5%'")  # letters twice as large, too
    found += [f"large letters: {sentence}" for sentence in sticking_out(page)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(PHONE)
    return found
