"""The way of one reader through the built-in inquiry, by pointer; and what is stored at its end."""

from playwright.sync_api import Page

COVER = "/q/one-founder-ai/"
ANSWER = "/q/one-founder-ai/answer/"
REVIEW = f"{COVER}review/"
THANKS = f"{COVER}thanks/"
RESULTS = f"{COVER}results/"
STEPS = 9

CHOICES = {
    1: {"Q1": "4"},
    2: {"Q2-a": "3", "Q2-b": "2"},
    4: {"Q4": "5"},
    5: {"Q5": "1"},
    6: {"Q6": "3"},
    7: {"Q7": "7", "Q8": "2"},
    9: {"B1": "3", "B2": "1", "B3": "99"},
}
TEXTS = {3: {"Q3": "速いほうがいい。\nでも、止める人がいてほしい。"}, 7: {"Q7-text": "海の底へ行ける"}}
RANKED = ("3", "1")
STORED = {
    "Q1": 4,
    "Q2": {"a": 3, "b": 2},
    "Q3": "速いほうがいい。\nでも、止める人がいてほしい。",
    "Q3c": True,
    "Q4": 5,
    "Q5": 1,
    "Q6": 3,
    "Q7": {"code": 7, "text": "海の底へ行ける"},
    "Q8": 2,
    "Q9": [3, 1],
    "B1": 3,
    "B2": 1,
    "B3": 99,
}


def fill(page: Page, step: int) -> None:
    for name, value in CHOICES.get(step, {}).items():
        page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()
    for name, text in TEXTS.get(step, {}).items():
        page.fill(f'[name="{name}"]', text)
    if step == 3:
        page.locator('label:has(input[name="Q3c"])').click()
    if step == 8:
        rank(page)


def rank(page: Page) -> None:
    """By tapping in order where scripts run, by the lists of places where they do not."""
    tapped = page.locator(".tap").count() > 0
    for place, code in enumerate(RANKED, 1):
        if tapped:
            page.locator(f'.tap:has(+ .ranked[data-code="{code}"])').click()
        else:
            page.select_option(f'[name="Q9-{code}"]', str(place))


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.locator("button.go").click()


def walk(page: Page, *, start: int = 1, end: int = STEPS) -> None:
    """From the cover, or from a later screen, up to the review."""
    page.goto(COVER if start == 1 else f"{ANSWER}?step={start}")
    for step in range(start, end + 1):
        fill(page, step)
        go_on(page)


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("button.go").click()
