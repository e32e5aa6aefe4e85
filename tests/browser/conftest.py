"""A real browser against a real server. Skipped where no Chromium is found, refused where CI demands one."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

CHROMIUM = Path(os.environ.get("CHROMIUM") or "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCREENSHOTS = Path(settings.BASE_DIR) / "artifacts" / "screenshots"
BUILT_IN = Path(settings.BASE_DIR) / "apps" / "inquiries" / "content" / "one-founder-ai.json"
PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 860}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"No Chromium at {CHROMIUM}; set CHROMIUM to its path.")
        pytest.skip(f"No Chromium at {CHROMIUM}.")
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, where the tests also use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server, transactional_db, capsys) -> str:
    """The address of a running site with the built-in inquiry in it."""
    call_command("load_inquiry", str(BUILT_IN), verbosity=0)
    return live_server.url


@pytest.fixture
def open_page(chromium, site) -> Iterator[Callable]:
    """Opens pages in contexts of their own: `open_page(language="en", scheme="dark", javascript=False, …)`."""
    contexts = []

    def open_one(*, language="ja", scheme="light", size=PHONE, javascript=True, path=None, **options):
        context = chromium.new_context(
            base_url=site,
            locale=language,
            color_scheme=scheme,
            viewport=size,
            java_script_enabled=javascript,
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        if path is not None:
            page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    return open_page()


def screenshot(page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SCREENSHOTS / f"{name}.png"), full_page=True)


@contextmanager
def console_of(page) -> Iterator[list[str]]:
    """What the browser complained about, such as a broken content policy."""
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield complaints
