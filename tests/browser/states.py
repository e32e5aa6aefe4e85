"""Every page for readers in every state that it can be in, one after the other."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page

from apps.inquiries.models import Inquiry, PrivacyProfile, State
from tests.browser.way import ANSWER, COVER, RESULTS, REVIEW, STEPS, THANKS, fill, go_on, send

State_ = tuple[str, Page]
Open = Callable[..., Page]


def every_state(open_page: Open, inquiry: Inquiry, language: str) -> Iterator[State_]:
    """Name and page. The page belongs to whoever looks until the next one is asked for."""
    stranger = open_page(language=language)
    reader = open_page(language=language)
    yield from still_pages(stranger)
    yield from the_way(reader)
    yield from errors(stranger, reader)
    yield from results(inquiry, stranger, reader)
    yield from receipt(reader)
    yield from other_openings(inquiry, stranger)


def still_pages(page: Page) -> Iterator[State_]:
    for name, path in {
        "home": "/",
        "about": f"{COVER}about/",
        "privacy": "/privacy/",
        "accessibility": "/accessibility/",
        "receipt": "/receipt/",
        "lost": f"{ANSWER}?step=2",
    }.items():
        page.goto(path)
        yield name, page


def the_way(page: Page) -> Iterator[State_]:
    page.goto(COVER)
    yield "cover", page
    go_on(page)
    yield "cover-left-blank", page
    page.locator('label:has(input[name="Q1"][value="3"])').click()
    yield "step-1-follow-up", page
    for step in range(1, STEPS + 1):
        if step > 1:
            yield f"step-{step}", page
        fill(page, step)
        yield f"step-{step}-answered", page
        go_on(page)
        if step == 4:
            page.goto(COVER)
            yield "welcome-back-on-the-way", page
            page.goto(f"{ANSWER}?step=5")
    yield "review", page
    send(page)
    yield "thanks", page
    page.goto(REVIEW)
    yield "review-sent", page
    page.goto(COVER)
    yield "welcome-back", page


def errors(stranger: Page, reader: Page) -> Iterator[State_]:
    reader.goto(f"{ANSWER}?step=3")
    reader.fill('[name="Q3"]', "長い文です。" * 60)
    go_on(reader)
    yield "error-text", reader
    reader.goto(f"{ANSWER}?step=7")
    reader.fill('[name="Q7-text"]', "とても長い答え" * 12)
    go_on(reader)
    yield "error-other", reader
    reader.goto(f"{ANSWER}?step=8")
    make_two_second_places(reader)
    go_on(reader)
    yield "error-ranking", reader
    for status, path in {"404": "/nothing/", "400": f"{ANSWER}?step=x"}.items():
        stranger.goto(path)
        yield f"error-{status}", stranger
    stranger.goto("/receipt/")
    stranger.fill("#code", "0123-4567-89AB")
    send(stranger)
    yield "error-receipt", stranger


def make_two_second_places(page: Page) -> None:
    """As only the lists without scripts allow it."""
    page.eval_on_selector_all(".ranked select", 'lists => lists.forEach(list => list.value = "2")')


def results(inquiry: Inquiry, stranger: Page, reader: Page) -> Iterator[State_]:
    reader.goto(RESULTS)
    yield "results-too-few", reader
    stranger.goto(RESULTS)
    yield "results-too-few-stranger", stranger
    call_command("simulate_readers", inquiry.slug, readers=120, seed=1, force=True, verbosity=0)
    reader.goto(RESULTS)
    yield "results-own", reader
    stranger.goto(RESULTS)
    yield "results-stranger", stranger
    stranger.goto(COVER)
    yield "cover-simulated", stranger


def receipt(page: Page) -> Iterator[State_]:
    page.goto(THANKS)
    code = page.inner_text("[data-code]")
    page.goto("/receipt/")
    page.fill("#code", code)
    send(page)
    yield "receipt-opened", page
    with page.expect_navigation():
        page.locator('[value="delete"]').click()
    yield "receipt-confirm", page
    with page.expect_navigation():
        page.locator('[value="erase"]').click()
    yield "receipt-erased", page


def other_openings(inquiry: Inquiry, page: Page) -> Iterator[State_]:
    inquiry.refresh_from_db()
    now = timezone.now()
    page.goto(COVER)
    change(inquiry, closes_at=now - timedelta(minutes=1))
    page.locator('label:has(input[name="Q1"][value="2"])').click()
    go_on(page)
    yield "error-409-closed-meanwhile", page
    page.goto(COVER)
    yield "closed", page
    page.goto(RESULTS)
    yield "results-closed", page
    change(inquiry, closes_at=None, opens_at=now + timedelta(days=3))
    page.goto(COVER)
    yield "not-open-yet", page
    change(inquiry, opens_at=None, privacy_profile=PrivacyProfile.STRICT)
    page.goto(COVER)
    yield "consent-strict", page
    change(inquiry, state=State.CLOSED)
    page.goto("/")
    yield "home-empty", page


def change(inquiry: Inquiry, **fields: object) -> None:
    for name, value in fields.items():
        setattr(inquiry, name, value)
    inquiry.save()
