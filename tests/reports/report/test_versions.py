"""Answers to several versions in one table: what only some readers were offered, and what was worded otherwise."""

import pytest
from django.test import Client
from django.utils.translation import override

from apps.reports.figures import page
from apps.surveys.actions import publish_version
from tests.reports.factories import answer_as, make_inquiry, publish
from tests.reports.report.factories import content_of, figures_of, told
from tests.responses.factories import built_in_document, instrument_of

pytestmark = pytest.mark.django_db

GUILD = {"code": 9, "label": {"ja": "組合が決める", "en": "A guild decides"}}


def second_version():
    """Q6 loses an answer and gains one, Q4 asks in other words, and the rest is as it was."""
    document = built_in_document()
    by_id = {item["id"]: item for item in document["items"]}
    by_id["Q6"]["options"][0]["retired"] = True
    by_id["Q6"]["options"].insert(1, GUILD)
    by_id["Q4"]["stem"]["en"] = "Is a founder who decides quickly a plus?"
    return document


@pytest.fixture
def inquiry():
    made = make_inquiry()
    for number in range(15):
        answer_as(made, number, {"Q4": 1, "Q6": 1})
    publish_version(inquiry=made, document=second_version())
    return made


def test_what_only_one_version_offered_and_what_it_worded_otherwise_is_told(inquiry):
    for number in range(15, 30):
        answer_as(inquiry, number, {"Q4": 2, "Q6": 9})

    content = content_of(inquiry)
    figures = figures_of(told(inquiry, "en", content))

    assert content["parts"]["questions"]["versions"] == {
        "Q4": {"worded": [1]},
        "Q6": {"offered": {"1": [1], "9": [2]}},
    }
    assert figures["Q6"].notes[-2:] == (
        "Offered only in version 1 of the questionnaire: “One leader decides quickly”.",
        "Offered only in version 2 of the questionnaire: “A guild decides”.",
    )
    assert figures["Q4"].notes[-1] == "Put in other words in version 1 of the questionnaire."


def test_results_tell_the_same_beside_the_figures_of_the_page_and_in_the_api(inquiry):
    for number in range(15, 30):
        answer_as(inquiry, number, {"Q4": 2, "Q6": 9})

    with override("en"):
        drawn = page(publish(inquiry), instrument_of(inquiry), inquiry, "en")

    assert {figure.id: figure.notes for figure in drawn.figures if figure.notes} == {
        "Q4": ("Put in other words in version 1 of the questionnaire.",),
        "Q6": (
            "Offered only in version 1 of the questionnaire: “One leader decides quickly”.",
            "Offered only in version 2 of the questionnaire: “A guild decides”.",
        ),
    }
    assert Client().get("/api/v1/inquiries/one-founder-ai/results").json()["asked_otherwise"] == {
        "Q4": {"worded": [1]},
        "Q6": {"offered": {"1": [1], "9": [2]}},
    }


def test_nothing_is_told_of_a_version_that_nobody_answered(inquiry):
    content = content_of(inquiry)

    assert content["parts"]["questions"]["versions"] == {}


def test_a_report_from_before_versions_were_told_apart_is_told_as_it_was(inquiry):
    content = content_of(inquiry)
    del content["parts"]["questions"]["versions"]

    assert "Q6" in figures_of(told(inquiry, "en", content))
