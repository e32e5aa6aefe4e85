"""What a phone has to fetch before the first question can be answered, measured on the site as it is served."""

import subprocess
import sys

import pytest

from tests.browser.conftest import PATIENCE
from tests.browser.hosts import another_site
from tests.browser.looking import PHONE
from tests.browser.way import COVER
from tests.running_site import ROOT, running_site, site_environment, used_folder

MOST_BYTES = 40 * 1024
MOST_REQUESTS = 6
MOST_REQUESTS_IN_A_FRAME = 8  # a style sheet and a script more than on the own site
EMBED = "/embed/one-founder-ai/"
ALLOW = "from apps.inquiries.models import Inquiry; Inquiry.objects.update(allowed_origins=[{!r}])"


@pytest.fixture(scope="module")
def served():
    with used_folder() as folder, running_site(folder) as site:
        yield site


def fetched(chromium, address):
    """Address and bytes on the wire, heads of the answers included, of everything that a first visit asks for."""
    context = chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=3)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    asked, sizes = {}, {}
    devtools.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    devtools.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    devtools.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    context.close()
    return {url: sizes.get(name) for name, url in asked.items() if not url.startswith("data:")}


@pytest.mark.parametrize("path", ["/", COVER, f"{COVER}?lang=en", f"{COVER}debate/"])
def test_first_page_is_light_and_asks_nobody_else(chromium, served, path):
    parts = fetched(chromium, f"{served.url}{path}")

    assert all(url.startswith(f"{served.url}/") for url in parts), parts
    assert len(parts) <= MOST_REQUESTS, parts
    assert sum(parts.values()) <= MOST_BYTES, parts


def test_frame_adds_little_to_the_article_that_it_stands_in(chromium, served):
    """The article asks for one script, which places the frame; all else the frame asks for itself."""
    with another_site() as host:
        allow(served, host.origin)
        site = served.url.replace("127.0.0.1", "localhost")
        loader = f'<script async src="{site}/embed.js" data-inquiry="one-founder-ai"></script>'
        by_host, inside = fetched_by_article_and_frame(chromium, host.article("/", loader))

    assert by_host.keys() == {f"{host.origin}/", f"{site}/embed.js"}  # a short article may be done after its script
    assert f"{site}{EMBED}?lang=en" in inside
    assert all(url.startswith(f"{site}/") for url in inside), inside
    assert len(inside) <= MOST_REQUESTS_IN_A_FRAME, inside
    assert sum(inside.values()) + by_host[f"{site}/embed.js"] <= MOST_BYTES, (by_host, inside)


def fetched_by_article_and_frame(chromium, address):
    """As `fetched`, of both, before anybody touches anything: another site's frame is a process of its own."""
    context = chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=3)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    done = []

    def note(request):  # Playwright cannot listen with a method of a list
        done.append(request)

    page.on("requestfinished", note)
    page.goto(address)
    page.locator("iframe").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    frame = page.locator("iframe").element_handle().content_frame()
    frame.wait_for_selector("main")
    frame.wait_for_load_state("networkidle")
    parts = {}, {}
    for request in done:
        sizes = request.sizes()
        if not request.url.startswith("data:"):
            bytes_sent = sizes["responseHeadersSize"] + sizes["responseBodySize"]
            parts[request.frame != page.main_frame][request.url] = bytes_sent
    context.close()
    return parts


def allow(served, origin):
    """As the desk does: the site named may frame it."""
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v", "0", "-c", ALLOW.format(origin)]
    subprocess.run(command, env=site_environment(served.data_dir), cwd=ROOT, check=True)
