"""The opinion map and one's own place on it, in every state, as a browser draws them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from apps.debates.models import Debate
from apps.participants.tokens import COOKIE
from tests.browser.looking import DESKTOP, PHONE, axe_in_one_scheme, screenshot, small_targets, sticking_out
from tests.browser.way import COVER
from tests.reports.maps import factories as maps

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
    yield from axe_in_one_scheme(page)
    screenshot(page, f"{name}-360")
    page.locator("details summary").first.click() if page.locator("details").count() else None
    for width, size in {"narrow": {"width": 320, "height": 640}, "wide": DESKTOP}.items():
        page.set_viewport_size(size)
        yield from (f"{width}: {sentence}" for sentence in sticking_out(page) + small_targets(page))
    screenshot(page, f"{name}-1280")
    page.set_viewport_size(PHONE)


# On how many areas the own mark lies, and what of the picture leaves its figure; rings are cut at the edge.
MEASURE = """() => {
  const box = (element) => element.getBoundingClientRect();
  const dot = box(document.querySelector(".map .own circle")), middle = dot.left + dot.width / 2;
  const under = [...document.querySelectorAll(".spectrum > rect, .plane > rect, .groups > circle")].filter((part) => {
    const { left, right, top, bottom } = box(part), height = dot.top + dot.height / 2;
    return left <= middle && middle <= right && (part.closest(".spectrum") || (top <= height && height <= bottom));
  });
  const figure = box(document.querySelector("figure.map"));
  const parts = document.querySelectorAll("figure.map svg :is(rect, circle, text, line)");
  const outside = [...parts].filter((part) => {
    const { left, right, width } = box(part);
    return width && (left < figure.left || right > figure.right);
  });
  return { under: under.length, outside: outside.length };
}"""


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("story", ["spectrum", "plane", "groups-2"])
def test_own_mark_lies_on_an_area_and_nothing_leaves_the_figure(open_page, debate, site, size, story):
    maps.store(debate, STORIES[story][0])
    page = open_page(size=size)
    come_as(page, maps.ballot(debate, "+-+-+-+-+-"), site)

    page.goto(STAND)

    assert page.evaluate(MEASURE) == {"under": 1, "outside": 0}


def test_everything_is_there_without_scripts_and_without_a_pointer(open_page, debate, site):
    maps.store(debate, maps.spectrum())
    page = open_page(javascript=False)
    come_as(page, maps.ballot(debate, MANY), site)
    page.goto(STAND)

    reached = []
    for _press in range(20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim()"))
    page.locator("details summary").focus()
    page.keyboard.press("Enter")

    assert page.locator("script").count() == 0
    ways = ["回答", "意見地図", "意見", "自分の意見を書く", "自分の投票"]
    assert [name for name in reached if name in ways] == ways
    assert page.locator("details table").is_visible()
    assert page.locator("details [tabindex='0']").count() == 1


def test_picture_is_named_and_described_with_ones_own_place(open_page, debate, site):
    maps.store(debate, maps.spectrum())
    page = open_page()
    come_as(page, maps.ballot(debate, "-+-+-+-+-+"), site)

    page.goto(STAND)

    picture = page.get_by_role("img", name="意見地図")
    assert picture.count() == 1
    assert "「決断の速い一人に任せたほうが、よい技術が早く届く」に「そう思う」と答えた人が多い側" in (
        picture.locator("desc").text_content()
    )


def test_map_prints_as_a_page_to_hand_out(open_page, debate, site):
    maps.store(debate, maps.spectrum())
    page = open_page(scheme="dark", size=DESKTOP)
    come_as(page, maps.ballot(debate, MANY), site)
    page.goto(STAND)

    page.emulate_media(media="print")

    pressed = ".rooms, .way-on, .bar, .language, .skip, .foot nav"
    assert page.eval_on_selector_all(pressed, "parts => parts.filter((part) => part.checkVisibility()).length") == 0
    assert page.locator("svg.spectrum").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    screenshot(page, "print-stand")


def test_answers_map_and_statements_lead_to_one_another(open_page, debate, site):
    maps.store(debate, maps.spectrum())
    page = open_page(path=f"{COVER}results/")

    page.locator(".rooms a", has_text="意見地図").click()
    page.wait_for_url(f"{site}{STAND}")
    page.locator("main a.go").click()
    page.wait_for_url(f"{site}{COVER}debate/")
    page.locator(".four, form[data-vote]").first.wait_for()
    page.go_back()
    page.locator(".rooms a", has_text="回答").click()
    page.wait_for_url(f"{site}{COVER}results/")
