"""Somebody else's site: a page with an article, on another host name, with whatever it likes around our frame."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType

from tests.browser.loopback import Quiet, listening

# Playwright switches storage partitioning off by itself; the last of several such switches is the one that counts.
AS_READERS_HAVE_IT = "--disable-features=PaintHolding,MediaRouter,HttpsUpgrades,OptimizationHints"
LINES = "<p>An article, line after line.</p>" * 12


class Host:
    """Pages by path. To a browser `localhost`, which is our own site in tests, and 127.0.0.1 are two sites."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def article(self, path: str, below: str, *, head: str = "", language: str = "en") -> str:
        """Puts an article with something below it at a path; answers the address."""
        self.pages[path] = (
            f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>An article</title>{head}'
            f"<h1>An article</h1>{LINES}{below}<footer>The end of the page.</footer>"
        )
        return self.origin + path


@contextmanager
def another_site() -> Iterator[Host]:
    class Answer(Quiet):
        def do_GET(self) -> None:  # noqa: N802 (named by http.server)
            host.asked.append(self.path)
            body = host.pages.get(self.path.partition("?")[0], "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with listening(Answer) as port:
        host = Host(port)
        yield host


@contextmanager
def readers_browser(
    kind: BrowserType, executable: Path, arguments: list[str], folder: Path, *, cookies: str = "own", **options: object
) -> Iterator[BrowserContext]:
    """A browser as readers have it: storage is parted by site, and third parties have no cookies. `none`: nobody."""
    settings = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}
    if cookies == "none":
        settings["profile"]["default_content_setting_values"] = {"cookies": 2}
    (folder / "Default").mkdir(parents=True, exist_ok=True)
    (folder / "Default" / "Preferences").write_text(json.dumps(settings))
    context = kind.launch_persistent_context(
        str(folder), executable_path=str(executable), args=[*arguments, AS_READERS_HAVE_IT], **options
    )
    try:
        yield context
    finally:
        context.close()
