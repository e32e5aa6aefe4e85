"""A long report on a small screen: folded to its findings, opened by whatever is looked for, printed whole."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from apps.accounts.models import Publication
from apps.reports.models import Calculation
from apps.reports.report.method_notes import NOTES
from apps.reports.report.publishing import KIND, ask_for_edition, change_method_notes, publish_report
from apps.surveys.definition import document_hash
from tests.browser.looking import DESKTOP, axe, screenshot, small_targets, sticking_out
from tests.browser.patience import until
from tests.browser.test_tables import worker

REPORT = "/q/one-founder-ai/report/1/"
SECTIONS = ".report-section > details"


@pytest.fixture
def published(inquiry):
    call_command("simulate_readers", inquiry.slug, readers=120, seed=1, verbosity=0)
    Publication.objects.update(operator="The Bridge", funder="The Bridge", contact="desk@bridge.example")
    change_method_notes(inquiry=inquiry, notes={note.name: {"ja": "なし", "en": "nothing"} for note in NOTES})
    ask_for_edition(inquiry)
    worker()
    sha256 = document_hash(Calculation.objects.get(inquiry=inquiry, kind=KIND).content)
    return publish_report(inquiry=inquiry, sha256=sha256, title={}, notes={})


def opened(page: Page) -> list[str]:
    return page.eval_on_selector_all(f"{SECTIONS}[open]", "all => all.map((each) => each.parentElement.id)")


IN_VIEW = """() => {{
  const element = document.querySelector("{}");
  const bar = document.querySelector(".report-contents").getBoundingClientRect().bottom;
  const {{ top }} = element.getBoundingClientRect();
  return element.checkVisibility() && top >= bar - 1 && top < innerHeight;
}}"""


def come_into_view(page: Page, selector: str) -> None:
    """Below the list of contents, which stays at the top; a browser scrolls with the next picture that it draws."""
    until(page, IN_VIEW.format(selector))


def hidden_figures(page: Page) -> int:
    return page.eval_on_selector_all("figure.result", "all => all.filter((each) => !each.checkVisibility()).length")


def test_a_report_on_a_phone_is_folded_to_its_findings_and_opens_what_is_looked_for(open_page, published):
    page = open_page(language="en", path=REPORT)

    assert opened(page) == []
    expect(page.locator("#questions .gist")).to_be_visible()
    assert (axe(page), sticking_out(page), small_targets(page)) == ([], [], [])
    screenshot(page, "report-folded")
    page.locator(".report-contents summary").press("Enter")
    page.locator(".report-contents a[href='#readers']").press("Enter")
    expect(page.locator("#readers > details")).to_have_attribute("open", "")
    come_into_view(page, "#readers-title")
    assert opened(page) == ["readers"]
    expect(page.locator(".report-contents details")).not_to_have_attribute("open", "")
    page.locator("#readers .to-contents a").press("Enter")
    expect(page.locator(".report-contents ol")).to_be_visible()
    page.emulate_media(media="print")
    assert hidden_figures(page) == 0


def test_an_address_of_a_figure_opens_its_section(open_page, published):
    page = open_page(path=f"{REPORT}#Q5")

    expect(page.locator("#Q5")).to_be_visible()
    come_into_view(page, "#Q5")
    assert opened(page) == ["questions"]


def test_without_javascript_and_on_a_wide_screen_everything_is_there(open_page, published):
    without = open_page(javascript=False, path=f"{REPORT}#Q5")
    wide = open_page(size=DESKTOP, path=REPORT)

    for page in (without, wide):
        assert hidden_figures(page) == 0
    come_into_view(without, "#Q5")
    without.locator(".report-contents summary").press("Enter")
    without.locator(".report-contents a[href='#method']").press("Enter")
    expect(without).to_have_url(f"{without.url.partition('#')[0]}#method")
