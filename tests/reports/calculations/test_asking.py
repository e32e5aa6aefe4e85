"""Asking the worker for numbers: once per question and state of the answers, kept, refused, failed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.inquiries.actions import set_privacy_profile
from apps.inquiries.models import PrivacyProfile
from apps.reports.calculations.asking import GIVEN_UP, ask
from apps.reports.calculations.kinds import KINDS, CannotBeCalculated
from apps.reports.models import Calculation, CalculationState
from apps.reports.retention import purge_expired
from apps.reports.tasks import make_calculation
from tests.reports.factories import answer_as
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

times = []


def counted(inquiry, parameters):
    times.append(parameters)
    return {"inquiry": inquiry.slug, "doubled": 2 * parameters["number"]}


def refused(inquiry, parameters):
    raise CannotBeCalculated("too_few", n=3)


def broken(inquiry, parameters):
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    times.clear()
    for name in ("counted", "refused", "broken"):
        monkeypatch.setitem(KINDS, name, f"{__name__}:{name}")


@pytest.fixture
def inquiry():
    return make_inquiry("bridge")


def answered(inquiry, kind="counted", **parameters) -> Calculation:
    found = ask(inquiry=inquiry, kind=kind, parameters=parameters)
    make_calculation(found.pk)
    found.refresh_from_db()
    return found


def test_first_asked_it_waits_and_then_it_is_kept(inquiry):
    waiting = ask(inquiry=inquiry, kind="counted", parameters={"number": 4})
    found = answered(inquiry, number=4)
    again = ask(inquiry=inquiry, kind="counted", parameters={"number": 4})

    assert (waiting.waiting, waiting.content) == (True, None)
    assert (found.waiting, found.content) == (False, {"inquiry": "bridge", "doubled": 8})
    assert (again.pk, again.waiting, again.content) == (found.pk, False, found.content)
    assert times == [{"number": 4}]


def test_other_parameters_are_another_question(inquiry):
    found = [answered(inquiry, number=number).content["doubled"] for number in (1, 2, 1)]

    assert found == [2, 4, 2]
    assert times == [{"number": 1}, {"number": 2}]


def test_what_was_worked_out_under_a_looser_profile_is_not_shown_meanwhile(inquiry):
    found = answered(inquiry, number=4)
    set_privacy_profile(inquiry=inquiry, profile=PrivacyProfile.STRICT)

    asked = ask(inquiry=inquiry, kind="counted", parameters={"number": 4})
    kept = Calculation.objects.get(pk=found.pk).content
    again = answered(inquiry, number=4)

    assert (asked.waiting, asked.content, kept) == (True, None, None)
    assert (again.waiting, again.content) == (False, found.content)


def test_a_run_that_began_before_the_switch_shows_nothing_after_it(inquiry):
    """The job had its numbers, and kept them when the profile was another one already."""
    found = answered(inquiry, number=4)
    Calculation.objects.update(state=CalculationState.WAITING)
    set_privacy_profile(inquiry=inquiry, profile=PrivacyProfile.STRICT)

    waiting = ask(inquiry=inquiry, kind="counted", parameters={"number": 4})
    Calculation.objects.filter(pk=found.pk).update(state=CalculationState.READY)
    asked = ask(inquiry=inquiry, kind="counted", parameters={"number": 4})

    assert [(each.waiting, each.content) for each in (waiting, asked)] == [(True, None)] * 2


def test_a_new_answer_asks_again_and_shows_the_last_one_meanwhile(inquiry):
    found = answered(inquiry, number=4)
    Calculation.objects.update(took_ms=0)
    answer_as(inquiry, 1, {"Q1": 4})

    stale = ask(inquiry=inquiry, kind="counted", parameters={"number": 4})

    assert (stale.pk, stale.waiting, stale.content) == (found.pk, True, found.content)


def test_what_took_long_may_be_older(inquiry):
    answered(inquiry, number=4)
    Calculation.objects.update(took_ms=60_000)
    answer_as(inquiry, 1, {"Q1": 4})

    assert not ask(inquiry=inquiry, kind="counted", parameters={"number": 4}).waiting


def test_a_second_asking_waits_for_the_same_run_unless_that_was_killed(inquiry):
    first = ask(inquiry=inquiry, kind="counted", parameters={"number": 4})
    second = ask(inquiry=inquiry, kind="counted", parameters={"number": 4})
    asked_at = timezone.now() - GIVEN_UP - timedelta(seconds=1)
    Calculation.objects.update(asked_at=asked_at)
    third = ask(inquiry=inquiry, kind="counted", parameters={"number": 4})

    assert first.asked_at == second.asked_at
    assert third.asked_at > asked_at


def test_a_refusal_is_an_answer(inquiry):
    found = answered(inquiry, kind="refused")

    assert (found.state, found.content, found.refusal) == ("ready", None, {"code": "too_few", "n": 3})


def test_a_failure_is_said_and_not_tried_for_ever(inquiry):
    failed = answered(inquiry, kind="broken")
    again = ask(inquiry=inquiry, kind="broken", parameters={})

    assert (failed.state, failed.content) == ("failed", None)
    assert again.state == "failed"


def test_nobody_asks_for_what_is_not_there(inquiry):
    with pytest.raises(KeyError):
        ask(inquiry=inquiry, kind="fortune")


def test_kept_for_a_day(inquiry):
    answered(inquiry, number=4)
    Calculation.objects.update(asked_at=timezone.now() - timedelta(hours=25))

    purge_expired(timezone.now())

    assert not Calculation.objects.exists()
