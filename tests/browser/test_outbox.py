"""Nothing that was typed, chosen or voted gets lost on its way, and nothing counts twice: rows, log and keys agree."""

import json
from contextlib import suppress
from types import SimpleNamespace
from urllib.parse import parse_qs
from urllib.request import Request, urlopen
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Error, Page, expect

from apps.debates.models import Ballot, VoteKey, VoteLog
from apps.inquiries.actions import close_inquiry
from apps.participants import passes
from apps.participants.models import Participant
from apps.responses.models import IdempotencyKey, Response, ResponseLog
from tests.browser.conftest import PATIENCE
from tests.browser.deaf import line_to
from tests.browser.debate import DEBATE
from tests.browser.patience import until
from tests.browser.test_embedding import article, browse, choose, frame_of, host  # noqa: F401 (fixtures)
from tests.browser.way import ANSWER, COVER, REVIEW, fill, go_on, send, walk

WAITING = '[data-save-state][data-state="waiting"]'
SAVED = '[data-save-state][data-state="saved"]'
TEXT = "トンネルの中で書いた、長めの理由です。"
OUTBOX = "Object.keys(localStorage).filter((name) => name.startsWith('toikake:'))"


def keys_sent_by(page: Page) -> set[UUID]:
    """Of all writes that leave this browser from now on."""
    keys: set[UUID] = set()

    def note(request) -> None:
        found = parse_qs(request.post_data or "").get("key") if request.method == "POST" else None
        keys.update(map(UUID, found or []))

    page.context.on("request", note)
    return keys


def empty(place) -> bool:
    """Whether the outbox becomes so. Asked from outside: the page's policy forbids what waiting inside it needs."""
    for _ in range(450):
        with suppress(Error):  # asked while it is loaded anew, with what has just arrived
            if not place.evaluate(OUTBOX):
                return True
        place.wait_for_timeout(100)
    return False


def whole() -> dict[str, object]:
    """One reader's rows as they must hang together: as many log rows and keys as there were revisions."""
    response = Response.objects.get()
    revisions = list(ResponseLog.objects.order_by("pk").values_list("revision", flat=True))
    assert revisions == list(range(1, response.revision + 1))
    assert IdempotencyKey.objects.count() == response.revision
    assert bytes(Participant.objects.get().pk) == bytes(response.pk)
    return response.answers


def hours_later(monkeypatch, hours: float) -> None:
    now = passes.time.time()
    monkeypatch.setattr(passes, "time", SimpleNamespace(time=lambda: now + hours * 3600))


def tap_answer(page: Page, name: str, value: int) -> None:
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()


@pytest.fixture
def line(chromium, site):
    """The same site behind a line that can swallow what the site says."""
    with line_to(site) as found:
        context = chromium.new_context(base_url=found.origin, locale="ja")
        context.set_default_timeout(PATIENCE)
        found.page = context.new_page()
        yield found
        context.close()


def test_sixty_seconds_without_a_network_and_a_closed_tab_cost_nothing(open_page):
    page = open_page()
    page.clock.install()
    sent = keys_sent_by(page)
    page.goto(COVER)
    fill(page, 1)
    go_on(page)
    page.goto(f"{ANSWER}?step=3")
    cards = page.context.new_page()
    cards.goto(DEBATE)
    page.context.set_offline(True)

    page.fill('[name="Q3"]', TEXT)
    page.wait_for_selector(WAITING)
    cards.locator("[data-card] button").first.click()
    cards.wait_for_selector('[data-vote-state][data-state="waiting"]')
    page.clock.fast_forward(60_000)
    before = (Response.objects.get().answers, VoteLog.objects.count())
    page.close()
    cards.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(f"{ANSWER}?step=3")
    expect(page.locator('[name="Q3"]')).to_have_value(TEXT)

    assert before == ({"Q1": 4}, 0)
    assert empty(page)
    assert whole() == {"Q1": 4, "Q3": TEXT, "Q3c": False}
    assert [(bytes(ballot.votes).strip(b"\0"), ballot.revision) for ballot in Ballot.objects.all()] == [(b"\1", 1)]
    assert VoteLog.objects.count() == 1
    kept = {*IdempotencyKey.objects.values_list("key", flat=True), *VoteKey.objects.values_list("key", flat=True)}
    assert kept == sent


def test_replies_that_get_lost_double_nothing(line):
    page = line.page
    sent = keys_sent_by(page)
    page.goto(COVER)
    line.deaf = 2
    tap_answer(page, "Q1", 4)  # saved in the background, thrice
    page.wait_for_selector(SAVED)
    go_on(page)
    page.goto(f"{ANSWER}?step=3")
    page.fill('[name="Q3"]', TEXT)
    page.wait_for_selector(SAVED)
    line.deaf, line.about = 99, b"intent=next"  # Chromium tries a form again by itself, too
    page.locator("button.go").click()  # a page's own form: the browser shows that nobody answered
    page.wait_for_url("chrome-error://**")
    page.goto(f"{ANSWER}?step=3")

    assert empty(page)
    assert whole() == {"Q1": 4, "Q3": TEXT, "Q3c": False}
    assert set(IdempotencyKey.objects.values_list("key", flat=True)) == sent
    assert len(line.swallowed) > 2


