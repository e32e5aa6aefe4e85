"""Inside an article on another site: a frame that loads lightly, keeps answers, and takes none from the host.

The article lies on 127.0.0.1 and the question on `localhost`: two sites, in a browser that blocks what third parties
keep unless it is kept apart for each site around them.
"""

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Frame, Page, expect

from apps.debates.models import Ballot
from apps.responses.models import Response, ResponseLog
from tests.browser import way
from tests.browser.conftest import ARGUMENTS, PATIENCE, WHOLE_CHROMIUM
from tests.browser.hosts import another_site, readers_browser
from tests.browser.looking import SCRIPT as LOOKING
from tests.browser.patience import until

README = Path(settings.BASE_DIR) / "README.md"
WIDE = {"width": 900, "height": 900}
SMALL = {"width": 360, "height": 740}
EMBED = "/embed/one-founder-ai/"
SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""
WATCH_HEIGHT = """
    window.heights = [];
    let told; // two may come before the next picture is drawn
    addEventListener("message", ({ data }) => {
      told = data.height;
      requestAnimationFrame(() => heights.push([told, document.querySelector("iframe").offsetHeight]));
    });
"""


def snippet(site: str, **data: str) -> str:
    more = "".join(f' data-{name}="{value}"' for name, value in data.items())
    return f'<script async src="{site}/embed.js" data-inquiry="one-founder-ai"{more}></script>'


@pytest.fixture
def host(inquiry):
    with another_site() as found:
        inquiry.allowed_origins = [found.origin]
        inquiry.save(update_fields=["allowed_origins"])
        yield found


@pytest.fixture
def article(host, site) -> str:
    return host.article("/", snippet(site))


@pytest.fixture
def browse(chromium, tmp_path):
    """Opens an article in a browser of its own that blocks cookies of third parties."""
    begun = []

    def begin(address: str, *, script: str = "", **options) -> Page:
        options = {"viewport": WIDE, "locale": "en", **options}
        folder = tmp_path / f"browser-{len(begun)}"
        begun.append(readers_browser(chromium.browser_type, WHOLE_CHROMIUM, ARGUMENTS, folder, **options))
        context = begun[-1].__enter__()
        context.set_default_timeout(PATIENCE)
        page = context.pages[0]
        if script:
            page.add_init_script(script)
        page.goto(address)
        return page

    yield begin
    for context in begun:
        context.__exit__(None, None, None)


def frame_of(page: Page, place: int = 0) -> Frame:
    page.locator("iframe").nth(place).scroll_into_view_if_needed()
    frame = page.locator("iframe").nth(place).element_handle().content_frame()
    frame.wait_for_selector("main")
    frame.wait_for_load_state()  # with its scripts: they hear what is tapped
    return frame


def choose(frame: Frame, value: str) -> None:
    frame.locator(f'label:has(input[name="Q1"][value="{value}"])').click()


def at(page: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(EMBED + page)}([?&]lang=\w+)?$")


def stored() -> list:
    return list(Response.objects.values_list("revision", "answers"))


def test_first_answer_reload_and_return_are_one_reader(browse, article):
    page = browse(article)
    frame = frame_of(page)
    choose(frame, "4")
    frame.get_by_text("Saved", exact=True).wait_for()

    page.reload()
    frame_of(page).get_by_text("Your answers so far are saved.").wait_for()
    page.close()
    later = page.context.new_page()
    later.goto(article)
    frame = frame_of(later)
    frame.get_by_role("link", name="See or change my answers").click()
    frame.wait_for_url(at("review/"))

    assert [answers["Q1"] for _revision, answers in stored()] == [4]
    cookies = page.context.cookies()
    assert [(each["name"], each["partitionKey"]) for each in cookies] == [("__Host-toikake-frame", "http://127.0.0.1")]


def test_this_browser_really_blocks_what_third_parties_keep(browse, article, site):
    """Otherwise the test above would pass for the wrong reason."""
    page = browse(article)
    frame = frame_of(page)
    frame.evaluate("document.cookie = 'plain=1; SameSite=None; Secure'; localStorage.setItem('place', 'frame')")

    seen = frame.evaluate("[document.cookie, localStorage.getItem('place')]")
    page.goto(f"{site}/q/one-founder-ai/")

    assert seen == ["", "frame"]
    assert page.evaluate("localStorage.getItem('place')") is None


def test_the_whole_way_is_walked_inside_the_article(browse, article, host):
    page = browse(article, viewport=SMALL, locale="ja")
    for step in range(1, way.STEPS + 1):
        frame = frame_of(page)
        way.fill(frame, step)
        frame.locator('button[name="intent"][value="next"].go').click()
        frame.wait_for_url(at(f"answer/?step={step + 1}" if step < way.STEPS else "review/"))
    frame.locator("button.go").click()
    frame.wait_for_url(at("thanks/"))
    frame.locator("[data-code]").wait_for()
    frame.locator("a.go:not([target])").click()
    frame.wait_for_url(at("results/"))
    frame.evaluate("history.back()")
    frame.wait_for_url(at("thanks/"))
    frame.locator('a.quiet-go[href*="/debate/"]').click()
    frame.wait_for_url(at("debate/"))
    frame.locator('nav.rooms a[href*="/stand/"]').click()
    frame.wait_for_url(at("stand/"))

    assert page.url == article
    assert [answers for _revision, answers in stored()] == [way.STORED]


