"""Eyes on a page: what axe-core finds, what sticks out, what the browser complains about, a picture of it."""

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 860}
PICTURES = os.environ.get("ARTIFACTS", "")

SCRIPT = (Path(__file__).parent / "looking.js").read_text()
# Not a fault of a page: its own status such as 404 (for its parts see `answer`), and a network that a test takes away.
EXPECTED = re.compile(r"Failed to load resource: (the server responded with a|net::ERR_INTERNET_DISCONNECTED)")


class Watch:
    """Listens to all pages of one browser for what no reader should cause: console errors, requests to other sites."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.complaints: list[str] = []
        self.requests: list[str] = []
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", self.ask)
        context.on("response", self.answer)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not EXPECTED.match(message.text):
            self.complaints.append(f"{message.text} ({message.page and message.page.url})")

    def ask(self, request: Request) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((f"{self.site}/", "data:", "blob:", "about:")):
            self.complaints.append(f"asks another site: {request.url}")

    def answer(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type not in {"document", "fetch", "xhr"}:
            self.complaints.append(f"{response.status}: {response.url}")


def axe(page: Page) -> list[str]:
    """Every violation that axe-core finds, with its place. From the top: a head that stays may cover a target."""
    page.evaluate("scrollTo(0, 0)")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return asked(page, "violations")


def axe_in_one_scheme(page: Page) -> list[str]:
    """For walks past all pages, of which axe-core is the longer half: in Japanese it sees dark colours, in English
    light ones."""
    scheme = "dark" if page.locator("html").get_attribute("lang") == "ja" else "light"
    page.emulate_media(color_scheme=scheme)
    return [f"{scheme}: {sentence}" for sentence in axe(page)]


def sticking_out(page: Page) -> list[str]:
    """What reaches beyond the window or is cut off."""
    return asked(page, "stickingOut")


def small_targets(page: Page) -> list[str]:
    """What is lower than 48 px and not a link in a line of text."""
    return asked(page, "smallTargets")


def asked(page: Page, question: str) -> list[str]:
    found: list[str] = page.evaluate(f"(() => {{ {SCRIPT}\nreturn {question}(); }})()")
    return found


def screenshot(page: Page, name: str, **options: Any) -> None:
    """For people, where ARTIFACTS names a folder: no test looks at the pictures, and a thousand of them take minutes.

    Once the page is painted: right after a change of its size Chromium shows parts of the old picture.
    """
    if PICTURES:
        page.wait_for_timeout(60)
        page.screenshot(path=Path(PICTURES) / "screenshots" / f"{name}.png", full_page=True, **options)