def test_votes_whose_replies_get_lost_count_once(line):
    page = line.page
    page.goto(DEBATE)
    value = page.get_attribute("[data-card] button", "value")
    line.deaf = 2

    page.locator("[data-card] button").first.click()
    page.locator(f'[data-card] button[value="{value}"]').wait_for(state="detached")

    assert [(bytes(ballot.votes).strip(b"\0"), ballot.revision) for ballot in Ballot.objects.all()] == [(b"\1", 1)]
    assert (VoteLog.objects.count(), VoteKey.objects.count()) == (1, 1)
    assert len(line.swallowed) == 2


def test_sending_whose_reply_got_lost_is_sent_once(line):
    page = line.page
    walk(page)
    line.deaf, line.about = 99, b"intent=send"
    page.locator("button.go").click()
    page.wait_for_url("chrome-error://**")
    line.deaf = 0
    page.goto(COVER)

    assert empty(page)
    assert Response.objects.get().finished
    whole()
    page.goto(REVIEW)
    assert page.locator("button.go").count() == 0


def test_program_repeats_a_write_whose_reply_got_lost(line):
    def call(method: str, path: str, body: dict, **headers: str):
        data = json.dumps(body).encode()
        head = {"Content-Type": "application/json", **headers}
        with urlopen(Request(f"{line.origin}/api/v1{path}", data, head, method=method)) as reply:
            return reply.status, json.load(reply)

    _status, made = call("POST", "/participants", {})
    headers = {"X-Toikake-Token": made["token"], "Idempotency-Key": str(uuid4())}
    consent = json.load(urlopen(f"{line.origin}/api/v1/inquiries/one-founder-ai"))["consent"]["version"]
    body = {"version": 1, "language": "en", "complete": False, "consent": consent, "answers": {"Q1": 2, "Q3": TEXT}}
    line.deaf = 1
    with pytest.raises(OSError, match="closed"):
        call("PUT", "/inquiries/one-founder-ai/response", body, **headers)
    status, reply = call("PUT", "/inquiries/one-founder-ai/response", body, **headers)

    assert (status, reply["revision"]) == (200, 1)
    assert whole() == {"Q1": 2, "Q3": TEXT}


def test_two_tabs_of_a_newcomer_without_a_network_are_one_reader(open_page):
    first = open_page(path=COVER)
    second = first.context.new_page()
    second.goto(COVER)
    first.context.set_offline(True)
    tap_answer(first, "Q1", 4)
    first.wait_for_selector(WAITING)
    tap_answer(second, "Q1", 2)
    second.wait_for_selector(WAITING)

    first.context.set_offline(False)
    for page in (first, second):
        page.wait_for_selector(SAVED)

    assert empty(first)
    assert whole() == {"Q1": 2}


def test_inside_an_article_the_outbox_is_the_frames_own(browse, article, host):  # noqa: F811
    page = browse(article)
    frame = frame_of(page)
    page.context.set_offline(True)
    choose(frame, "4")
    frame.wait_for_selector(WAITING)
    page.close()

    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(article)
    frame = frame_of(page)
    frame.get_by_text("Your answers so far are saved.").wait_for()

    assert empty(frame)
    assert page.evaluate("Object.keys(localStorage)") == []
    assert whole() == {"Q1": 4}


@pytest.mark.parametrize("arrived", [False, True])
def test_what_waited_for_hours_arrives_once_and_from_one_reader(line, monkeypatch, arrived):
    """A newcomer's first tap: its pass, from which their token comes, is too old when the letter leaves again."""
    page = line.page
    page.goto(COVER)
    if arrived:
        line.deaf = 99
    else:
        page.context.set_offline(True)
    tap_answer(page, "Q1", 4)
    page.wait_for_selector(WAITING)
    page.context.set_offline(True)
    hours_later(monkeypatch, 5)
    line.deaf = 0
    count = Response.objects.count()
    page.context.set_offline(False)
    page.wait_for_selector(SAVED)
    with page.expect_response(lambda response: response.request.method == "POST"):
        tap_answer(page, "Q1", 1)
    page.wait_for_selector(SAVED)
    page.goto(f"{ANSWER}?step=2")

    assert count == int(arrived)
    assert empty(page)
    assert whole() == {"Q1": 1}


