"""Simulated readers also vote and are asked once more: logged, deterministic, on the way that they were drawn."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from apps.debates.models import Ballot, Exposure, VoteLog
from apps.debates.queries import own_votes
from apps.debates.verification import ballot_faults
from apps.inquiries.models import Inquiry
from apps.participants.models import Participant
from apps.responses.models import Response
from apps.responses.verification import code_faults, ledger_faults
from tests.responses.factories import make_inquiry, record

pytestmark = pytest.mark.django_db


def simulate(slug: str = "one-founder-ai", **options: object) -> None:
    call_command("simulate_readers", slug, stdout=StringIO(), **options)


def compared_inquiry() -> Inquiry:
    return make_inquiry(has_control_arms=True, expected_answers=400)


def ballots(inquiry: Inquiry) -> list[bytes]:
    return sorted(bytes(votes) for votes in Ballot.objects.filter(debate=inquiry.pk).values_list("votes", flat=True))


def test_votes_are_logged_and_noted_as_shown():
    inquiry = make_inquiry()

    simulate(readers=300, seed=3)

    assert list(ballot_faults(inquiry.pk)) == []
    votes = sum(len(own_votes(bytes(who)).votes) for who in Ballot.objects.values_list("pk", flat=True))
    assert VoteLog.objects.count() == Exposure.objects.filter(answered=True).count() == votes
    assert votes > 1500


def test_only_who_sent_the_answers_votes():
    make_inquiry()

    simulate(readers=300, seed=3)

    assert set(Ballot.objects.values_list("pk", flat=True)) <= set(
        Response.objects.filter(finished=True).values_list("pk", flat=True)
    )


def test_same_seed_brings_the_same_votes_and_a_second_run_none():
    first, second = make_inquiry(), make_inquiry("another")
    simulate(readers=300, seed=3)
    simulate("another", readers=300, seed=3)

    simulate(readers=300, seed=3)

    assert ballots(first) == ballots(second)


def test_without_the_experiment_only_who_voted_is_asked_once_more():
    inquiry = make_inquiry()

    simulate(readers=300, seed=3)

    asked = Response.objects.filter(answers__has_key="P1")
    assert asked.count() > 80
    assert all(len(own_votes(bytes(who)).votes) >= 8 for who in asked.values_list("pk", flat=True))
    assert not Participant.objects.filter(coins__has_key="arm").exists()
    assert list(code_faults(inquiry.pk)) == []


def test_arms_leave_out_and_add_what_their_way_says():
    inquiry = compared_inquiry()

    simulate(readers=400, seed=3)

    arms = Counter(Participant.objects.values_list("coins__arm", flat=True))
    assert sum(arms.values()) == 400
    assert 200 < arms[0] < 280
    of_c = Response.objects.filter(participant__coins__arm=2)
    assert not of_c.filter(answers__has_any_keys=["Q1", "Q1L"]).exists()
    assert of_c.filter(answers__has_key="P1").exists()
    of_b = Response.objects.filter(participant__coins__arm=1)
    assert of_b.filter(finished=True).count() == of_b.filter(finished=True, answers__has_key="P1").count()
    assert (list(ledger_faults(inquiry.pk)), list(code_faults(inquiry.pk))) == ([], [])
    assert not Response.objects.filter(answers={}).exists()


def test_readers_are_divided_on_request_and_a_second_run_changes_nothing():
    make_inquiry()

    simulate(readers=300, seed=3, compare=True)
    simulate(readers=300, seed=3, compare=True)

    inquiry = Inquiry.objects.get()
    assert (inquiry.has_control_arms, inquiry.expected_answers) == (True, 300)
    assert Participant.objects.filter(coins__has_key="arm").count() == 300


def test_who_has_answered_before_keeps_the_inquiry_undivided():
    record(make_inquiry(), {"Q1": 5})

    simulate(readers=30, seed=3, compare=True)

    assert not Inquiry.objects.get().has_control_arms
