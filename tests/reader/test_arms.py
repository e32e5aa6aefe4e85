"""The three ways through the questions, each as a reader without scripts goes it."""

import re
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from apps.inquiries.models import Inquiry
from apps.participants.models import Participant
from apps.responses.models import Response
from apps.surveys.arms import Arm
from tests.reader.conftest import ANSWER, COVER, Reader
from tests.reader.ways import AGAIN, FIRST, coins, go, place, send_off, vote


def test_without_the_experiment_nobody_is_drawn(reader, inquiry):
    reader.answer(1, Q1="5")

    assert "arm" not in coins()
    assert place(reader.open(f"{ANSWER}?step=2")) == "2 / 9"


def test_arm_a_is_asked_once_more_after_eight_votes(reader, compared, drawn):
    drawn(Arm.A)

    assert go(reader, 9)[1:] == [f"{step} / 9" for step in range(2, 10)]
    send_off(reader)
    vote(7)
    assert reader.open(AGAIN).headers["Location"] == COVER
    vote(1, first=7)
    page = reader.open(AGAIN)

    assert coins()["arm"] == 0
    assert place(page) == ""
    assert "Finally, what do you think now?" in page.content.decode()


def test_arm_b_is_asked_once_more_before_sending(reader, compared, drawn):
    drawn(Arm.B)

    assert go(reader, 9)[1:] == [f"{step} / 10" for step in range(2, 10)]
    page = reader.open(f"{ANSWER}?step=10")
    sent = reader.send(page, 10, P1="2")

    assert place(page) == "10 / 10"
    assert "Finally, what do you think now?" in page.content.decode()
    assert sent.headers["Location"] == f"{COVER}review/"
    assert "Finally" in reader.open(f"{COVER}review/").content.decode()
    send_off(reader)
    vote(8)
    assert reader.open(AGAIN).headers["Location"] == COVER
    assert Response.objects.get().answers["P1"] == 2


def test_arm_c_meets_the_first_question_only_at_the_end(reader, compared, drawn):
    drawn(Arm.C)
    cover = reader.open(COVER)

    assert FIRST not in cover.content.decode()
    assert 'name="Q2-a"' in cover.content.decode()
    assert go(reader, 8)[1:] == [f"{step} / 8" for step in range(2, 9)]
    for path in (f"{COVER}review/", COVER, f"{ANSWER}?step=1", "/receipt/"):
        assert FIRST not in reader.open(path).content.decode()
    send_off(reader)
    assert FIRST not in reader.open(f"{COVER}thanks/").content.decode()
    vote(8)
    page = reader.open(AGAIN)
    assert FIRST in page.content.decode()
    sent = reader.client.post(AGAIN, {**reader.hidden(page), "intent": "next", "P1": "1"})

    assert sent.headers["Location"] == f"{COVER}thanks/"
    assert coins()["arm"] == 2
    answers = Response.objects.get().answers
    assert (answers["P1"], "Q1" in answers) == (1, False)


@pytest.mark.parametrize(("arm", "steps"), [(Arm.A, 9), (Arm.B, 10), (Arm.C, 8)])
def test_every_screen_of_every_way_shows_its_own_number(arm, steps, reader, compared, drawn):
    drawn(arm)

    places = go(reader, steps)

    assert places[1:] == [f"{step} / {steps}" for step in range(2, steps + 1)]
    assert reader.open(f"{ANSWER}?step={steps + 1}").status_code == 404


def test_first_answer_keeps_the_arm_whatever_is_drawn_later(reader, compared, drawn):
    drawn(Arm.C)
    reader.answer(1, **{"Q2-a": "3", "Q2-b": "2"})
    drawn(Arm.A)

    assert place(reader.open(f"{ANSWER}?step=2")) == "2 / 8"
    reader.answer(2)

    assert coins()["arm"] == 2


def test_page_that_was_drawn_before_the_switch_keeps_its_way(reader, inquiry, drawn):
    drawn(Arm.C)
    page = reader.open(COVER)
    Inquiry.objects.update(has_control_arms=True, expected_answers=400)

    reader.send(page, 1, Q1="4")

    assert "arm" not in coins()
    assert Response.objects.get().answers == {"Q1": 4}


