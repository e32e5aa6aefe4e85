"""A reader, a page and the API while the questionnaire changes: what was answered stays true."""

from typing import Any

import pytest

from apps.api.submission import remembered_inquiry
from apps.inquiries.models import Inquiry
from apps.reports.queries import written_answers
from apps.responses.models import Response
from apps.surveys.actions import publish_version
from apps.surveys.queries import published_instrument
from tests.api.conftest import ApiClient
from tests.reader.conftest import ANSWER, COVER, Reader
from tests.responses.factories import make_identity, make_inquiry, record
from tests.surveys.documents import NUMBER, built_in


@pytest.fixture
def inquiry(db: None) -> Inquiry:
    remembered_inquiry.cache_clear()  # that of an earlier test stood at the same address
    return make_inquiry()


@pytest.fixture
def reader(client) -> Reader:
    return Reader(client)


def item_of(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(item for item in document["items"] if item["id"] == name)


def retire(inquiry: Inquiry, name: str, code: int) -> None:
    document = built_in()
    next(option for option in item_of(document, name)["options"] if option["code"] == code)["retired"] = True
    publish_version(inquiry=inquiry, document=document)


def answer_on_the_page(reader: Reader, step: int, **answers: str) -> int:
    page = reader.open(COVER if step == 1 else f"{ANSWER}?step={step}")
    return reader.send(page, step, **answers).status_code


def test_retired_option_stays_checked_and_can_be_sent_again_by_who_chose_it(reader, inquiry):
    answer_on_the_page(reader, 1, Q1="4")
    answer_on_the_page(reader, 6, Q6="2")
    retire(inquiry, "Q6", 2)

    page = reader.open(f"{ANSWER}?step=6")
    sent = reader.send(page, 6, Q6="2")

    assert '<input type="radio" name="Q6" value="2" checked>' in page.content.decode()
    assert sent.status_code == 303
    assert Response.objects.get().answers == {"Q1": 4, "Q6": 2}
    assert Response.objects.get().version.number == 2


def test_retired_option_reads_as_its_label_on_the_review(reader, inquiry):
    answer_on_the_page(reader, 1, Q1="4")
    answer_on_the_page(reader, 6, Q6="2")
    retire(inquiry, "Q6", 2)
    label = item_of(built_in(), "Q6")["options"][1]

    review = reader.open(f"{COVER}review/").content.decode()

    assert label["code"] == 2
    assert label["label"]["en"] in review


def test_retired_option_is_neither_shown_to_others_nor_taken_from_them(reader, another, inquiry):
    retire(inquiry, "Q6", 2)
    answer_on_the_page(reader, 1, Q1="4")

    page = reader.open(f"{ANSWER}?step=6")
    sent = reader.send(page, 6, Q6="2")
    by_api = another.answer({"Q6": 2}, version=2)

    assert 'name="Q6" value="2"' not in page.content.decode()
    assert (sent.status_code, by_api.status_code) == (422, 422)
    assert by_api.json() == {
        "error": {"code": "unknown_option", "message": "This is not one of the options.", "field": "Q6"}
    }


@pytest.fixture
def another() -> ApiClient:
    return ApiClient()


def test_page_that_was_open_when_an_option_was_retired_may_still_send_it(reader, inquiry):
    """The page said so when the reader chose."""
    answer_on_the_page(reader, 1, Q1="4")
    page = reader.open(f"{ANSWER}?step=6")
    retire(inquiry, "Q6", 2)

    sent = reader.send(page, 6, Q6="2")

    assert sent.status_code == 303
    assert Response.objects.get().answers == {"Q1": 4, "Q6": 2}


def test_api_keeps_a_retired_option_for_who_chose_it(another, inquiry):
    another.answer({"Q6": 2})
    retire(inquiry, "Q6", 2)

    kept = another.answer({"Q6": 2, "Q4": 1}, version=2)

    assert kept.status_code == 200
    assert Response.objects.get().answers == {"Q6": 2, "Q4": 1}


def test_new_words_by_the_api_need_a_new_consent(another, inquiry):
    another.answer({"Q3": "最初の理由", "Q3c": True})

    another.answer({"Q3": "別の理由"})
    without = dict(Response.objects.get().answers)
    another.answer({"Q3c": True})

    assert without == {"Q3": "別の理由"}
    assert Response.objects.get().answers == {"Q3": "別の理由", "Q3c": True}


def test_97_is_a_number_and_blank_is_not(inquiry):
    document = built_in()
    document["items"].append(NUMBER | {"id": "N1"})
    document["pages"].insert(-1, ["N1"])
    publish_version(inquiry=inquiry, document=document)
    for number, answer in enumerate([97, 97, None, 12.5]):
        record(inquiry, {"N1": answer}, identity=make_identity(inquiry, f"reader number {number}".encode()))

    shown = published_instrument(inquiry.pk)

    assert shown
    assert sorted(written_answers(inquiry.pk, shown.definition.question("N1")), key=str) == [
        ("12.5", 1), ("97", 2), (None, 1),
    ]  # fmt: skip


def test_number_97_is_shown_again_to_its_reader(reader, inquiry):
    document = built_in()
    document["items"].append(NUMBER | {"id": "N1"})
    document["pages"].insert(-1, ["N1"])
    publish_version(inquiry=inquiry, document=document)
    answer_on_the_page(reader, 1, Q1="4")

    assert answer_on_the_page(reader, 10, N1="９７") == 303
    assert Response.objects.get().answers == {"Q1": 4, "N1": 97}
    assert 'value="97"' in reader.open(f"{ANSWER}?step=10").content.decode()
    assert "97 times" in reader.open(f"{COVER}review/").content.decode()
