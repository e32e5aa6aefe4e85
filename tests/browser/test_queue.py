"""The moderation queue in a browser: every state looked at, and a moderator's whole way, by keys, pointer and without
scripts."""

import pytest

from apps.accounts.models import Role
from apps.debates.models import Statement
from tests.accounts.cast import member
from tests.accounts.conftest import steady_app
from tests.browser.desk import enter
from tests.browser.looking import DESKTOP, small_targets, sticking_out
from tests.browser.moderation import QUEUE, every_state_of_the_queue, fill
from tests.browser.test_desk_states import faults

A_LOOK = 300  # milliseconds that a statement is to be seen before a key decides on it

__all__ = ["steady_app"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_state_of_the_queue_is_accessible_and_fits(open_page, inquiry, language):
    found = [
        f"{name}: {sentence}"
        for name, page in every_state_of_the_queue(open_page(language=language), inquiry, language)
        for sentence in [*faults(page, f"{name}-{language}", sticking_out), *small_targets(page)]
    ]

    assert not found, "\n".join(found)


@pytest.fixture
def at_the_queue(open_page, inquiry):
    """Opens the filled queue as its moderator sees it."""

    def open_queue(**options):
        fill(inquiry, "ja")
        page = open_page(size=DESKTOP, **options)
        enter(page, member(Role.MODERATOR, of=inquiry.publication.slug))
        page.goto(QUEUE)
        return page

    return open_queue


def states() -> str:
    """Of the five statements of readers that waited: the first letter of each one's state."""
    return "".join(each.state[0] for each in Statement.objects.filter(number__range=(25, 29)).order_by("number"))


def in_focus(page) -> str | None:
    return page.evaluate("document.activeElement.closest('[data-entry]')?.id ?? null")


def decided(page, number: int) -> None:
    page.locator(f"#s{number}").wait_for(state="detached")


def test_moderator_goes_through_the_queue_by_keys_alone(at_the_queue):
    page = at_the_queue()
    page.keyboard.press("j")
    assert in_focus(page) == "s25"
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    decided(page, 25)
    page.locator("#s26:focus").wait_for()
    page.wait_for_timeout(A_LOOK)
    page.keyboard.press("a")
    decided(page, 26)
    page.locator("#s27:focus").wait_for()
    page.keyboard.press("a")  # held: there is nothing to press
    page.keyboard.press("r")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    decided(page, 27)
    page.locator("#s28:focus").wait_for()

    assert states() == "marww"
    page.keyboard.press("u")
    page.locator("#s27").wait_for()
    assert states() == "mawww"


def test_key_that_bounces_decides_on_one_statement_only(at_the_queue):
    page = at_the_queue()
    page.locator("#s28").focus()
    page.evaluate(
        """() => document.addEventListener("htmx:afterSettle", () =>
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true })))"""
    )
    page.keyboard.press("a")
    decided(page, 28)
    page.locator("#s29:focus").wait_for()
    page.wait_for_timeout(A_LOOK)

    assert states() == "wwwaw"


def test_keys_write_where_one_writes(at_the_queue):
    page = at_the_queue()
    page.locator("#q").click()
    page.keyboard.type("ajurmx")

    assert page.locator("#q").input_value() == "ajurmx"
    assert states() == "wwwww"


@pytest.mark.parametrize("javascript", [True, False])
def test_moderator_goes_through_the_queue_by_pointer(at_the_queue, javascript):
    page = at_the_queue(javascript=javascript)
    page.locator("#s25 [data-merge]").first.click()
    decided(page, 25)
    page.locator("#s26 [data-approve]").click()
    decided(page, 26)
    page.locator("#s27 [data-words]").click()
    page.locator("#s27 .words:not(.masked)").wait_for()
    assert "090-1234-5678" in page.locator("#s27 .words").inner_text()
    page.locator("#s27 [data-reason]").select_option("personal")
    page.locator("#s27 [data-reject]").click()
    decided(page, 27)
    page.locator("#s28 [data-pick]").check()
    page.locator("#s29 [data-pick]").check()
    page.locator("#batch-reason").select_option("off_topic")
    page.locator('#batch [value="reject"]').click()
    decided(page, 29)
    assert states() == "marrr"

    page.locator("[data-undo]").click()
    page.locator("[data-entry]").wait_for()

    assert sorted(states()) == sorted("marrw")
    assert page.locator(".band").inner_text() != ""


def test_second_moderator_reads_what_the_first_one_did(at_the_queue, open_page, inquiry):
    first = at_the_queue()
    second = open_page(size=DESKTOP)
    enter(second, member(Role.OWNER, of=inquiry.publication.slug, named="taro"))
    second.goto(QUEUE)
    first.locator("#s28 [data-approve]").click()
    decided(first, 28)

    second.locator("#s28 [data-reason]").select_option("off_topic")
    second.locator("#s28 [data-reject]").click()
    second.locator(".band.warn").wait_for()

    assert "意見28番" in second.locator(".band.warn").inner_text()
    assert "Moderator" in second.locator(".band.warn").inner_text()
    assert states() == "wwwaw"
