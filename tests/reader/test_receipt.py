import pytest

from apps.participants.models import Participant
from apps.responses.models import IdempotencyKey, Response, ResponseLog
from tests.reader.conftest import ANSWER, COVER

RECEIPT = "/receipt/"


@pytest.fixture
def code(another_reader, inquiry) -> str:
    """The receipt of somebody who answered on another device."""
    another_reader.answer(1, Q1="4")
    another_reader.answer(3, Q3="消したくなる理由")
    review = another_reader.open(f"{COVER}review/")
    another_reader.client.post(f"{COVER}review/", {**another_reader.hidden(review), "intent": "send"})
    thanks = another_reader.open(f"{COVER}thanks/").content.decode()
    return thanks.split("<output data-code>")[1].split("<")[0]


def enter(reader, code):
    return reader.client.post(RECEIPT, {"intent": "open", "code": code})


def test_code_shows_the_answers_on_another_device(reader, code):
    entered = enter(reader, code)
    page = reader.open(RECEIPT).content.decode()

    assert (entered.status_code, entered.headers["Location"]) == (303, RECEIPT)
    assert "消したくなる理由" in page


def test_code_is_forgiving_about_case_spaces_and_look_alikes(reader, code):
    typed = f"  {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "

    assert enter(reader, typed).status_code == 303


def test_code_never_stands_in_an_address(reader, code):
    entered = enter(reader, code)
    page = reader.open(RECEIPT).content.decode()

    assert code not in entered.headers["Location"]
    assert code not in page


@pytest.mark.parametrize("wrong", ["", "x", "ABCDE-FGHJK-MNPQR-STVWX-YZ0123", "Z" * 26, "あ" * 26, "\x00"])
def test_wrong_code_is_said_in_a_sentence(reader, inquiry, wrong):
    page = enter(reader, wrong)

    assert page.status_code == 422
    assert b'id="code-error"' in page.content
    assert page.cookies == {}


def test_many_guesses_are_slowed_down(reader, inquiry):
    statuses = [enter(reader, f"{number:026d}").status_code for number in range(70)]

    assert statuses[0] == 422
    assert statuses[-1] == 429
    assert int(enter(reader, "x").headers["Retry-After"]) > 0


def test_answers_are_changed_under_the_code(reader, code):
    enter(reader, code)

    page = reader.open(f"{ANSWER}?step=1&to=review")
    sent = reader.send(page, 1, to="review", Q1="2")

    assert sent.headers["Location"] == f"{COVER}review/"
    assert Response.objects.get().answers["Q1"] == 2


def test_deleting_asks_first_and_then_leaves_nothing(reader, code):
    enter(reader, code)
    page = reader.open(RECEIPT)

    asked = reader.client.post(RECEIPT, {**reader.hidden(page), "intent": "delete"}).headers["Location"]
    before, confirming = Response.objects.count(), reader.open(asked)
    erased = reader.client.post(RECEIPT, {**reader.hidden(confirming), "intent": "erase"})

    assert (before, b'value="erase"' in confirming.content, b'name="code"' in reader.open(asked).content) == (
        1,
        True,
        True,
    )
    assert erased.cookies["toikake-receipt"].value == ""
    assert [model.objects.count() for model in (Response, ResponseLog, IdempotencyKey, Participant)] == [0, 0, 0, 0]
    assert enter(reader, code).status_code == 422


def test_cookie_alone_deletes_nothing(reader, code):
    enter(reader, code)

    sent = reader.client.post(RECEIPT, {"intent": "erase"})

    assert sent.status_code == 403
    assert Response.objects.count() == 1


def test_deleting_without_an_open_code_leads_to_the_form(reader, inquiry):
    assert reader.client.post(RECEIPT, {"intent": "erase"}).headers["Location"] == RECEIPT


def test_forgetting_the_code_closes_the_answers(reader, code):
    enter(reader, code)

    reader.client.post(RECEIPT, {"intent": "leave"})

    assert "消したくなる理由" not in reader.open(RECEIPT).content.decode()


def test_tampered_receipt_cookie_opens_nothing(reader, code):
    enter(reader, code)
    reader.client.cookies["toikake-receipt"] = reader.client.cookies["toikake-receipt"].value[:-2] + "xx"

    page = reader.open(RECEIPT)

    assert page.status_code == 200
    assert b'name="code"' in page.content


def test_same_browser_can_be_shown_its_code_again(another_reader, code):
    assert code in another_reader.open(f"{COVER}thanks/").content.decode()


def test_consent_to_be_quoted_is_shown_and_taken_back(reader, another_reader, code):
    another_reader.answer(3, Q3="消したくなる理由", Q3c="on")
    enter(reader, code)
    page = reader.open(RECEIPT)

    taken = reader.client.post(RECEIPT, {**reader.hidden(page), "intent": "unquote-Q3c"})
    after = reader.open(RECEIPT).content.decode()

    assert "may be quoted without naming you" in page.content.decode()
    assert (taken.status_code, taken.headers["Location"]) == (303, RECEIPT)
    assert Response.objects.get().answers["Q3c"] is False
    assert "unquote" not in after


@pytest.mark.parametrize("changes", [{"pass": "x"}, {"intent": "unquote-Q1"}, {"intent": "unquote-\x00"}])
def test_without_the_pages_pass_or_for_another_field_no_consent_changes(reader, another_reader, code, changes):
    another_reader.answer(3, Q3="消したくなる理由", Q3c="on")
    enter(reader, code)
    page = reader.open(RECEIPT)

    reader.client.post(RECEIPT, {**reader.hidden(page), "intent": "unquote-Q3c", **changes})

    assert Response.objects.get().answers["Q3c"] is True
