"""The question that ends a way, asked once more or for the first time: when it comes, and what is kept of it."""

from uuid import uuid4

import pytest
from django.test import Client

from apps.debates.actions import open_debate
from apps.debates.queries import served_statements
from apps.inquiries.models import Inquiry
from apps.participants.passes import issue_pass
from apps.responses.models import Response
from apps.surveys.arms import Arm
from tests.reader.conftest import COVER, Reader
from tests.reader.ways import AGAIN, go, send_off, vote


def test_last_answer_is_reviewed_and_changed(reader, compared, drawn):
    drawn(Arm.A)
    go(reader, 9)
    send_off(reader)
    vote(8)
    reader.client.post(AGAIN, {**reader.hidden(reader.open(AGAIN)), "intent": "next", "P1": "1"})

    review = reader.open(f"{COVER}review/").content.decode()
    page = reader.open(f"{AGAIN}?to=review")
    changed = reader.client.post(f"{AGAIN}?to=review", {**reader.hidden(page), "intent": "next", "P1": "2"})

    assert f'href="{AGAIN}?to=review"' in review
    assert 'value="1" checked' in page.content.decode()
    assert changed.headers["Location"] == f"{COVER}review/"
    assert Response.objects.get().answers["P1"] == 2


def test_leaving_the_last_question_blank_is_an_answer_to_being_asked(reader, compared, drawn):
    drawn(Arm.A)
    go(reader, 9)
    send_off(reader)
    vote(8)

    sent = reader.client.post(AGAIN, {**reader.hidden(reader.open(AGAIN)), "intent": "next"})

    assert sent.status_code == 303
    assert Response.objects.get().answers["P1"] == 97


def test_nobody_is_asked_once_more_before_answering(reader, inquiry):
    form = {"pass": issue_pass(inquiry.pk), "intent": "next", "P1": "1"}

    assert reader.open(AGAIN).headers["Location"] == COVER
    assert reader.client.post(AGAIN, form).headers["Location"] == COVER
    assert Response.objects.count() == 0


def test_rest_and_map_invite_when_it_is_time_and_not_again(reader, compared, drawn):
    drawn(Arm.A)
    go(reader, 9)
    send_off(reader)
    vote(5)
    assert AGAIN not in reader.open(f"{COVER}stand/").content.decode()
    vote(5, first=5)
    last = served_statements(open_debate(inquiry=compared))[9].number

    rest = reader.open(f"{COVER}debate/?voted={last}").content.decode()

    assert f'href="{AGAIN}"' in rest
    assert f'href="{AGAIN}"' in reader.open(f"{COVER}stand/").content.decode()
    reader.client.post(AGAIN, {**reader.hidden(reader.open(AGAIN)), "intent": "next", "P1": "1"})
    assert AGAIN not in reader.open(f"{COVER}debate/?voted={last}").content.decode()
    assert AGAIN not in reader.open(f"{COVER}stand/").content.decode()


def test_reader_without_cookies_is_asked_once_more_on_the_own_way(compared, drawn):
    """The token comes along from page to page; the pass of a page of the debate names no way."""
    drawn(Arm.C)
    reader = Reader(Client())
    sent = reader.send(reader.open(COVER), 1, cookies="none", **{"Q2-a": "3", "Q2-b": "2"})
    reader.client.cookies.clear()
    for step in range(2, 9):
        sent = reader.send(sent, step, prompted="1")
        reader.client.cookies.clear()
    reader.client.post(f"{COVER}review/", {**reader.hidden(sent), "intent": "send"})
    vote(8)
    reader.client.cookies.clear()
    carried = {"pass": issue_pass(compared.pk), "carried": reader.hidden(sent)["carried"]}

    page = reader.client.post(AGAIN, {**carried, "intent": "carry"})
    reader.client.cookies.clear()
    thanks = reader.client.post(AGAIN, {**reader.hidden(page), "intent": "next", "P1": "4"})

    assert "Finally, what do you think now?" in page.content.decode()
    assert "data-code" in thanks.content.decode()
    assert f'formaction="{COVER}stand/"' in thanks.content.decode()  # the token comes along where they stand
    assert Response.objects.get().answers["P1"] == 4


def test_last_answer_is_saved_in_the_background(reader, compared, drawn):
    drawn(Arm.A)
    go(reader, 9)
    send_off(reader)
    vote(8)
    form = {**reader.hidden(reader.open(AGAIN)), "intent": "save", "touched": "P1", "key": str(uuid4()), "P1": "3"}

    saved = reader.client.post(AGAIN, form)

    assert saved.json() == {"saved": True}
    assert Response.objects.get().answers["P1"] == 3


def test_closed_inquiry_asks_nobody_once_more(reader, compared, drawn):
    drawn(Arm.A)
    go(reader, 9)
    send_off(reader)
    vote(8)
    form = {**reader.hidden(reader.open(AGAIN)), "intent": "next", "P1": "1"}
    Inquiry.objects.update(state="closed")

    assert reader.open(AGAIN).headers["Location"] == COVER
    assert reader.client.post(AGAIN, form).status_code == 409
    assert "P1" not in Response.objects.get().answers


@pytest.mark.parametrize(("field", "status"), [({"P1": "7"}, 422), ({"P1": "x"}, 422), ({"pass": "x"}, 403)])
def test_bad_input_to_the_last_question_changes_nothing(field, status, reader, compared, drawn):
    drawn(Arm.A)
    go(reader, 9)
    send_off(reader)
    vote(8)

    refused = reader.client.post(AGAIN, {**reader.hidden(reader.open(AGAIN)), "intent": "next", **field})

    assert refused.status_code == status
    assert "P1" not in Response.objects.get().answers


def test_other_methods_are_refused(reader, compared):
    assert reader.client.put(AGAIN).status_code == 405
    assert reader.open("/q/nothing/again/").status_code == 404


@pytest.mark.parametrize("language", ["ja", "en"])
def test_invitation_fits_who_was_not_asked_at_first(language, compared, drawn):
    drawn(Arm.C)
    reader = Reader(Client(), language)
    go(reader, 8)
    send_off(reader)
    vote(8)

    page = reader.open(f"{COVER}stand/").content.decode()
    invitation = page[page.index('class="band again"') : page.index("</aside>")]

    assert AGAIN in invitation
    assert not any(word in invitation for word in ("first question", "once more", "最初の問い", "もう一度"))
