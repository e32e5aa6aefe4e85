"""What becomes so after a while. Asked from outside: waiting inside a page needs `eval`, which its policy forbids."""

import time
from contextlib import suppress

from playwright.sync_api import Error, Frame, Locator, Page, Route

PATIENCE = 45  # seconds
KNOWN = """
document.readyState === "complete" && !document.querySelector("form[data-newcomer]")
    && document.querySelector("form [name=carried]") !== null
"""


def until(place: Page | Frame, question: str) -> None:
    """What the page answers becomes true, also on the page that takes its place meanwhile."""
    deadline = time.monotonic() + PATIENCE
    answer = None
    while answer is not True:
        assert time.monotonic() < deadline, f"{question} is still {answer}"
        with suppress(Error):  # asked between two pages
            answer = place.evaluate(question)
        if answer is not True:
            place.wait_for_timeout(50)


def known(frame: Frame) -> None:
    """The page has been asked for once more with the reader's token, and its scripts hear what is tapped."""
    until(frame, KNOWN)


def press_twice(button: Locator) -> None:
    """Both presses meet the same page, however quick the site is: what they send leaves after the second one."""
    held: list[Route] = []
    pressed = False

    def hold(route: Route) -> None:
        if pressed:
            route.continue_()
        else:
            held.append(route)

    button.page.route("**/*", hold)
    button.dblclick()
    pressed = True
    for route in held:
        route.continue_()