def test_vote_that_waited_for_hours_is_counted(open_page, monkeypatch):
    page = open_page(path=DEBATE)
    value = page.get_attribute("[data-card] button", "value")
    page.context.set_offline(True)
    page.locator("[data-card] button").first.click()
    page.wait_for_selector('[data-vote-state][data-state="waiting"]')
    hours_later(monkeypatch, 5)

    page.context.set_offline(False)
    page.locator(f'[data-card] button[value="{value}"]').wait_for(state="detached")

    expect(page.locator(".before")).to_be_visible()
    assert (Ballot.objects.count(), VoteLog.objects.count(), VoteKey.objects.count()) == (1, 1, 1)


def test_what_came_after_the_close_is_told_with_its_words_and_not_tried_again(open_page, inquiry):
    page = open_page(language="en", path=COVER)
    fill(page, 1)
    go_on(page)
    page.goto(f"{ANSWER}?step=3")
    page.context.set_offline(True)
    page.fill('[name="Q3"]', TEXT)
    page.wait_for_selector(WAITING)
    page.close()
    close_inquiry(inquiry=inquiry)
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(DEBATE)
    told = page.get_by_role("alert")
    told.wait_for()
    words = told.inner_text()
    posts = keys_sent_by(page)
    page.reload()
    told.get_by_role("button", name="Remove it from this device").click()
    page.reload()

    assert f"{TEXT}\nthe question was closed before it arrived\nOpen the page" in words
    assert posts == set()
    assert told.count() == 0
    assert page.evaluate(OUTBOX) == []
    assert whole() == {"Q1": 4}


LONG = "長い文です。" * 60


def long_answer(page: Page) -> None:
    """A text that is refused, in the background and by the button: its page comes back with it."""
    page.goto(COVER)
    fill(page, 1)
    go_on(page)
    page.goto(f"{ANSWER}?step=3")
    page.locator('label:has(input[name="Q3c"])').click()
    page.fill('[name="Q3"]', LONG)
    page.wait_for_selector('[data-save-state][data-state="failed"]')
    go_on(page)
    until(page, """JSON.stringify(localStorage).includes('\\\\"refused\\\\"')""")


def test_what_its_own_page_shows_to_be_mended_is_not_told_beside_it(open_page):
    page = open_page(language="en")
    long_answer(page)
    page.wait_for_timeout(300)
    beside = page.locator("[data-told]").count()
    page.goto(DEBATE)
    told = page.locator("[data-told]")
    told.wait_for()

    assert beside == 0
    assert told.locator("summary").first.inner_text() == f"{LONG[:60]}…"
    told.locator("summary").first.click()
    assert LONG in told.inner_text()
    assert "true" not in told.inner_text()


def test_what_was_mended_is_told_no_more(open_page):
    page = open_page()
    long_answer(page)
    page.fill('[name="Q3"]', TEXT)
    page.wait_for_selector(SAVED)
    page.goto(DEBATE)

    assert empty(page)
    assert page.locator("[data-told]").count() == 0
    assert whole() == {"Q1": 4, "Q3": TEXT, "Q3c": True}


def test_erasing_empties_the_outbox_so_that_nothing_comes_back(open_page):
    page = open_page()
    walk(page)
    send(page)
    code = page.inner_text("[data-code]")
    page.goto(f"{ANSWER}?step=3")
    page.route("**/answer/**", lambda route: route.abort("internetdisconnected"))
    page.fill('[name="Q3"]', TEXT)
    page.wait_for_selector(WAITING)
    page.goto("/receipt/")
    page.fill('[name="code"]', code)
    for button in ("main form button", 'button[value="delete"]', 'button[value="erase"]'):
        with page.expect_navigation():
            page.locator(button).first.click()

    assert empty(page)
    page.unroute_all()
    page.goto(DEBATE)
    assert Response.objects.count() == 0


def test_without_storage_a_letter_lives_as_long_as_its_page(open_page):
    page = open_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException(''); } })")
    page.goto(COVER)
    page.context.set_offline(True)
    tap_answer(page, "Q1", 5)
    page.wait_for_selector(WAITING)

    page.context.set_offline(False)
    page.wait_for_selector(SAVED)

    assert whole() == {"Q1": 5}


def test_statement_typed_without_a_network_is_there_again(open_page):
    from tests.browser.debate import OWN, WRITE, vote_on

    page = open_page()
    vote_on(page, 5)
    page.goto(WRITE)
    page.fill("#text", OWN["ja"])
    page.close()
    page = page.context.new_page()

    page.goto(WRITE)

    expect(page.locator("#text")).to_have_value(OWN["ja"])
    with page.expect_navigation():
        page.locator(".writing .go").click()
    page.goto(WRITE)
    expect(page.locator("#text")).to_have_value("")
    assert page.evaluate("Object.keys(localStorage)") == []
