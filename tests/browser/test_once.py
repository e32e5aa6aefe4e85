"""One reader is one row, however often a button is pressed and in how many tabs."""

from apps.responses.models import Response
from tests.browser.patience import press_twice
from tests.browser.way import ANSWER, COVER, REVIEW, THANKS, fill, go_on, send, walk


def choose(page, name, value):
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()


def rows():
    return [response.answers for response in Response.objects.all()]


def test_double_press_makes_one_row(open_page):
    page = open_page(path=COVER)
    fill(page, 1)

    press_twice(page.locator("button.go"))
    page.wait_for_url(f"**{ANSWER}?step=2")

    assert rows() == [{"Q1": 4}]


def test_double_press_without_javascript_makes_one_row(open_page):
    page = open_page(path=COVER, javascript=False)
    fill(page, 1)

    press_twice(page.locator("button.go"))
    page.wait_for_url(f"**{ANSWER}?step=2")

    assert rows() == [{"Q1": 4}]


def test_back_and_another_answer_change_the_same_row(open_page):
    for javascript in (True, False):
        page = open_page(path=COVER, javascript=javascript)
        fill(page, 1)
        go_on(page)

        page.go_back()
        if "answer" not in page.url:  # the cover: a reader who has answered is welcomed back
            page.goto(f"{ANSWER}?step=1")
        choose(page, "Q1", 5)
        go_on(page)
        if page.locator(".band").count():  # a page out of the browser's memory was sent before: it says so, once
            go_on(page)

    assert rows() == [{"Q1": 5}, {"Q1": 5}]


def test_two_tabs_make_one_row(open_page):
    first = open_page(path=COVER)
    second = first.context.new_page()
    second.goto(COVER)

    fill(first, 1)
    go_on(first)
    choose(second, "Q1", 1)
    go_on(second)

    assert rows() == [{"Q1": 1}]


def test_second_press_of_send_changes_nothing(open_page):
    page = open_page()
    walk(page)

    press_twice(page.locator("button.go"))
    page.wait_for_url(f"**{THANKS}")
    sent = Response.objects.get()
    page.goto(REVIEW)

    assert (sent.status, sent.finished) == ("complete", True)
    assert page.locator("button.go").count() == 0


def test_sending_twice_from_two_tabs_shows_one_receipt(open_page):
    first = open_page()
    walk(first)
    second = first.context.new_page()
    second.goto(REVIEW)

    send(first)
    send(second)

    assert first.inner_text("[data-code]") == second.inner_text("[data-code]")
    assert Response.objects.count() == 1
