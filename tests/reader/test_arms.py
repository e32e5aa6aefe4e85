"""The three ways through the questions, each as a reader without scripts goes it."""

import re
import time
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from apps.debates.actions import cast_vote, open_debate
from apps.debates.choices import Choice
from apps.debates.queries import served_statements
from apps.inquiries.models import Inquiry
from apps.participants.models import Participant
from apps.participants.passes import issue_pass
from apps.participants.queries import Identity
from apps.reader import visit as visits
from apps.responses.models import Response
from apps.surveys.arms import Arm
from tests.reader.conftest import ANSWER, COVER, Reader

AGAIN = f"{COVER}again/"
FIRST = "the power to make the big decisions"


@pytest.fixture
def compared(inquiry) -> Inquiry:
    Inquiry.objects.update(has_control_arms=True, expected_answers=400)
    inquiry.refresh_from_db()
    return inquiry


@pytest.fixture
def drawn(monkeypatch):
    """From now on every newcomer is drawn this arm."""

    def draw(arm: Arm) -> None:
        monkeypatch.setattr(visits, "draw_arm", lambda _definition, _seed: arm)

    return draw


def place(page) -> str:
    """`3 / 9`, or nothing."""
    found = re.search(r'<span class="place">.*?</span>(.*?)</span>', page.content.decode())
    return found[1].strip() if found else ""


def go(reader: Reader, steps: int) -> list[str]:
    """Through all screens by the next button with nothing answered but the first; the places on the way."""
    places = []
    for step in range(1, steps + 1):
        page = reader.open(COVER if step == 1 else f"{ANSWER}?step={step}")
        places.append(place(page))
        sent = reader.answer(step)
        assert sent.status_code == 303
    return places


def send_off(reader: Reader):
    page = reader.open(f"{COVER}review/")
    return reader.client.post(f"{COVER}review/", {**reader.hidden(page), "intent": "send"})


def vote(times: int, *, first: int = 0) -> None:
    """The only reader there is votes on so many statements."""
    response = Response.objects.get()
    inquiry = Inquiry.objects.get(pk=response.inquiry_id)
    for statement in list(served_statements(open_debate(inquiry=inquiry)))[first : first + times]:
        cast_vote(
            inquiry=inquiry,
            identity=Identity(inquiry.pk, bytes(response.pk)),
            number=statement.number,
            choice=Choice.AGREE,
            key=uuid4(),
            body_sha256=b"0" * 32,
        )


def coins() -> dict[str, int]:
    return Participant.objects.get().coins


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


def test_opening_a_page_writes_nothing_and_sets_no_cookie(reader, compared, drawn):
    for arm in Arm:
        drawn(arm)
        page = reader.open(COVER)
        assert not page.cookies

    assert Participant.objects.count() == 0


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
    assert Response.objects.get().answers["P1"] == 4


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


def test_last_answer_is_saved_in_the_background(reader, compared, drawn):
    drawn(Arm.A)
    go(reader, 9)
    send_off(reader)
    vote(8)
    form = {**reader.hidden(reader.open(AGAIN)), "intent": "save", "touched": "P1", "key": str(uuid4()), "P1": "3"}

    saved = reader.client.post(AGAIN, form)

    assert saved.json() == {"saved": True}
    assert Response.objects.get().answers["P1"] == 3


def test_consent_comes_first_whatever_the_way(reader, compared, drawn):
    Inquiry.objects.update(privacy_profile="strict")
    drawn(Arm.C)
    agree = re.search(r'href="([^"]*agreed=[^"]*)"', reader.open(COVER).content.decode())[1]

    page = reader.open(agree.replace("&amp;", "&"))
    reader.send(page, 1, **{"Q2-a": "3", "Q2-b": "2"})

    assert (place(page), FIRST in page.content.decode()) == ("1 / 8", False)
    assert coins()["arm"] == 2


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


def test_page_about_the_survey_tells_of_the_lot(reader, inquiry):
    about = f"{COVER}about/"

    assert "once more" in reader.open(about).content.decode()
    assert "By lot" not in reader.open(about).content.decode()
    Inquiry.objects.update(has_control_arms=True, expected_answers=400)
    assert "By lot" in reader.open(about).content.decode()


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
