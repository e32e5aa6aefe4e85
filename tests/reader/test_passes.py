"""Forms that come too late, twice, from elsewhere, or to a house that cannot take them just now."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.test import Client

from apps.inquiries.models import State
from apps.participants import passes
from apps.responses.models import Response, ResponseLog
from tests.reader.conftest import ANSWER, COVER, Reader


def later(monkeypatch, seconds: float) -> None:
    now = passes.time.time()
    monkeypatch.setattr(passes, "time", SimpleNamespace(time=lambda: now + seconds))


def away(*_arguments, **_named):
    raise OperationalError("the server closed the connection")


def test_expired_page_comes_back_filled_and_with_a_fresh_pass(reader, inquiry, monkeypatch):
    page = reader.open()
    later(monkeypatch, 3 * 60 * 60)

    sent = reader.send(page, Q1="4")

    assert sent.status_code == 409
    assert '<input type="radio" name="Q1" value="4" checked>' in sent.content.decode()
    assert reader.hidden(sent)["pass"] != reader.hidden(page)["pass"]
    assert Response.objects.count() == 0
    assert reader.send(sent, Q1="4").headers["Location"] == f"{ANSWER}?step=2"


@pytest.mark.parametrize("forged", ["", "x", "A" * 64, "é" * 64])
def test_forged_pass_is_refused(reader, inquiry, forged):
    fields = {**reader.hidden(reader.open()), "pass": forged, "Q1": "4"}

    sent = reader.client.post(f"{ANSWER}?step=1", fields)

    assert sent.status_code == 403
    assert b'class="number">403' in sent.content
    assert Response.objects.count() == 0


def test_pass_of_another_inquiry_is_refused(reader, inquiry):
    fields = {**reader.hidden(reader.open()), "pass": passes.issue_pass(inquiry.pk + 1), "Q1": "4"}

    assert reader.client.post(f"{ANSWER}?step=1", fields).status_code == 403


def test_second_press_of_the_same_button_is_one_answer(reader, inquiry):
    page = reader.open()

    first, second = reader.send(page, Q1="4"), reader.send(page, Q1="4")

    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert ResponseLog.objects.count() == 1


def test_second_press_before_the_cookie_arrived_is_the_same_reader(reader, inquiry):
    page = reader.open()
    reader.send(page, Q1="4")

    Reader(Client()).send(page, Q1="4")

    assert Response.objects.count() == ResponseLog.objects.count() == 1


def test_two_presses_differ_in_times_only_and_are_one_answer(reader, inquiry):
    page = reader.open()

    reader.send(page, Q1="4", visible="Q1:1000")
    reader.send(page, Q1="4", visible="Q1:1500")

    assert ResponseLog.objects.count() == 1


def test_used_page_with_another_answer_is_shown_again_and_then_counts(reader, inquiry):
    page = reader.open()
    reader.send(page, Q1="4")

    again = reader.send(page, Q1="2")
    sent = reader.send(again, Q1="2")

    assert again.status_code == 409
    assert '<input type="radio" name="Q1" value="2" checked>' in again.content.decode()
    assert sent.status_code == 303
    assert Response.objects.get().answers == {"Q1": 2}


@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://["},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
    ],
)
def test_form_of_another_site_is_refused(reader, inquiry, header):
    fields = {**reader.hidden(reader.open()), "Q1": "4"}

    sent = reader.client.post(f"{ANSWER}?step=1", fields, **header)

    assert sent.status_code == 403
    assert Response.objects.count() == 0


def test_form_of_our_own_site_is_taken(reader, inquiry):
    fields = {**reader.hidden(reader.open()), "Q1": "4"}

    sent = reader.client.post(
        f"{ANSWER}?step=1", fields, HTTP_ORIGIN="http://testserver", HTTP_SEC_FETCH_SITE="same-origin"
    )

    assert sent.status_code == 303


def test_closed_meanwhile_keeps_the_words_readable(reader, inquiry):
    reader.answer(1, Q1="4")
    page = reader.open(f"{ANSWER}?step=3")
    inquiry.state = State.CLOSED
    inquiry.save()

    sent = reader.send(page, 3, Q3="書いたばかりの長い理由です")

    assert sent.status_code == 409
    assert "<p>書いたばかりの長い理由です</p>" in sent.content.decode()
    assert b"<button" not in sent.content


def test_database_away_keeps_what_was_sent_under_the_same_pass(reader, inquiry, monkeypatch):
    reader.answer(1, Q1="4")
    page = reader.open(f"{ANSWER}?step=3")
    with monkeypatch.context() as broken:
        broken.setattr("apps.reader.views.answer.visible_inquiry", away)
        sent = reader.send(page, 3, Q3="書いたばかりの長い理由です")

    again = reader.client.post(f"{ANSWER}?step=3", {**reader.hidden(sent), "intent": "next"})

    assert (sent.status_code, sent.headers["Retry-After"]) == (503, "5")
    assert reader.hidden(sent)["pass"] == reader.hidden(page)["pass"]
    assert again.headers["Location"] == f"{ANSWER}?step=4"
    assert Response.objects.get().answers["Q3"] == "書いたばかりの長い理由です"


def test_database_away_while_recording_is_no_error_500(reader, inquiry, monkeypatch):
    page = reader.open()
    monkeypatch.setattr("apps.responses.ledger.create", away)

    assert reader.send(page, Q1="4").status_code == 503


@pytest.mark.parametrize("path", ["/", COVER, f"{COVER}results/", f"{COVER}about/"])
def test_database_away_on_looking_says_when_to_try_again(reader, inquiry, monkeypatch, path):
    monkeypatch.setattr("apps.reader.views.cover.open_inquiries", away)
    monkeypatch.setattr("apps.reader.views.cover.visible_inquiry", away)
    monkeypatch.setattr("apps.reader.views.results.visible_inquiry", away)

    page = reader.open(path)

    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")


def test_new_version_meanwhile_does_not_lose_the_old_page(reader, inquiry):
    from apps.surveys.actions import publish_version
    from apps.surveys.queries import published_instrument

    page = reader.open()
    document = {**published_instrument(inquiry.pk).definition.document, "eligibility": {"min_age": 18}}
    publish_version(inquiry=inquiry, document=document)

    sent = reader.send(page, Q1="4")

    assert sent.status_code == 303
    assert Response.objects.get().version.number == 1
