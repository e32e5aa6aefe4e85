"""What is in an epoch: the same for the same answers, added up over versions, and never changed."""

import pytest
from django.db import DatabaseError, transaction

from apps.reports.models import ResultEpoch
from apps.reports.tallies import UnreadableCodesError
from apps.responses.models import Response
from apps.surveys.actions import publish_version
from tests.reports.epochs import answer, minutes, numbers_of
from tests.reports.factories import answer_as, make_inquiry_of_every_kind, publish
from tests.responses.factories import built_in_document, make_inquiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    return make_inquiry()


def test_the_same_answers_give_the_same_hash(inquiry):
    answer(inquiry, range(10))
    first = publish(inquiry)

    second = publish(inquiry, now=minutes(5), force=True)

    assert second.number == 2
    assert second.sha256 == first.sha256


def test_other_order_coins_give_the_same_hash():
    """What a reader saw first, or at the left, changes no number."""
    epochs = []
    for slug, side in (("one", 0), ("other", 1)):
        inquiry = make_inquiry(slug)
        coins = {"dir_main": side, "ab_swap": side, "row_order_Q2": side, "opt_order_Q9": side, "ctx_order": side}
        for reader in range(12):
            answers = {"Q1": 1 + reader % 5, "Q2": {"a": 4, "b": 1 + reader % 4}, "Q5": 1 + reader % 4, "Q9": [3, 1]}
            answer_as(inquiry, reader, answers, coins=coins)
        epochs.append(publish(inquiry))

    assert epochs[0].sha256 == epochs[1].sha256


def test_answers_under_several_versions_add_up_by_code(inquiry):
    """The second version takes an option back and asks new questions: old answers keep their codes."""
    answer(inquiry, range(6), Q6=1)
    document = built_in_document()
    question = next(item for item in document["items"] if item["id"] == "Q6")
    question["options"][0]["retired"] = True
    publish_version(inquiry=inquiry, document=document)
    answer(inquiry, range(6, 12), Q6=2)

    epoch = publish(inquiry)

    assert epoch.content["versions"] == [1, 2]
    assert numbers_of(epoch, "Q6")["counts"] == {"1": 6, "2": 6, "3": 0, "4": 0, "5": 0, "98": 0}


def test_readers_of_an_older_version_were_not_asked_what_came_later(inquiry):
    answer(inquiry, range(6), Q1=4)
    document = built_in_document()
    document["items"].append({"id": "N", "type": "number", "stem": {"ja": "?", "en": "?"}})
    document["items"].append({"id": "S", "type": "scale", "stem": {"ja": "?", "en": "?"}, "minimum": 0, "maximum": 10})
    document["pages"].insert(-1, ["N", "S"])
    publish_version(inquiry=inquiry, document=document)
    answer(inquiry, range(6, 18), Q1=5, N=3, S=7)

    epoch = publish(inquiry)

    told = {name: numbers_of(epoch, name) for name in ("Q1", "N", "S")}
    assert {name: (each["base"], each["blank"], each["not_shown"]) for name, each in told.items()} == {
        "Q1": (18, 0, 0),
        "N": (12, 0, 6),
        "S": (12, 0, 6),
    }
    assert (told["Q1"]["counts"]["4"], told["Q1"]["counts"]["5"], told["S"]["counts"]["7"]) == (6, 12, 12)


def test_every_kind_reaches_the_epoch():
    inquiry = make_inquiry_of_every_kind()
    for reader in range(12):
        answer_as(inquiry, reader, {"M": [1, 3], "S": reader % 11, "N": 7, "D": "2026-05-01", "A": 40, "Q3": "だから"})
    answer_as(inquiry, 12, {"N": None, "Q3": None})

    epoch = publish(inquiry)

    assert {name: numbers_of(epoch, name)["base"] for name in ("M", "S", "N", "D", "A", "Q3")} == dict.fromkeys(
        ("M", "S", "N", "D", "A", "Q3"), 12
    )
    assert (numbers_of(epoch, "N")["blank"], numbers_of(epoch, "Q3")["blank"]) == (1, 1)
    assert "だから" not in str(epoch.content)


def test_the_database_refuses_to_change_an_epoch(inquiry):
    answer(inquiry, range(10))
    publish(inquiry)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        ResultEpoch.objects.update(answered=1_000_000)


def test_codes_that_do_not_fit_their_version_stop_the_count(inquiry):
    answer(inquiry, range(10))
    Response.objects.filter(pk=Response.objects.first().pk).update(codes=b"\x01")

    with pytest.raises(UnreadableCodesError):
        publish(inquiry)
