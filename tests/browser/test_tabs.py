"""Tabs of the desk on a small phone: one line that scrolls sideways, the current one in view, with and without JS."""

import pytest

from apps.accounts.models import Membership, Role
from tests.accounts.cast import member
from tests.accounts.conftest import steady_app
from tests.browser.desk import enter
from tests.browser.looking import axe, screenshot, small_targets, sticking_out

__all__ = ["steady_app"]

DESK = "/desk/inquiries/one-founder-ai/"
SEEN = """(element) => {
  const [tab, line] = [element.getBoundingClientRect(), element.closest("ul").getBoundingClientRect()];
  return tab.left >= line.left - 1 && tab.right <= line.right + 1;
}"""


def lines(page) -> int:
    return page.eval_on_selector_all(".tabs a", "tabs => new Set(tabs.map((tab) => tab.offsetTop)).size")


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_tabs_stand_on_one_line_with_the_current_one_in_view(open_page, inquiry, language, javascript):
    owner = member(Role.OWNER, of="newcomer")
    Membership.objects.create(user=owner, publication=inquiry.publication, role=Role.OWNER)
    page = open_page(language=language, javascript=javascript)
    enter(page, owner)

    for place in ("edit/", "preview/", "publish/", "report/publish/"):
        page.goto(DESK + place)
        assert lines(page) == 1, place
        assert page.eval_on_selector(".tabs [aria-current]", SEEN), place
    if javascript:
        assert (axe(page), sticking_out(page), small_targets(page)) == ([], [], [])
        page.goto(f"{DESK}edit/")
        screenshot(page, f"desk-tabs-{language}")
        page.locator(".tabs a").last.focus()
        assert page.locator(".tabs a").last.evaluate(SEEN)