def test_votes_of_the_host_never_count(browse, host, site, client):
    """1,000 tries by all that a page may send without asking, with the reader's cookie and a pass that is good."""
    passed = re.search(r'name="pass" value="([^"]+)"', client.get(EMBED).content.decode())[1]
    consent = re.search(r'name="consent" value="([^"]+)"', client.get(EMBED).content.decode())[1]
    page = browse(host.article("/", snippet(site)))
    frame = frame_of(page)
    choose(frame, "4")
    frame.get_by_text("Saved", exact=True).wait_for()
    before = stored()
    log = ResponseLog.objects.count()

    sent = page.evaluate(
        """async ([target, vote, pass, consent]) => {
          const fields = { pass, consent, version: "1", intent: "next", Q1: "1" };
          const body = () => new URLSearchParams(fields);
          const ballot = () => new URLSearchParams({ pass, consent, vote: "1-agree" });
          let sent = 0;
          const many = async (times, act) => { for (let n = 0; n < times; n++, sent++) await act(n); };
          const simple = { method: "POST", mode: "no-cors", credentials: "include" };
          await many(200, () => fetch(target, { ...simple, body: body() }).catch(() => 0));
          await many(100, () => fetch(vote, { ...simple, body: ballot() }).catch(() => 0));
          await many(200, () => navigator.sendBeacon(target, body()));
          await many(100, () => navigator.sendBeacon(vote, ballot()));
          await many(150, (n) => new Promise((done) => {
            const image = new Image();
            image.onload = image.onerror = done;
            image.src = `${target}&intent=next&Q1=1&n=${n}`;
          }));
          const inner = document.querySelector("iframe").contentWindow;
          const message = { toikake: 1, theme: "light", Q1: "1", vote: "1-agree" };
          await many(200, (height) => inner.postMessage({ ...message, height }, "*"));
          for (let n = 0; n < 50; n++, sent++) {
            const make = (tag, what) => Object.assign(document.createElement(tag), what);
            const form = make("form", { method: "post", action: n % 2 ? target : vote, target: "sink" });
            for (const [name, value] of Object.entries({ ...fields, vote: "1-agree" })) {
              form.append(make("input", { type: "hidden", name, value }));
            }
            const sink = make("iframe", { name: "sink", hidden: true });
            document.body.append(sink, form);
            await new Promise((done) => { sink.onload = done; setTimeout(done, 400); form.submit(); });
            sink.remove();
            form.remove();
          }
          return sent;
        }""",
        [f"{site}{EMBED}answer/?step=1", f"{site}{EMBED}debate/", passed, consent],
    )

    assert sent == 1000
    assert stored() == before
    assert (ResponseLog.objects.count(), Ballot.objects.count()) == (log, 0)


def test_a_site_that_was_not_named_cannot_frame_it(browse, article, inquiry):
    inquiry.allowed_origins = ["https://another.example"]
    inquiry.save()

    page = browse(article)
    page.locator("iframe").scroll_into_view_if_needed()
    page.wait_for_timeout(1500)

    frame = page.locator("iframe").element_handle().content_frame()
    assert frame.locator("main").count() == 0
    assert page.locator("iframe").get_attribute("height") == "1110"


def test_height_follows_the_content_and_the_host_stays_where_it_is(browse, article):
    page = browse(article, script=WATCH_HEIGHT)
    frame = frame_of(page)
    choose(frame, "3")
    page.evaluate("scrollTo(0, 120)")  # a click of the test's own would scroll there first
    frame.evaluate("document.querySelector('button.go').click()")
    frame.wait_for_url(at("answer/?step=2"))
    page.wait_for_function("heights.length > 1")

    tall = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    expect(page.locator("iframe")).to_have_attribute("height", str(tall))
    heights = page.evaluate("heights")
    assert all(told == shown for told, shown in heights), heights
    assert page.evaluate("scrollY") == 120
    until(frame, "document.documentElement.scrollHeight <= innerHeight")


def test_loading_moves_neither_focus_nor_scroll_nor_the_article(browse, host, site):
    head = "<style>body{margin:1rem}p{margin:.2rem}</style>"
    page = browse(host.article("/", snippet(site), head=head), script=SHIFTS, viewport={"width": 700, "height": 1200})
    page.wait_for_function("document.querySelector('iframe').getAttribute('height') !== '1110'")
    page.wait_for_timeout(800)

    assert page.evaluate("[document.activeElement.tagName, scrollY]") == ["BODY", 0]
    assert page.evaluate("shifted") <= 0.02


def test_before_anybody_touches_it_the_host_asks_for_one_script_and_one_page(browse, article, site):
    asked = []
    page = browse("about:blank")
    page.on("request", lambda request: asked.append((request.url, request.frame == page.main_frame)))
    page.goto(article, wait_until="networkidle")
    frame_of(page)
    page.wait_for_load_state("networkidle")

    by_host = [url for url, hosts in asked if hosts and url.startswith(site)]
    inside = [url for url, hosts in asked if not hosts]
    assert by_host == [f"{site}/embed.js"]
    assert inside[0] == f"{site}{EMBED}?lang=en"
    assert len(inside) <= 8
    assert all(url.startswith((f"{site}/", "data:")) for url in inside)


