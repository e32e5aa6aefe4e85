"""The report in a real browser: counted while one waits, published with one button, read by everybody."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from apps.accounts.models import Membership, Publication, Role
from apps.inquiries.models import Inquiry
from apps.reports.report.method_notes import NOTES
from apps.reports.report.publishing import change_method_notes
from tests.accounts.cast import member
from tests.accounts.conftest import steady_app
from tests.browser.desk import State, enter
from tests.browser.looking import small_targets, sticking_out
from tests.browser.test_desk_states import faults
from tests.browser.test_tables import worker

__all__ = ["steady_app"]

REPORT = "/desk/inquiries/one-founder-ai/report/"


def owner(inquiry: Inquiry):
    found = member(Role.OWNER, of="newcomer")
    Membership.objects.create(user=found, publication=inquiry.publication, role=Role.OWNER)
    call_command("simulate_readers", inquiry.slug, readers=320, seed=1, compare=True, verbosity=0)
    return found


def told_all(inquiry: Inquiry) -> None:
    Publication.objects.update(operator="The Bridge", funder="The Bridge", contact="desk@bridge.example")
    change_method_notes(inquiry=inquiry, notes={note.name: {"ja": "なし", "en": "nothing"} for note in NOTES})


def unfold(page: Page) -> None:
    """On a phone the sections are folded; here everything in them is to be looked at."""
    page.eval_on_selector_all(".report-section > details", "all => all.forEach((each) => { each.open = true; })")


def states(page: Page, inquiry: Inquiry) -> Iterator[State]:
    page.goto(REPORT)
    yield "desk-report-waiting", page
    worker()
    page.goto(REPORT)
    unfold(page)
    for details in page.locator("details.numbers-below").all()[:3]:
        details.locator("summary").click()
    yield "desk-report", page
    page.goto(f"{REPORT}publish/")
    worker()
    page.goto(f"{REPORT}publish/")
    yield "desk-report-not-ready", page
    page.goto(f"{REPORT}method/")
    page.locator("[name=purpose_ja]").fill("あ" * 700)
    page.locator("main form button.go").click()
    page.locator("#id_purpose_ja_error").wait_for()
    yield "desk-report-method-faulty", page
    told_all(inquiry)
    page.goto(f"{REPORT}publish/")
    worker()
    page.goto(f"{REPORT}publish/")
    yield "desk-report-ready", page
    with page.expect_navigation():
        page.locator("main form button.go").click()
    yield "desk-report-just-published", page
    with page.expect_navigation():
        page.locator("main [role=status] a").click()
    expect(page).to_have_url(re.compile("/q/one-founder-ai/report/1/$"))
    unfold(page)
    yield "published-report", page


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_reports_are_accessible_and_fit(open_page, inquiry, language):
    page = open_page(language=language)
    enter(page, owner(inquiry))

    found = [
        f"{name}: {sentence}"
        for name, page in states(page, inquiry)
        for sentence in [*faults(page, f"{name}-{language}", sticking_out), *small_targets(page)]
    ]

    assert not found, "\n".join(found)


def test_the_report_comes_by_itself_when_it_is_counted(open_page, inquiry):
    page = open_page(language="en")
    enter(page, owner(inquiry))
    page.goto(REPORT)
    expect(page.locator(".report-note")).to_contain_text("being counted")

    worker()

    expect(page.locator("#report h1")).to_contain_text("people who answered")
    expect(page.locator(".report-note")).to_have_count(0)
