"""The trap for machines is none for people: not seen, not reached, not filled in. A machine that falls in goes on."""

import pytest

from apps.responses.models import Response
from apps.responses.signals import Signal
from tests.browser.way import COVER

TRAP = '[name="homepage"]'


def in_the_tree(page) -> bool:
    """Whether a reader's screen would speak of it."""
    return "homepage" in page.locator("form[data-answers]").aria_snapshot()


def reached_by_tab(page) -> bool:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", TRAP):
            return True
    return False


@pytest.mark.parametrize("javascript", [True, False])
def test_people_neither_see_nor_reach_the_trap(open_page, inquiry, javascript):
    page = open_page(path=COVER, javascript=javascript)

    assert page.locator(TRAP).count() == 1
    assert not page.locator(TRAP).is_visible()
    assert not in_the_tree(page)
    assert not (javascript and reached_by_tab(page))
    page.wait_for_timeout(1_000)  # as long as it takes to read a few words
    page.locator('label:has([name="Q1"][value="4"])').click()
    with page.expect_navigation():
        page.locator("button.go").click()
    assert Response.objects.values_list("answers__Q1", "signals").get() == (4, 0)


def test_machine_that_fills_in_everything_at_once_goes_on_and_is_marked(open_page, inquiry):
    page = open_page(path=COVER, javascript=False)
    form = dict(
        page.eval_on_selector_all("form[data-answers] [name]", "all => all.map(each => [each.name, each.value])")
    )

    sent = page.request.post(
        f"{COVER}answer/?step=1",
        form=form | {"Q1": "4", "homepage": "https://buy.example", "intent": "next"},
        headers={"Origin": page.url.split("/q/")[0]},
        max_redirects=0,
    )

    assert sent.status == 303
    assert Response.objects.get().signals & Signal.TRAP
