"""The opinion map and one's own place on it, in every state, as a browser draws them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from apps.debates.models import Debate
from apps.inquiries.models import Inquiry
from apps.participants.tokens import COOKIE
from tests.browser.looking import DESKTOP, PHONE, axe, screenshot, small_targets, sticking_out
from tests.browser.way import COVER
from tests.reports import maps

STAND = f"{COVER}stand/"
MANY, FEW = "+-+-+?0+-+", "+-."
STORIES = {
    "spectrum": (maps.spectrum(), MANY),
    "spectrum-few-votes": (maps.spectrum(), FEW),
    "spectrum-thin-side": (maps.spectrum(axis=maps.axis(150, 120, 60, 10), ends=maps.ENDS[:1]), MANY),
    "plane": (maps.plane(), MANY),
    "groups-2": (maps.groups(300, 110), MANY),
    "groups-4": (maps.groups(190, 120, 80, 20), MANY),
    "none": (maps.none(), MANY),
    "not-enough": (maps.not_enough(), FEW),
}


@pytest.fixture
def debate(inquiry) -> Debate:
    debate, _made = Debate.objects.get_or_create(inquiry=inquiry)
    debate.statements.all().delete()
    maps.plant(debate, long=True)
    return debate


def come_as(page: Page, token: str, site: str) -> None:
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": site}])


def states(open_page, debate: Debate, site: str, language: str) -> Iterator[tuple[str, Page]]:
    """Each story as a stranger and as a reader sees it."""
    stranger, reader = open_page(language=language), open_page(language=language)
    stranger.goto(STAND)
    yield "stand-no-map", stranger
    for name, (told, votes) in STORIES.items():
        maps.store(debate, told)
        stranger.goto(STAND)
        yield f"stand-{name}-stranger", stranger
        come_as(reader, maps.ballot(debate, votes), site)
        reader.goto(STAND)
        yield f"stand-{name}", reader


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_story_is_accessible_and_fits(open_page, debate, site, language):
    found = [
        f"{name}: {sentence}"
        for name, page in states(open_page, debate, site, language)
        for sentence in faults(page, f"{name}-{language}")
    ]

    assert not found, "\n".join(found)


def faults(page: Page, name: str) -> Iterator[str]:
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        yield from (f"{scheme}: {sentence}" for sentence in axe(page))
        screenshot(page, f"{name}-360-{scheme}")
    page.locator("details summary").first.click() if page.locator("details").count() else None
    for width, size in {"narrow": {"width": 320, "height": 640}, "wide": DESKTOP}.items():
        page.set_viewport_size(size)
        yield from (f"{width}: {sentence}" for sentence in sticking_out(page) + small_targets(page))
    screenshot(page, f"{name}-1280-light")
    page.set_viewport_size(PHONE)
