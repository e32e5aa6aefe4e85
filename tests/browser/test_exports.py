"""Taking answers out in a browser: every state looked at, the way to the file with scripts and without."""

import pytest

from apps.accounts.models import Role
from apps.reports.exports.asked import ask_for_export
from apps.reports.models import Export
from apps.reports.tasks import make_export
from tests.accounts.cast import PASSWORD, member
from tests.accounts.conftest import steady_app
from tests.browser.desk import enter
from tests.browser.looking import DESKTOP, small_targets, sticking_out
from tests.browser.test_desk_states import faults
from tests.reports.factories import answer_as

EXPORTS = "/desk/inquiries/one-founder-ai/exports/"
WANTED = {"kind": "csv", "language": "ja", "raw_text": True, "reason": "年次報告"}

__all__ = ["steady_app"]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def analyst(inquiry):
    answer_as(inquiry, 1, {"Q1": 4, "Q3": "理由"})
    return member(Role.ANALYST, of=inquiry.publication.slug)


def states(page, inquiry, analyst):
    page.goto(EXPORTS)
    yield "exports", page
    failed = ask_for_export(inquiry=inquiry, by=analyst, **WANTED)
    Export.objects.filter(pk=failed.pk).update(state="failed")
    ready = ask_for_export(inquiry=inquiry, by=analyst, **WANTED)
    make_export(ready.pk)
    waiting = ask_for_export(inquiry=inquiry, by=analyst, **WANTED)
    Export.objects.filter(pk=waiting.pk).update(steps=10, done=4)
    page.goto(EXPORTS)
    yield "exports-made", page


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_state_is_accessible_and_fits(open_page, inquiry, analyst, language):
    page = open_page(language=language)
    enter(page, analyst)

    found = [
        f"{name}: {sentence}"
        for name, shown in states(page, inquiry, analyst)
        for sentence in [
            *faults(shown, f"{name}-{language}", sticking_out),
            *small_targets(shown),
        ]
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("javascript", [True, False])
def test_analyst_asks_confirms_and_downloads(open_page, inquiry, analyst, javascript):
    page = open_page(size=DESKTOP, javascript=javascript)
    enter(page, analyst)
    page.goto(EXPORTS)

    page.check("input[name=kind][value=csv]")
    page.fill("[name=reason]", "年次報告")
    with page.expect_navigation():
        page.click("button.go >> text=ファイルを作成")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.locator("main form button.go").first.click()
    make_export(Export.objects.get().pk)
    if not javascript:
        with page.expect_navigation():
            page.click("text=最新の状態を見る")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="ダウンロード").click()

    assert fetched.value.suggested_filename.startswith("one-founder-ai-")
    assert fetched.value.path().read_bytes().startswith(b'\xef\xbb\xbf"response_id"')