def test_a_sandbox_without_an_origin_only_reads(browse, host, site):
    sandbox = "allow-scripts allow-forms allow-popups"
    page = browse(host.article("/", f'<iframe sandbox="{sandbox}" src="{site}{EMBED}" height="900"></iframe>'))
    frame = frame_of(page)
    frame.get_by_role("link", name="Answer in a new tab").wait_for()

    assert frame.locator("form[data-answers]").evaluate("form => form.inert") is True
    assert frame.get_by_role("link", name="Answer in a new tab").get_attribute("href") == "/q/one-founder-ai/?lang=en"
    assert stored() == []


def test_a_sandbox_without_scripts_is_told_when_it_sends(browse, host, site):
    page = browse(host.article("/", f'<iframe sandbox="allow-forms" src="{site}{EMBED}" height="900"></iframe>'))
    frame = frame_of(page)
    choose(frame, "4")
    frame.locator("button.go").click()
    frame.get_by_role("heading", name="This form did not come from here").wait_for()

    assert stored() == []


def test_where_nothing_can_be_kept_the_way_out_is_shown(browse, article):
    page = browse(article, cookies="none")
    frame = frame_of(page)
    frame.get_by_role("link", name="Answer in a new tab").wait_for()

    assert frame.locator("form[data-answers]").evaluate("form => form.inert") is True
    assert stored() == []


@pytest.mark.parametrize("placed_by", ["script", "frame"])
def test_what_is_to_be_copied_is_copied_inside_the_article(browse, host, site, placed_by):
    """A browser lets no frame write to the clipboard unless the page around says so; bare frames take the older way."""
    bare = f'<iframe src="{site}{EMBED}?lang=en" width="100%" height="900"></iframe>'
    page = browse(host.article("/", snippet(site) if placed_by == "script" else bare))
    frame = frame_of(page)
    frame.goto(f"{site}{EMBED}results/")
    frame.locator(".pass-on summary").click()

    frame.locator("button[data-copy]").click()

    frame.get_by_role("button", name="Copied").wait_for()
    assert frame.locator("[data-share]").is_hidden()  # this browser has no way of its own to pass something on


def test_several_in_one_article_each_in_its_language_and_light(browse, host, site):
    below = (
        snippet(site, lang="ja", theme="dark")
        + "<p>In between.</p>"
        + snippet(site, theme="light")
        + f'<div id="night">{snippet(site)}</div>'
    )
    head = "<style>#night{background:#101014}</style>"
    page = browse(host.article("/", below, head=head), color_scheme="light")
    titles = page.locator("iframe")
    expect(titles).to_have_count(3)
    frames = [frame_of(page, place) for place in range(3)]
    for frame, theme in zip(frames, ("dark", "light", "dark"), strict=True):
        frame.wait_for_selector(f"html[data-theme={theme}]")

    assert titles.evaluate_all("all => all.map(each => each.title)") == [
        "読者への問いかけ",
        "A question to readers",
        "A question to readers",
    ]
    assert [frame.evaluate("document.documentElement.lang") for frame in frames] == ["ja", "en", "en"]
    papers = [frame.evaluate("getComputedStyle(document.documentElement).backgroundColor") for frame in frames]
    assert papers == ["rgb(22, 23, 27)", "rgb(251, 250, 246)", "rgb(22, 23, 27)"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_frame_is_accessible_at_every_width(browse, host, site, language, theme):
    page = browse(host.article("/", snippet(site, lang=language, theme=theme)), viewport=SMALL)
    frame = frame_of(page)
    frame.wait_for_selector(f"html[data-theme={theme}]")
    frame.evaluate(AXE_SCRIPT)

    found = frame.evaluate(f"(() => {{ {LOOKING}\nreturn violations(); }})()")
    out = frame.evaluate(f"(() => {{ {LOOKING}\nreturn stickingOut(); }})()")

    assert json.dumps([found, out]) == "[[], []]"


def test_without_scripts_the_article_has_a_link(browse, host, site):
    link = f'<noscript><p><a href="{site}/q/one-founder-ai/">The question</a></p></noscript>'
    page = browse(host.article("/", snippet(site) + link), java_script_enabled=False)
    with page.expect_navigation():
        page.get_by_role("link", name="The question").click()

    assert page.url == f"{site}/q/one-founder-ai/"
    assert page.locator("form[data-answers]").count() == 1


def test_line_of_the_readme_puts_the_question_under_an_article(browse, host, site):
    line = re.search(r"^<script async .*</script>$", README.read_text(), re.M)
    page = browse(host.article("/", line[0].replace("https://ask.example", site)))

    frame = frame_of(page)
    choose(frame, "4")
    frame.get_by_text("Saved", exact=True).wait_for()

    assert [answers["Q1"] for _revision, answers in stored()] == [4]
