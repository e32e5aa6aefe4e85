"""A browser that keeps no cookies: told so, and let go on, the token travelling from form to form."""

import pytest
from django.test import Client

from apps.responses.models import Response
from tests.reader.conftest import ANSWER, COVER, Reader


class Forgetful(Reader):
    """Throws every cookie away before the next request."""

    def __getattribute__(self, name: str):
        if name == "client":
            object.__getattribute__(self, "client").cookies.clear()
        return object.__getattribute__(self, name)


@pytest.fixture
def forgetful():
    return Forgetful(Client())


def carry(reader):
    """To the first screen by the button of the page that explains."""
    sent = reader.answer(1, Q1="4")
    lost = reader.open(sent.headers["Location"])
    return lost, reader.send(lost, 1, intent="carry")


def test_second_screen_explains_and_offers_to_go_on(forgetful, inquiry):
    lost, first = carry(forgetful)

    assert lost.status_code == 200
    assert b'value="carry"' in lost.content
    assert b'name="carried"' in first.content
    assert b'name="Q1"' in first.content


def test_browser_that_says_so_is_not_asked_twice(forgetful, inquiry):
    second = forgetful.send(forgetful.open(), 1, Q1="4", cookies="none")
    third = forgetful.send(second, 2, **{"Q2-a": "3", "Q2-b": "4"})

    assert (second.status_code, third.status_code) == (200, 200)
    assert b'name="Q2-a"' in second.content
    assert [response.answers for response in Response.objects.all()] == [{"Q1": 4, "Q2": {"a": 3, "b": 4}}]


def test_reader_with_a_cookie_is_redirected_whatever_the_form_says(reader, inquiry):
    reader.answer(1, Q1="4")

    sent = reader.send(reader.open(f"{ANSWER}?step=2"), 2, **{"Q2-a": "3", "Q2-b": "4"}, cookies="none")

    assert (sent.status_code, sent.headers["Location"]) == (303, f"{ANSWER}?step=3")


def test_whole_way_without_cookies_is_one_reader(forgetful, inquiry):
    _, first = carry(forgetful)

    second = forgetful.send(first, 1, Q1="2")
    third = forgetful.send(second, 2, **{"Q2-a": "3", "Q2-b": "4"})
    back = forgetful.send(third, 3, intent="back")

    assert second.status_code == third.status_code == back.status_code == 200
    assert b'name="Q2-a" value="3" checked' in back.content
    assert {"Q1": 2, "Q2": {"a": 3, "b": 4}} in [response.answers for response in Response.objects.all()]
    assert Response.objects.count() == 2  # the tap before the explanation stays a break-off that is not counted


def test_review_and_receipt_without_cookies(forgetful, inquiry):
    _, first = carry(forgetful)
    page = forgetful.send(first, 1, Q1="2")
    for step in range(2, 10):
        sent = forgetful.send(page, step)
        page = forgetful.send(sent, step) if b'name="prompted"' in sent.content else sent

    change = forgetful.client.post(f"{COVER}review/", {**forgetful.hidden(page), "intent": "step-1"})
    thanks = forgetful.client.post(f"{COVER}review/", {**forgetful.hidden(page), "intent": "send"})

    assert b'name="Q1" value="2" checked' in change.content
    assert b"data-code" in thanks.content
    assert Response.objects.filter(finished=True).count() == 1


def test_forged_token_in_the_form_counts_for_nothing(forgetful, inquiry):
    page = forgetful.open()

    sent = forgetful.client.post(
        f"{ANSWER}?step=1", {**forgetful.hidden(page), "carried": "A" * 48, "Q1": "4", "intent": "next"}
    )

    assert sent.headers["Location"] == f"{ANSWER}?step=2"
    assert Response.objects.count() == 1
