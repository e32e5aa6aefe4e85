"""Screens that only concern some readers are passed over by the others, on the way and on the way back."""

import pytest

from apps.reader.route import concerns, depends_on_earlier
from apps.responses.models import Response
from apps.surveys.reading import parse
from tests.surveys.documents import FOLLOW_UP, NOMINAL, ORDINAL, document
from tests.surveys.factories import make_inquiry, make_version

PAGE = "/q/small/answer/"
LATER_FOLLOW_UP = document(ORDINAL, FOLLOW_UP, NOMINAL)  # each on a screen of its own


@pytest.fixture
def small(db):
    inquiry = make_inquiry()
    make_version(inquiry, LATER_FOLLOW_UP)
    return inquiry


def send(reader, step, intent="next", **answers):
    page = reader.client.get(f"{PAGE}?step={step}")
    return reader.client.post(f"{PAGE}?step={step}", {**reader.hidden(page), "intent": intent, **answers})


def test_screen_depends_on_an_earlier_one_only_where_its_question_does():
    definition = parse(LATER_FOLLOW_UP)

    assert [depends_on_earlier(definition, step) for step in (1, 2, 3)] == [False, True, False]


@pytest.mark.parametrize(("answers", "concerned"), [({}, False), ({"Q1": 1}, False), ({"Q1": 2}, True)])
def test_screen_concerns_who_gave_the_answer_it_rests_on(answers, concerned):
    assert concerns(parse(LATER_FOLLOW_UP), 2, answers) is concerned


@pytest.mark.parametrize(("given", "onward"), [("1", 3), ("2", 2)])
def test_way_on_leads_to_the_next_screen_that_concerns_the_reader(reader, small, given, onward):
    assert send(reader, 1, Q1=given).headers["Location"] == f"{PAGE}?step={onward}"


@pytest.mark.parametrize(("given", "backward"), [("1", 1), ("2", 2)])
def test_way_back_passes_over_the_same_screens(reader, small, given, backward):
    send(reader, 1, Q1=given)

    assert send(reader, 3, intent="back", Q3="1").headers["Location"] == f"{PAGE}?step={backward}"


def test_follow_up_on_a_later_screen_is_stored(reader, small):
    send(reader, 1, Q1="2")
    send(reader, 2, Q1L="1")
    last = send(reader, 3, Q3="7", **{"Q3-text": "sea"})

    assert last.headers["Location"] == "/q/small/review/"
    assert Response.objects.get().answers == {"Q1": 2, "Q1L": 1, "Q3": {"code": 7, "text": "sea"}}
