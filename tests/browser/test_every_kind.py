"""Kinds that the built-in inquiry does not use: blank, answered and at fault, as accessible as the others."""

import pytest

from apps.inquiries.models import State
from apps.surveys.actions import publish_version
from tests.browser.looking import PHONE, axe_in_one_scheme, screenshot, small_targets, sticking_out
from tests.surveys.documents import every_kind_document
from tests.surveys.factories import make_inquiry

ANSWER = "/q/kinds/answer/"
NARROW = {"width": 320, "height": 640}
# Screen, fields that are filled in wrongly, the field that is then marked.
FAULTS = {
    3: ({"Q3": "1", "Q3-text": "海の底"}, '[name="Q3-text"]'),
    5: ({"Q5-1": "1", "Q5-2": "1"}, '[name="Q5-2"]'),
    6: ({"Q6": "1", "Q6 ": "9"}, '[name="Q6"]'),
    8: ({"Q8": "長" * 31}, '[name="Q8"]'),
    9: ({"Q9": "1,5"}, '[name="Q9"]'),
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_kind_is_accessible_and_fits(open_page, language):
    publish_version(inquiry=make_inquiry("kinds", state=State.OPEN), document=every_kind_document())
    with_scripts, without = open_page(language=language), open_page(language=language)
    # Axe needs scripts; those of the page do not arrive.
    without.route("**/*.js", lambda route: route.abort("internetdisconnected"))
    found = []

    for page in (with_scripts, without):
        page.goto("/q/kinds/")
        page.locator('label:has(input[name="Q1"][value="3"])').click()
        with page.expect_navigation():
            page.click("button.go")
    for step in range(1, 11):
        with_scripts.goto(f"{ANSWER}?step={step}")
        found += [f"{step}: {sentence}" for sentence in faults(with_scripts, f"asked-{step}-{language}")]
    for step, (fields, marked) in FAULTS.items():
        without.goto(f"{ANSWER}?step={step}")
        fill(without, fields)
        with without.expect_navigation():
            without.click("button.go")
        found += [f"{step} at fault: {sentence}" for sentence in faults(without, f"asked-{step}-fault-{language}")]
        if without.locator(f'{marked}[aria-invalid="true"]').count() == 0:
            found.append(f"{step} at fault: {marked} is not marked")

    assert not found, "\n".join(found)


def fill(page, fields):
    for name, value in fields.items():
        field = page.locator(f'[name="{name.strip()}"]')
        if field.first.get_attribute("type") in {"radio", "checkbox"}:
            page.locator(f'label:has([name="{name.strip()}"][value="{value}"])').click()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def faults(page, name):
    found = axe_in_one_scheme(page)
    page.set_viewport_size(NARROW)
    found += sticking_out(page) + small_targets(page)
    screenshot(page, name)
    page.set_viewport_size(PHONE)
    return found
