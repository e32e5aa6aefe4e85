"""Cards in a real browser: by tap, by key, without scripts, in haste, in two tabs, without a network."""

import re

import pytest
from playwright.sync_api import expect

from apps.debates.choices import Choice
from apps.debates.models import Ballot, Origin, Statement, VoteLog
from apps.debates.wording import characters
from apps.participants.crowds import ProofNeeded
from apps.participants.limits import Sender
from apps.participants.proof import challenge_for, solved_nonce
from apps.reader import voting
from tests.browser.debate import DEBATE, OWN, VOTES, WRITE, tap, vote_on, write
from tests.browser.patience import press_twice
from tests.browser.test_keyboard import tab_to
from tests.browser.test_typing import compose
from tests.browser.way import COVER

CARD = "[data-card]"
HASTE = 400  # milliseconds in which a second tap counts as the same one


def number_of(page):
    return int(page.get_attribute(f"{CARD} button", "value").partition("-")[0])


def cast():
    """Votes by choice of all ballots together, and how often anybody voted."""
    votes = b"".join(bytes(ballot.votes) for ballot in Ballot.objects.all())
    return {
        choice.word: votes.count(choice) for choice in Choice if choice and choice in votes
    }, VoteLog.objects.count()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_five_cards_pass_without_a_new_page(open_page, language):
    page = open_page(language=language, path=DEBATE)
    loads = []
    page.on("domcontentloaded", lambda _page: loads.append(page.url))

    for word in ("agree", "disagree", "neither", "unsure", "agree"):
        page.wait_for_timeout(HASTE)
        tap(page, word)

    assert loads == []
    assert cast() == ({"agree": 2, "disagree": 1, "neither": 1, "unsure": 1}, 5)
    assert page.locator("a.go").get_attribute("href") == DEBATE


def test_next_card_is_where_the_focus_is_and_the_title_says_which(open_page):
    page = open_page(language="en", path=DEBATE)

    tap(page)

    assert page.evaluate("document.activeElement.matches('[data-card] h1')")
    expect(page).to_have_title(re.compile("^2 / 5"))
    expect(page).to_have_url(re.compile("voted="))


def test_back_leads_to_where_the_reader_came_from(open_page):
    page = open_page(path=f"{COVER}results/")
    page.goto(DEBATE)
    tap(page)
    page.wait_for_timeout(HASTE)
    tap(page)

    page.go_back()

    expect(page).to_have_url(re.compile(f"{COVER}results/$"))


def test_reload_after_a_vote_sends_nothing_again(open_page):
    page = open_page(path=DEBATE)
    tap(page)
    number = number_of(page)

    page.reload()

    assert (number_of(page), cast()[1]) == (number, 1)


@pytest.mark.parametrize("javascript", [True, False])
def test_double_tap_is_one_vote_and_spares_the_next_card(open_page, javascript):
    page = open_page(path=DEBATE, javascript=javascript)
    value = page.get_attribute(f"{CARD} button", "value")

    press_twice(page.locator(f"{CARD} button").first)
    page.locator(f'{CARD} button[value="{value}"]').wait_for(state="detached")
    page.wait_for_timeout(HASTE)

    expect(page.locator(CARD)).to_have_count(1)
    assert cast() == ({"agree": 1}, 1)


@pytest.mark.parametrize("javascript", [True, False])
def test_two_tabs_are_one_reader(open_page, javascript):
    first = open_page(path=DEBATE, javascript=javascript)
    second = first.context.new_page()
    second.goto(DEBATE)

    tap(first, "agree")
    tap(second, "disagree")

    assert Ballot.objects.count() == 1
    assert cast()[1] == 2


@pytest.mark.parametrize("javascript", [True, False])
def test_vote_is_taken_back_on_the_next_card(open_page, javascript):
    page = open_page(path=DEBATE, javascript=javascript)
    number = number_of(page)
    tap(page)
    page.wait_for_timeout(HASTE)

    page.locator(".before .change").click()
    page.locator(".before").wait_for(state="detached")

    assert (number_of(page), cast()[0]) == (number, {})


def test_whole_way_without_javascript(open_page):
    page = open_page(javascript=False)
    vote_on(page, 5)
    page.goto(VOTES)
    page.locator("#cast + .cast details").first.locator("summary").click()
    with page.expect_navigation():
        page.locator('#cast + .cast details[open] button[value$="-neither"]').first.click()

    write(page, OWN["ja"])

    assert page.url.endswith("?sent=1")
    assert sum(cast()[0].values()) == 5
    assert Statement.objects.get(origin=Origin.READER).text == OWN["ja"]


