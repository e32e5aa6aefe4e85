"""A real browser against a real server. Skipped where no Chromium is found, refused where CI demands one."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from apps.inquiries.models import Inquiry
from tests.browser.looking import PHONE, Watch

# With settings as readers have them; and its engine without the windows around pages, which cost a third of the time.
WHOLE_CHROMIUM = Path(os.environ.get("CHROMIUM") or "/usr/bin/chromium")
SHELL = Path("/usr/bin/chromium-headless-shell")
CHROMIUM = WHOLE_CHROMIUM if os.environ.get("CHROMIUM") or not SHELL.exists() else SHELL
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
BUILT_IN = Path(settings.BASE_DIR) / "apps" / "inquiries" / "content" / "one-founder-ai.json"
PATIENCE = 45_000  # milliseconds that a busy machine may take for one step


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not WHOLE_CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"No Chromium at {WHOLE_CHROMIUM}; set CHROMIUM to its path.")
        pytest.skip(f"No Chromium at {WHOLE_CHROMIUM}; set CHROMIUM to its path.")
    # Playwright's loop runs in this thread, where the tests also use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server, transactional_db) -> str:
    """The address of a running site, all middlewares included, with the built-in inquiry in it."""
    call_command("load_inquiry", str(BUILT_IN), verbosity=0)
    return live_server.url


@pytest.fixture
def inquiry(site) -> Inquiry:
    return Inquiry.objects.get(slug="one-founder-ai")


@pytest.fixture
def open_page(chromium, site) -> Iterator[Callable[..., Page]]:
    """Opens pages, each in a browser of its own: `open_page(language="en", scheme="dark", javascript=False, …)`.

    At the end of the test no page may have complained (content policy, scripts), nor asked another site for anything.
    """
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def open_one(*, language="ja", scheme="light", size=PHONE, javascript=True, path=None, **options) -> Page:
        context = chromium.new_context(
            base_url=site,
            locale=language,
            color_scheme=scheme,
            viewport=size,
            java_script_enabled=javascript,
            **{"reduced_motion": "reduce", **options},
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watches.append(Watch(context, site))
        page = context.new_page()
        if path is not None:
            page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [sentence for watch in watches for sentence in watch.complaints] == []


@pytest.fixture
def page(open_page) -> Page:
    return open_page()
