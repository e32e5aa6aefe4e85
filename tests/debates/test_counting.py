"""How the votes stand: counted by choice, renewed by the worker, and what it means for the dealing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.debates.actions import open_debate
from apps.debates.counting import count_votes, refresh_standing
from apps.debates.models import Debate, Standing, Statement, StatementState
from apps.debates.moderation import approve_statement
from apps.debates.queries import standing_of
from apps.debates.tasks import count_debates
from tests.debates.factories import make_debate, make_moderator, make_reader, make_statement, vote_on_all
from tests.debates.hands import hand
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def debate():
    return make_debate(statements=12)


def test_votes_are_counted_by_choice(debate):
    vote_on_all(debate, make_reader(debate), "+-0?")
    vote_on_all(debate, make_reader(debate), "++..........")

    assert [count_votes(debate)[number] for number in range(1, 6)] == [
        [2, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]
    ]  # fmt: skip


def test_standing_is_renewed_when_there_is_something_new_and_remembers_births(debate):
    assert (refresh_standing(debate=debate), refresh_standing(debate=debate)) == (True, False)

    vote_on_all(debate, make_reader(debate), "+++")
    make_statement(debate, 13)
    assert (refresh_standing(debate=debate), refresh_standing(debate=debate)) == (True, False)

    vote_on_all(debate, make_reader(debate), "+...........-")
    assert refresh_standing(debate=debate)
    counts = Standing.objects.get(pk=debate.pk).counts
    assert len(counts) == 13
    assert [counts[number] for number in ("1", "4", "13")] == [[2, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 1, 0, 0, 3]]


def test_statement_is_born_when_it_is_published(debate):
    late = make_statement(debate, 13, state=StatementState.WAITING)
    refresh_standing(debate=debate)
    vote_on_all(debate, make_reader(debate), "++++")

    approve_statement(statement=late, by=make_moderator())
    refresh_standing(debate=debate)

    assert standing_of(debate.pk).counts["13"] == [0, 0, 0, 0, 4]


def test_what_is_known_well_is_dealt_less_often_than_what_came_just_now(debate):
    for _ in range(20):
        vote_on_all(debate, make_reader(debate), "+" * 12)
    refresh_standing(debate=debate)
    make_statement(debate, 13)

    firsts = [hand(debate, make_reader(debate), want=1) for _ in range(40)]

    assert firsts.count([13]) > 20


def test_worker_counts_open_debates_and_plants_new_seeds_and_one_failure_stops_no_other(debate, monkeypatch):
    inquiry = make_inquiry()
    Debate.objects.create(inquiry=inquiry)
    broken = make_debate("broken")
    closed = make_debate("closed", state="closed")
    fresh = make_inquiry("fresh")
    later = make_inquiry("later", opens_at=timezone.now() + timedelta(days=1))
    monkeypatch.setattr(
        "apps.debates.tasks.open_debate",
        lambda *, inquiry: 1 / 0 if inquiry == broken.inquiry else open_debate(inquiry=inquiry),
    )

    count_debates(0)

    assert [bool(standing_of(each.pk)) for each in (debate, inquiry, broken, closed)] == [True, True, False, False]
    planted = [Statement.objects.filter(debate_id=each.pk).count() for each in (inquiry, fresh, later)]
    assert planted == [24, 24, 0]
