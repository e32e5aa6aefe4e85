"""Eyes on a page: what axe-core finds, what sticks out, what the browser complains about, a picture of it."""

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 860}
PICTURES = Path(os.environ.get("ARTIFACTS") or Path(settings.BASE_DIR) / "artifacts") / "screenshots"

# All rules, those of WCAG 2.2 for the size of targets, too, which axe leaves out unless told.
AXE_RUN = """axe.run({resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}).then(({violations}) =>
  violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) => `${id}: ${target} ${failureSummary}`)))"""

STATUS = re.compile(r"Failed to load resource: the server responded with a status of")

# Whatever reaches beyond the right edge of the window, and text that its own box cuts off.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const seen = [...document.body.querySelectorAll("*")].filter((element) => element.checkVisibility({visibilityProperty: true})
    && !element.closest(".unseen, .skip, [data-scrolls]"));
  const name = (element) => `${element.localName}.${element.getAttribute("class") ?? ""} ${element.textContent.trim().slice(0, 30)}`;
  const wide = document.documentElement.scrollWidth > width ? [`the page scrolls sideways to ${document.documentElement.scrollWidth}`] : [];
  const beyond = seen.filter((element) => element.getBoundingClientRect().right > width + 1 || element.getBoundingClientRect().left < -1);
  const cut = seen.filter((element) => !(element instanceof SVGElement) && !element.matches("textarea, input, select, progress")
    && getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1);
  return [...wide, ...beyond.map((element) => `beyond: ${name(element)}`), ...cut.map((element) => `cut off: ${name(element)}`)];
}"""

# A target in a line of text may be as high as the line (WCAG 2.2, 2.5.8); everything else has 48 px to be hit.
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, select, textarea, input:not([type=hidden]), summary")]
  .filter((element) => element.checkVisibility() && !element.disabled && !element.matches(".skip"))
  .map((element) => element.closest("label") ?? element)
  .filter((element) => !element.closest("p, td, th, dd, li:not(:has(> a:only-child))") || element.matches("button, .go, .quiet-go, label"))
  .map((element) => [element, element.getBoundingClientRect()])
  .filter(([, box]) => box.height < 47.5)
  .map(([element, box]) => `${element.localName} ${element.textContent.trim().slice(0, 30)} ${Math.round(box.height)}`)"""


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
        # A page with a status such as 404 or 422 is written to the console, too; of parts of pages see `answer`.
        if message.type in {"error", "warning"} and not STATUS.match(message.text):
            self.complaints.append(f"{message.text} ({message.page and message.page.url})")

    def ask(self, request: Request) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((f"{self.site}/", "data:", "blob:", "about:")):
            self.complaints.append(f"asks another site: {request.url}")

    def answer(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type not in {"document", "fetch", "xhr"}:
            self.complaints.append(f"{response.status}: {response.url}")


def axe(page: Page) -> list[str]:
    """Every violation with its place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(AXE_RUN)
    return found


def sticking_out(page: Page) -> list[str]:
    found: list[str] = page.evaluate(STICKING_OUT)
    return found


def small_targets(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SMALL_TARGETS)
    return found


def screenshot(page: Page, name: str, **options: Any) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}.png"), full_page=True, **options)
