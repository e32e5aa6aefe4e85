"""The debate's pages in every state that they can be in, and how a reader gets there."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from apps.debates.actions import open_debate
from apps.debates.models import Debate, Origin, RejectionReason, Statement
from apps.debates.moderation import approve_statement, merge_statement, reject_statement
from apps.inquiries.actions import close_inquiry
from apps.inquiries.models import Inquiry
from tests.browser.way import COVER
from tests.debates.factories import make_moderator, make_statement

DEBATE = f"{COVER}debate/"
VOTES = f"{DEBATE}votes/"
WRITE = f"{DEBATE}write/"
OWN = {
    "ja": "大きな決定には、期限つきの見直しを義務づけるべきだ。",
    "en": "Every large decision should come with a date for review.",
}
LONG = "人工知能の開発を急ぐ会社ほど、外の専門家による点検を毎年受け、その結果をだれにでもわかる言葉で公開してほしい。"
WITH_MAIL = {
    "ja": "くわしくは taro.yamada@example.org まで連絡してほしい。",
    "en": "Please write to taro.yamada@example.org about it.",
}


def tap(page: Page, word: str = "agree") -> None:
    """One of the four buttons of the card, and wait for what follows."""
    button = page.locator(f'[data-card] button[value$="-{word}"]')
    value = button.get_attribute("value")
    button.click()
    page.locator(f'[data-card] button[value="{value}"]').wait_for(state="detached")


def vote_on(page: Page, count: int) -> None:
    page.goto(DEBATE)
    for number in range(count):
        if not page.locator("[data-card]").count():
            page.goto(DEBATE)
        page.wait_for_timeout(400)  # taps in haste are taken for double ones
        tap(page, ["agree", "disagree", "neither", "unsure"][number % 4])


def write(page: Page, text: str) -> None:
    page.goto(WRITE)
    page.fill("#text", text)
    with page.expect_navigation():
        page.locator(".writing .go").click()


def debate_states(open_page: Callable[..., Page], inquiry: Inquiry, language: str) -> Iterator[tuple[str, Page]]:
    debate = open_debate(inquiry=inquiry)
    stranger, reader = open_page(language=language), open_page(language=language)
    yield from first_cards(stranger, reader)
    yield from writing(reader, debate, language)
    yield from what_became(reader, debate)
    yield from ends(stranger, reader, inquiry)


def first_cards(stranger: Page, reader: Page) -> Iterator[tuple[str, Page]]:
    for name, path in {
        "card": DEBATE,
        "lost": f"{DEBATE}?voted=3",
        "votes-none": VOTES,
        "write-too-early": WRITE,
    }.items():
        stranger.goto(path)
        yield f"debate-{name}", stranger
    reader.goto(DEBATE)
    tap(reader)
    reader.locator(".meaning summary").click()
    yield "debate-card-second", reader
    vote_on(reader, 4)
    yield "debate-rest", reader


def writing(page: Page, debate: Debate, language: str) -> Iterator[tuple[str, Page]]:
    page.goto(WRITE)
    yield "debate-write", page
    write(page, "長い文です。" * 30)
    yield "debate-write-too-long", page
    write(page, WITH_MAIL[language])
    yield "debate-write-held", page
    near = Statement.objects.get(debate=debate, number=3)
    write(page, near.texts[language])
    yield "debate-write-alike", page
    write(page, near.text)
    with page.expect_navigation():
        page.locator(".writing .go").click()
    yield "debate-write-the-same", page
    write(page, OWN[language])
    yield "debate-sent", page
    write(page, OWN[language])
    yield "debate-write-said-before", page


def what_became(page: Page, debate: Debate) -> Iterator[tuple[str, Page]]:
    page.goto(VOTES)
    page.locator(".cast details").first.locator("summary").click()
    page.locator("#cast + .cast details").first.locator("summary").click()
    yield "debate-votes", page
    moderator = make_moderator()
    own = Statement.objects.get(debate=debate, origin=Origin.READER)
    approve_statement(statement=own, by=moderator)
    make_statement(debate, own.number + 1, LONG, origin=Origin.READER, language="ja")
    voted = list(Statement.objects.filter(debate=debate, origin=Origin.SEED, number__in=voted_on(page)))
    reject_statement(statement=voted[0], reason=RejectionReason.UNCLEAR, by=moderator)
    merge_statement(statement=voted[1], into=own, by=moderator)
    page.goto(VOTES)
    page.locator("#cast + .cast details").last.locator("summary").click()
    yield "debate-votes-since", page
    reject_statement(statement=own, reason=RejectionReason.SEVERAL_IDEAS, by=moderator)
    page.goto(VOTES)
    yield "debate-written-rejected", page


def voted_on(page: Page) -> list[int]:
    values = page.eval_on_selector_all('#cast + .cast button[value$="-none"]', "all => all.map(one => one.value)")
    return [int(value.partition("-")[0]) for value in values]


def ends(stranger: Page, reader: Page, inquiry: Inquiry) -> Iterator[tuple[str, Page]]:
    vote_on(reader, 19)
    yield "debate-finished", reader
    stranger.goto(DEBATE)
    close_inquiry(inquiry=inquiry)
    stranger.locator("[data-card] button").first.click()
    stranger.locator(".number").wait_for()
    yield "debate-409-closed-meanwhile", stranger
    for name, page in {"closed": reader, "closed-stranger": stranger}.items():
        page.goto(DEBATE)
        yield f"debate-{name}", page
    inquiry.state = "open"
    inquiry.save()
    Statement.objects.filter(merged_into__isnull=False).delete()
    Statement.objects.all().delete()
    stranger.goto(DEBATE)
    yield "debate-none", stranger
