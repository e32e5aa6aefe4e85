"""A browser that gives a frame storage and drops its cookies without a word: still one reader, and one row."""

import pytest
from playwright.sync_api import Frame, Page

from apps.debates.models import Ballot, Statement
from apps.participants.models import Participant
from apps.participants.queries import identify
from apps.participants.tokens import FRAME, read_token
from apps.responses.models import IdempotencyKey, Response
from tests.browser import way
from tests.browser.deaf import line_to
from tests.browser.debate import OWN
from tests.browser.patience import known
from tests.browser.test_embedding import EMBED, at, browse, choose, frame_of, host, snippet  # noqa: F401 (fixtures)

KEPT = "localStorage.getItem('toikake-token')"
CHECKED = 'input[name="Q1"]:checked'
HEAR_ALL = "window.heard = []; addEventListener('message', ({ data }) => heard.push(JSON.stringify(data)));"


@pytest.fixture
def line(site):
    """Everything arrives but cookies, in both directions."""
    with line_to(site) as found:
        found.cookies = False
        yield found


@pytest.fixture
def article(host, line) -> str:  # noqa: F811
    return host.article("/", snippet(line.origin))


def saved(frame: Frame) -> None:
    frame.get_by_text("Saved", exact=True).wait_for()


def again(page: Page, address: str) -> Frame:
    """The tab is closed, and the article opened in another one; the frame as it is once it has settled."""
    later = page.context.new_page()
    page.close()
    later.goto(address)
    return frame_of(later)


def known_answers(frame: Frame) -> str:
    known(frame)
    return frame.locator(CHECKED).input_value()


def come(frame: Frame, selector: str) -> None:
    """The next page, with its scripts: they hear what is tapped."""
    frame.locator(selector).first.wait_for(state="attached")
    frame.wait_for_load_state()


def only_reader() -> bytes:
    """Whoever took part, by all tables that tell."""
    readers = {bytes(row.pk) for row in Participant.objects.all()}
    readers |= {bytes(row.pk) for row in Response.objects.all()}
    readers |= {bytes(row.pseudonym) for row in Ballot.objects.all()}
    (reader,) = readers
    return reader


def test_tab_closed_after_the_first_save_comes_back_as_the_same_reader(browse, article, inquiry):  # noqa: F811
    page = browse(article)
    frame = frame_of(page)
    choose(frame, "4")
    saved(frame)
    token = frame.evaluate(KEPT)

    back = again(page, article)

    assert known_answers(back) == "4"
    assert back.evaluate("document.cookie") == ""
    assert back.page.context.cookies() == []
    choose(back, "2")
    saved(back)
    assert [response.answers for response in Response.objects.all()] == [{"Q1": 2}]
    assert only_reader() == identify(inquiry_id=inquiry.pk, token=read_token(token, FRAME)).pseudonym


def test_tab_closed_before_the_reply_to_its_first_save_comes_back_as_the_same_reader(browse, article, line):  # noqa: F811
    page = browse(article)
    frame = frame_of(page)
    line.deaf = 99
    choose(frame, "4")
    frame.get_by_text("Waiting for the connection", exact=True).wait_for()
    assert (Response.objects.count(), frame.evaluate(KEPT)) == (1, None)
    line.deaf = 0

    back = again(page, article)

    assert known_answers(back) == "4"
    only_reader()
    assert IdempotencyKey.objects.count() == 1


def test_button_pressed_before_any_save_is_no_other_reader(browse, article):  # noqa: F811
    page = browse(article)
    frame = frame_of(page)
    frame.locator("button.go").click()
    come(frame, "main .band")  # it asks whether it is meant to stay blank
    frame.locator("button.go").click()
    come(frame, '[name="Q2-a"]')
    frame.locator('button[value="back"]').click()
    come(frame, '[name="Q1"]')
    choose(frame, "3")
    saved(frame)

    back = again(page, article)

    assert known_answers(back) == "3"
    only_reader()