def test_page_that_was_drawn_while_it_was_on_keeps_its_way(reader, compared, drawn):
    drawn(Arm.C)
    page = reader.open(COVER)
    Inquiry.objects.update(has_control_arms=False)

    reader.send(page, 1, **{"Q2-a": "3", "Q2-b": "2"})

    assert coins()["arm"] == 2
    assert Response.objects.get().answers == {"Q2": {"a": 3, "b": 2}}


def test_page_that_was_open_too_long_comes_back_on_the_same_way(reader, compared, drawn, monkeypatch):
    drawn(Arm.C)
    page = reader.open(COVER)
    drawn(Arm.A)
    later = time.time() + 3 * 60 * 60
    monkeypatch.setattr(time, "time", lambda: later)

    old = reader.send(page, 1, **{"Q2-a": "3", "Q2-b": "2"})
    again = reader.send(old, 1, **{"Q2-a": "3", "Q2-b": "2"})

    assert old.status_code == 409
    assert again.status_code == 303
    assert coins()["arm"] == 2


def test_reader_without_cookies_stays_on_the_way(compared, drawn):
    drawn(Arm.C)
    reader = Reader(Client())
    page = reader.open(COVER)
    first = reader.send(page, 1, cookies="none", **{"Q2-a": "3", "Q2-b": "2"})
    reader.client.cookies.clear()
    drawn(Arm.A)

    second = reader.send(first, 2)

    assert place(first) == "2 / 8"
    assert place(second) == "3 / 8"
    assert coins()["arm"] == 2


def test_receipt_leads_back_to_the_same_way(reader, another_reader, compared, drawn):
    drawn(Arm.C)
    go(reader, 8)
    send_off(reader)
    code = re.search(r"<output data-code>(.*?)</output>", reader.open(f"{COVER}thanks/").content.decode())[1]

    page = another_reader.open("/receipt/")
    another_reader.client.post("/receipt/", {**another_reader.hidden(page), "code": code})

    assert FIRST not in another_reader.open("/receipt/").content.decode()
    assert place(another_reader.open(f"{ANSWER}?step=2&to=review")) == "2 / 8"


def test_opening_a_page_writes_nothing_and_sets_no_cookie(reader, compared, drawn):
    for arm in Arm:
        drawn(arm)
        page = reader.open(COVER)
        assert not page.cookies

    assert Participant.objects.count() == 0


def test_results_keep_the_question_back_until_it_was_asked(reader, compared, drawn):
    drawn(Arm.C)
    call_command("simulate_readers", compared.slug, readers=60, seed=2, stdout=StringIO())
    reader.answer(1, **{"Q2-a": "3", "Q2-b": "2"})

    before = reader.open(f"{COVER}results/").content.decode()
    Response.objects.filter(simulated=False).update(answers={"Q2": {"a": 3, "b": 2}, "P1": 4})

    assert 'id="Q2"' in before
    assert 'id="Q1"' not in before
    assert FIRST not in before
    assert 'id="Q1"' in reader.open(f"{COVER}results/").content.decode()


def test_consent_comes_first_whatever_the_way(reader, compared, drawn):
    Inquiry.objects.update(privacy_profile="strict")
    drawn(Arm.C)
    agree = re.search(r'href="([^"]*agreed=[^"]*)"', reader.open(COVER).content.decode())[1]

    page = reader.open(agree.replace("&amp;", "&"))
    reader.send(page, 1, **{"Q2-a": "3", "Q2-b": "2"})

    assert (place(page), FIRST in page.content.decode()) == ("1 / 8", False)
    assert coins()["arm"] == 2


def test_page_about_the_survey_tells_of_the_lot(reader, inquiry):
    about = f"{COVER}about/"

    assert "once more" in reader.open(about).content.decode()
    assert "By lot" not in reader.open(about).content.decode()
    Inquiry.objects.update(has_control_arms=True, expected_answers=400)
    assert "By lot" in reader.open(about).content.decode()
