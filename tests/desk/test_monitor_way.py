"""The monitor beyond the answers: rates, statements and votes, the time on each screen, signs of haste and machines."""

import re

import pytest
from django.core.management import call_command

from apps.accounts.models import Role
from apps.debates.actions import open_debate
from apps.desk.monitor.debate import Stage
from apps.desk.monitor.rates import Rates, rates
from apps.desk.monitor.signs import Signs, seconds
from apps.inquiries.models import Inquiry
from apps.participants.queries import identify
from apps.reports.models import Calculation, CalculationState
from apps.reports.tasks import make_calculation
from apps.responses.queries import OTHERS, host_counts
from apps.responses.signals import Signal
from apps.responses.visits import flush_visits
from tests.accounts.cast import member, signed_in
from tests.debates.factories import make_statement, undo, vote_on_all
from tests.desk.factories import COMPLETE, answer, visits
from tests.reader.conftest import BUILT_IN, Reader

pytestmark = pytest.mark.django_db

MONITOR = "/desk/inquiries/bridge/?lang=en"


@pytest.fixture
def desk():
    return signed_in(member(Role.ANALYST))


def shown(desk):
    return desk.get(MONITOR).context["monitor"]


def counted() -> None:
    """What the worker does with the jobs that wait."""
    for waiting in Calculation.objects.filter(state=CalculationState.WAITING):
        make_calculation(waiting.pk)


def text(page) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page.content.decode()))


@pytest.mark.parametrize(
    ("views", "began", "sent", "found"),
    [
        (768, 400, 317, Rates(52.1, 79.2, 20.8)),
        (0, 0, 0, Rates(None, None, None)),
        (10, 0, 0, Rates(0.0, None, None)),
        (0, 3, 3, Rates(None, 100.0, 0.0)),
        (5, 8, 2, Rates(100.0, 25.0, 75.0)),  # answers by the API need no view
    ],
)
def test_rates_are_of_views_and_of_those_who_began(views, began, sent, found):
    assert rates(views=views, began=began, sent=sent) == found


def test_votes_statements_and_views_are_counted_by_stage(desk, inquiry: Inquiry):
    debate = open_debate(inquiry=inquiry)
    readers = [identify(inquiry_id=inquiry.pk, token=bytes([number]) * 16) for number in range(4)]
    for reader, choices in zip(readers, ("+++++-", "+-0?.", "..........+++++", "+"), strict=True):
        vote_on_all(debate, reader, choices)
    undo(debate, readers[3], 1)  # no vote of this reader stands
    for number in (101, 102):
        make_statement(debate, number, origin="reader", author=readers[0].pseudonym)
    for screen, views in (("debate", 7), ("write", 3), ("stand", 2)):
        visits(inquiry, screen, [("", views)])

    assert [(each.views, each.readers) for each in shown(desk).stages] == [
        (7, None),
        (None, 3),
        (None, 2),
        (3, None),
        (None, 1),
        (2, None),
    ]


def test_stages_begin_with_the_first_visit(desk, inquiry):
    answer(inquiry, "one", COMPLETE)

    assert shown(desk).stages == []
    assert "Statements and votes" not in text(desk.get(MONITOR))


def test_each_page_of_the_debate_is_counted_once_a_visit(client):
    call_command("load_inquiry", str(BUILT_IN), verbosity=0)
    debate, reader = "/q/one-founder-ai/debate/", Reader(client)
    for path in (debate, f"{debate}?voted=1", f"{debate}write/", f"{debate}write/?sent=1", "/q/one-founder-ai/stand/"):
        reader.open(path)

    flush_visits()

    rows = Inquiry.objects.get(slug="one-founder-ai").visit_counts.values_list("screen", "visits")
    assert dict(rows) == {"debate": 1, "write": 1, "stand": 1}


def test_signs_wait_for_the_worker_and_are_shown_with_what_they_rest_on(desk, inquiry):
    answer(inquiry, "one", COMPLETE, signals=Signal.TRAP, visible_ms={"Q1": 4_000, "Q1L": 1_500, "Q2": 64_600})
    answer(inquiry, "two", {**COMPLETE, "Q3": "ああああああああ"}, visible_ms={"Q1": 8_500})

    waiting = desk.get(MONITOR)
    counted()
    page = desk.get(MONITOR)

    assert waiting.context["monitor"].signs == Signs(waiting=True, failed=False)
    assert "The worker is counting. The numbers appear here by themselves." in text(waiting)
    signs = page.context["monitor"].signs
    assert (signs.readers, signs.flagged, signs.left_out, signs.again) == (2, 1, 1, 0)
    assert {each.label: each.marked for each in signs.rows if each.marked} == {
        "Sent by a machine, by all appearances": 1,
        "Words that say nothing": 1,
    }
    assert [step.seconds for step in page.context["monitor"].steps[:3]] == ["7 s", "1 min 5 s", ""]
    assert "1 of 2 readers (50.0%) show signs of two points or more. Flags delete nothing" in text(page)
    assert "not evaluated: nobody has given enough votes" in text(page)


def test_failed_count_is_said(desk, inquiry):
    answer(inquiry, "one", COMPLETE)
    desk.get(MONITOR)
    Calculation.objects.update(state=CalculationState.FAILED)

    assert "This could not be counted." in text(desk.get(MONITOR))


def test_hosts_with_few_views_are_told_together(inquiry):
    visits(inquiry, "cover", [("news.example", 30), ("small.example", 9), ("ten.example", 10), ("", 5), ("…", 2)])
    visits(inquiry, "debate", [("elsewhere.example", 90)])

    assert host_counts(inquiry.pk) == {"news.example": 30, "ten.example": 10, OTHERS: 11, "": 5}
    assert host_counts(inquiry.pk, fewest=31) == {OTHERS: 51, "": 5}
    assert host_counts(inquiry.pk, most=1) == {"news.example": 30, OTHERS: 21, "": 5}


@pytest.mark.parametrize(("value", "said"), [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (125, "2 min 5 s")])
def test_time_is_said_in_whole_seconds(value, said):
    assert seconds(value) == said


def test_bar_of_a_stage_is_as_long_as_its_readers_are_many(desk, inquiry):
    debate = open_debate(inquiry=inquiry)
    for number, choices in enumerate(("+++++", "+++++", "+", "+")):
        vote_on_all(debate, identify(inquiry_id=inquiry.pk, token=bytes([number]) * 16), choices)

    assert shown(desk).stages[1:3] == [
        Stage("Gave a vote", None, 4, 100.0),
        Stage("Gave five votes or more", None, 2, 50.0),
    ]
