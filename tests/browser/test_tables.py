"""Tables and weights in a real browser: chosen and shown in place, without a script as well, on phone and desk."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from apps.accounts.models import Membership, Role
from apps.inquiries.models import Inquiry
from apps.reports.models import Calculation
from apps.reports.tasks import make_calculation
from tests.accounts.cast import member
from tests.accounts.conftest import steady_app
from tests.browser.desk import State, enter
from tests.browser.looking import small_targets, sticking_out
from tests.browser.test_desk_states import faults

__all__ = ["steady_app"]

TABLES, WEIGHTS = ("/desk/inquiries/one-founder-ai/tables/", "/desk/inquiries/one-founder-ai/weights/")


def worker() -> None:
    """What a worker of its own would do meanwhile."""
    for waiting in Calculation.objects.filter(state="waiting"):
        make_calculation(waiting.pk)


def owner(inquiry: Inquiry):
    found = member(Role.OWNER, of="newcomer")
    Membership.objects.create(user=found, publication=inquiry.publication, role=Role.OWNER)
    call_command("simulate_readers", inquiry.slug, readers=260, seed=1, verbosity=0)
    return found


def states(page: Page) -> Iterator[State]:
    page.goto(TABLES)
    yield "desk-tables-empty", page
    page.goto(f"{TABLES}?rows=Q1&columns=device")
    worker()
    page.goto(f"{TABLES}?rows=Q1&columns=device")
    yield "desk-tables", page
    with page.expect_navigation():
        page.locator(".take form button").click()
    yield "desk-tables-in-report", page
    page.goto(f"{TABLES}?rows=Q9&columns=language&only:device:phone=1")
    worker()
    page.goto(f"{TABLES}?rows=Q9&columns=language&only:device:phone=1")
    yield "desk-tables-filtered", page
    page.goto(f"{TABLES}?rows=Q3&columns=B1")
    yield "desk-tables-refused", page
    page.goto(WEIGHTS)
    page.locator("[name='B3:1']").fill("120")
    page.locator(".weigh button.go").click()
    page.locator(".weigh .errors").wait_for()
    yield "desk-weights-faulty", page
    for code, share in {"1": "10", "2": "22", "3": "22", "4": "24", "5": "22"}.items():
        page.locator(f"[name='B3:{code}']").fill(share)
    page.locator("[name='B3:source']").fill("2026")
    page.locator("[name='B3:date']").fill("2026-01-01")
    with page.expect_navigation():
        page.locator(".weigh button.go").click()
    worker()
    page.goto(WEIGHTS)
    yield "desk-weights", page


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_tables_and_weights_are_accessible_and_fit(open_page, inquiry, language):
    page = open_page(language=language)
    enter(page, owner(inquiry))

    found = [
        f"{name}: {sentence}"
        for name, page in states(page)
        for sentence in [*faults(page, f"{name}-{language}", sticking_out), *small_targets(page)]
    ]

    assert not found, "\n".join(found)


def test_a_table_comes_in_place_and_has_an_address(open_page, inquiry):
    page = open_page(language="en")
    enter(page, owner(inquiry))
    page.goto(TABLES)

    page.locator("#rows").select_option("Q1")
    page.locator("#columns").select_option("language")
    page.locator(".choose button.go").press("Enter")
    expect(page.locator("#table .report-note")).to_contain_text("being counted")
    worker()

    expect(page.locator("#table table.cells")).to_be_visible()
    expect(page).to_have_url(re.compile("rows=Q1&columns=language"))
    expect(page.locator("#rows")).to_have_value("Q1")