def test_votes_by_keyboard_alone(open_page):
    page = open_page(path=DEBATE)

    tab_to(page, f'{CARD} button[value$="-disagree"]')
    page.keyboard.press("Enter")
    page.locator(".before").wait_for()
    page.wait_for_timeout(HASTE)
    page.keyboard.press("3")
    page.locator(".place", has_text="3 / 5").wait_for()

    assert cast() == ({"disagree": 1, "neither": 1}, 2)


def test_digits_away_from_the_card_vote_nothing(open_page):
    page = open_page(path=DEBATE)

    tab_to(page, "header a")
    for key in "1234":
        page.keyboard.press(key)
    page.wait_for_timeout(HASTE)

    assert cast() == ({}, 0)


def test_writing_by_keyboard_alone(open_page):
    page = open_page()
    vote_on(page, 5)
    page.goto(WRITE)

    tab_to(page, "#text")
    page.keyboard.insert_text(OWN["ja"])
    tab_to(page, ".writing .go")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert Statement.objects.get(origin=Origin.READER).text == OWN["ja"]


def test_enter_sends_no_statement_neither_in_composition_nor_after(open_page):
    page = open_page()
    vote_on(page, 5)
    page.goto(WRITE)
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    page.focus("#text")

    compose(page, "ながれ")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)

    expect(page.locator("#text")).to_have_value("ながれ\n")
    assert asked == []


TEXTS = [
    "",
    "  二つの　 言葉 \n と行 ",
    "がぎぐ",
    "か\u3099き\u3099",
    "ｶﾞｷﾞ",
    "👨‍👩‍👧‍👦と𠮷",
    "👍🏽👍",
    "🇯🇵🇫🇷🇯",
    "葛\U000e0100",
    "e\u0301\u0323tre",
    "नमस्ते",
    "한글",
    "1️⃣ ™️",
]


@pytest.mark.parametrize("text", TEXTS)
def test_counter_counts_as_the_server_does(open_page, text):
    page = open_page(path=WRITE)
    page.evaluate(
        """async () => {
            const field = Object.assign(document.createElement("textarea"), { id: "text" });
            const counter = document.createElement("span");
            Object.assign(field.dataset, { limit: "60", counts: "characters" });
            counter.dataset.counter = "text";
            document.querySelector("main").replaceChildren(field, counter);
            await import("/static/js/counter.js?" + Math.random());
        }"""
    )

    page.fill("#text", text)

    assert page.inner_text("[data-counter]") == f"{characters(' '.join(text.split()))} / 60"


def test_vote_waits_for_the_network_and_is_counted_once(open_page):
    page = open_page(path=DEBATE)
    page.context.set_offline(True)
    page.locator(f"{CARD} button").first.click()
    page.locator('[data-vote-state][data-state="waiting"]').wait_for()
    before = cast()

    page.context.set_offline(False)
    page.locator(".before").wait_for()

    assert (before, cast()) == (({}, 0), ({"agree": 1}, 1))
    assert page.evaluate("localStorage.length") == 0


def test_vote_that_waited_when_the_tab_was_closed_is_sent_from_the_next(open_page):
    page = open_page(path=DEBATE)
    page.context.set_offline(True)
    page.locator(f"{CARD} button").first.click()
    page.locator('[data-vote-state][data-state="waiting"]').wait_for()
    context = page.context
    page.close()
    context.set_offline(False)

    another = context.new_page()
    another.goto(DEBATE)
    another.locator(".place", has_text="2 / 5").wait_for()

    assert cast() == ({"agree": 1}, 1)


def test_crowded_network_lets_the_device_work_and_takes_the_vote(open_page, monkeypatch):
    page = open_page(path=DEBATE)
    proofs, cast_vote = [], voting.cast_vote

    def crowded(*, identity, sender, **call):
        proofs.append((sender.proof, identity))
        if not sender.proof:
            raise ProofNeeded(challenge_for(identity), 30)
        return cast_vote(identity=identity, sender=sender, **call)

    monkeypatch.setattr(voting, "cast_vote", crowded)
    monkeypatch.setattr(voting, "sender_of", lambda _request, proof: Sender("", proof))  # this machine is not counted
    page.locator(f"{CARD} button").first.click()
    page.locator(".band").wait_for()
    page.wait_for_timeout(HASTE)

    page.locator(f"{CARD} button").first.click()
    page.locator(".before").wait_for()

    assert cast() == ({"agree": 1}, 1)
    assert [bool(proof and solved_nonce(proof, identity)) for proof, identity in proofs] == [False, True]
