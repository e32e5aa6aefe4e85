"""A printed page is one that can be handed out: black on white, nothing to press."""

from tests.browser.looking import screenshot
from tests.browser.way import COVER, send, walk

PRESSED = ".bar, .language, .skip, .foot nav, .change, [data-copy], .pair-of-buttons"


def visible(page, selector):
    return page.eval_on_selector_all(selector, "parts => parts.filter((part) => part.checkVisibility()).length")


def colours(page):
    return page.evaluate(
        "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.documentElement))"
    )


def test_receipt_prints_with_its_code_and_address_and_without_buttons(open_page, settings):
    page = open_page(scheme="dark")
    walk(page)
    send(page)

    page.emulate_media(media="print")

    assert colours(page) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert visible(page, PRESSED) == 0
    assert page.locator("[data-code]").is_visible()
    assert page.inner_text(".printed").strip() == f"{settings.SITE_URL}/receipt/"
    screenshot(page, "print-receipt")


def test_questionnaire_prints_whole(open_page):
    page = open_page(path=f"{COVER}about/")

    page.emulate_media(media="print")

    assert visible(page, PRESSED) == 0
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    screenshot(page, "print-about")
