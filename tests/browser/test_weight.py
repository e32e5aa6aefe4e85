"""What a phone has to fetch before the first question can be answered, measured on the site as it is served."""

import pytest

from tests.browser.looking import PHONE
from tests.browser.way import COVER
from tests.running_site import running_site, site_folder

MOST_BYTES = 40 * 1024
MOST_REQUESTS = 6


@pytest.fixture(scope="module")
def served():
    with site_folder() as folder, running_site(folder) as site:
        yield site.url


def fetched(chromium, address):
    """Address and bytes on the wire, heads of the answers included, of everything that a first visit asks for."""
    context = chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=3)
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
    parts = fetched(chromium, f"{served}{path}")

    assert all(url.startswith(f"{served}/") for url in parts), parts
    assert len(parts) <= MOST_REQUESTS, parts
    assert sum(parts.values()) <= MOST_BYTES, parts
