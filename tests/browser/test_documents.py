"""The report as files, and what the desk hands out for sharing: looked at in every view, fetched without scripts."""

import pytest
from django.utils import timezone

from apps.accounts.models import Role
from apps.reports.cards.keeping import draw_due
from apps.reports.models import Calculation
from apps.reports.tasks import make_calculation
from tests.accounts.cast import member
from tests.accounts.conftest import steady_app
from tests.browser.desk import enter
from tests.browser.looking import DESKTOP, small_targets, sticking_out
from tests.browser.patience import until
from tests.browser.test_desk_states import faults
from tests.reports.factories import publish
from tests.reports.report.factories import a_crowd

FILES = "/desk/inquiries/one-founder-ai/report/files/"
SHARE = "/desk/inquiries/one-founder-ai/share/"

__all__ = ["steady_app"]


@pytest.fixture
def analyst(inquiry):
    a_crowd(inquiry)
    publish(inquiry)
    draw_due(timezone.now())
    return member(Role.ANALYST, of=inquiry.publication.slug)


def states(page):
    page.goto(SHARE)
    yield "share", page
    page.goto(FILES)
    yield "documents-waiting", page
    make_them()
    page.goto(FILES)
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    until(page, "[...document.images].every((image) => image.complete)")
    yield "documents", page


def make_them() -> None:
    for asked in Calculation.objects.filter(kind="documents"):
        make_calculation(calculation_id=asked.pk)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_state_is_accessible_and_fits(open_page, inquiry, analyst, language):
    page = open_page(language=language)
    enter(page, analyst)

    found = [
        f"{name}: {sentence}"
        for name, shown in states(page)
        for sentence in [*faults(shown, f"{name}-{language}", sticking_out), *small_targets(shown)]
    ]

    assert not found, "\n".join(found)


def test_a_pdf_and_a_picture_are_fetched_without_scripts(open_page, inquiry, analyst):
    page = open_page(size=DESKTOP, javascript=False)
    enter(page, analyst)
    page.goto(FILES)
    make_them()
    with page.expect_navigation():
        page.click("text=最新の状態を見る")

    with page.expect_download() as whole:
        page.get_by_role("link", name="日本語 · PDF").click()
    with page.expect_download() as picture:
        page.get_by_role("link", name="PNG").first.click()

    assert whole.value.suggested_filename == "one-founder-ai-report-ja.pdf"
    assert picture.value.path().read_bytes()[:4] == b"\x89PNG"