def test_whole_way_votes_and_own_statement_are_one_readers(browse, article):  # noqa: F811
    page = browse(article)
    for step in range(1, way.STEPS + 1):
        frame = frame_of(page)
        way.fill(frame, step)
        frame.locator('button[name="intent"][value="next"].go').click()
        come(frame, f'form[data-screen="{step + 1}"], form[data-once]')
    frame.locator("button.go").click()
    frame.locator("[data-code]").wait_for()
    frame.get_by_role("link", name="See how others answered").click()
    frame.wait_for_url(at("results/"))
    frame.goto(f"{frame.url.partition('/embed/')[0]}{EMBED}debate/")
    known(frame)
    vote_five_times(frame)
    frame.goto(f"{frame.url.partition('/embed/')[0]}{EMBED}debate/write/")
    known(frame)
    frame.fill("#text", OWN["en"])
    frame.locator(".writing .go").click()
    frame.get_by_role("heading", name="Thank you. Your statement was sent.").wait_for()

    assert [response.answers for response in Response.objects.all()] == [way.STORED]
    assert bytes(Statement.objects.get(origin="reader").author) == only_reader()


def vote_five_times(frame: Frame) -> None:
    for _ in range(5):
        button = frame.locator('[data-card] button[value$="-agree"]')
        value = button.get_attribute("value")
        frame.page.wait_for_timeout(400)  # taps in haste are taken for double ones
        button.click()
        frame.locator(f'[data-card] button[value="{value}"]').wait_for(state="detached")


def test_newcomer_who_votes_first_votes_on_in_another_tab(browse, article, line):  # noqa: F811
    page = browse(article)
    frame = frame_of(page)
    frame.goto(f"{line.origin}{EMBED}debate/")
    vote = frame.locator("[data-card] button").first
    value = vote.get_attribute("value")
    vote.click()
    frame.locator(f'[data-card] button[value="{value}"]').wait_for(state="detached")

    back = again(page, article)
    back.goto(f"{line.origin}{EMBED}debate/")
    back.get_by_text("2 / 5").first.wait_for()
    back.locator("[data-card] button").first.click()
    back.get_by_text("3 / 5").first.wait_for()

    assert sum(byte > 0 for byte in bytes(Ballot.objects.get().votes)) == 2
    only_reader()


def test_two_frames_of_one_article_are_one_reader(browse, host, line):  # noqa: F811
    page = browse(host.article("/", snippet(line.origin) + snippet(line.origin)))
    first, second = frame_of(page, 0), frame_of(page, 1)

    choose(first, "4")
    saved(first)
    choose(second, "2")
    saved(second)

    assert [response.answers for response in Response.objects.all()] == [{"Q1": 2}]
    only_reader()


def test_strict_inquiry_asks_before_and_knows_its_reader_after(browse, article, inquiry):  # noqa: F811
    inquiry.privacy_profile = "strict"
    inquiry.save()
    page = browse(article)
    frame = frame_of(page)
    frame.locator(".pair-of-buttons a").first.click()
    frame.wait_for_url("**agreed=**")
    choose(frame, "4")
    saved(frame)

    back = again(page, article)

    assert known_answers(back) == "4"
    only_reader()


def test_token_stays_in_memory_where_the_storage_is_emptied(browse, article):  # noqa: F811
    """The order of trust.md: the page's memory before the storage, the storage before the cookie."""
    page = browse(article)
    frame = frame_of(page)
    choose(frame, "4")
    saved(frame)
    frame.evaluate("localStorage.clear()")
    frame.locator("button.go").click()
    come(frame, '[name="Q2-a"]')

    assert frame.evaluate(KEPT) is not None
    only_reader()


def test_host_and_addresses_learn_nothing_of_the_token(browse, article, host, line):  # noqa: F811
    asked = []
    page = browse("about:blank", script=HEAR_ALL)
    page.on("request", lambda request: asked.append(request.url + str(request.headers)))
    page.goto(article)
    frame = frame_of(page)
    choose(frame, "4")
    saved(frame)
    token = frame.evaluate(KEPT)
    page.reload()
    frame = frame_of(page)
    known_answers(frame)
    frame.locator("button.go").click()
    come(frame, '[name="Q2-a"]')

    assert page.evaluate("heard.length") > 0
    assert token not in "".join(page.evaluate("heard") + asked + host.asked)
