"""What the queue tells about the worker: its last sign of life, what waits, what failed."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.common.worker import Failure, count_old_failures, failures, forget_old_failures, worker_state
from tests.common.queue import beat, job, run, started

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 10, 15, 20, tzinfo=UTC)


def ago(**age: float) -> datetime:
    return NOW - timedelta(**age)


def test_nobody_was_ever_there():
    state = worker_state(NOW)

    assert (state.seen_at, state.oldest_due) == (None, None)


def test_last_sign_of_life_is_a_beat_or_a_periodic_job():
    started(ago(minutes=30))
    after_the_end = worker_state(NOW).seen_at
    beat(ago(minutes=5))
    beat(ago(minutes=9))

    assert after_the_end == ago(minutes=30)
    assert worker_state(NOW).seen_at == ago(minutes=5)


def test_oldest_due_job_counts_from_when_it_should_have_begun():
    job("planned", at=ago(hours=3), scheduled_at=NOW + timedelta(hours=1))
    job("done", at=ago(hours=9), status="succeeded")
    before = worker_state(NOW).oldest_due
    job("asked", at=ago(minutes=7))
    job("later", at=ago(hours=2), scheduled_at=ago(minutes=12))

    assert before is None
    assert worker_state(NOW).oldest_due == ago(minutes=12)


def test_job_behind_another_of_the_same_lock_is_not_late():
    job("maps", at=ago(hours=2), status="doing", lock="maps")
    job("maps", at=ago(hours=1), lock="maps")

    assert worker_state(NOW).oldest_due is None


def test_failures_of_a_day_are_told_the_newest_of_each_kind():
    job("draw", at=ago(hours=5), status="failed", slug="a")
    job("draw", at=ago(hours=2), status="failed", slug="a")
    job("draw", at=ago(hours=25), status="failed", slug="b")
    job("draw", at=ago(hours=1), status="succeeded", slug="c")

    assert failures(NOW) == [Failure("draw", {"slug": "a"}, ago(hours=2))]


def test_periodic_job_that_failed_can_be_forgotten_too():
    job("tick", at=ago(days=8), status="failed")
    started(ago(days=8))
    run("UPDATE procrastinate_periodic_defers SET job_id = (SELECT max(id) FROM procrastinate_jobs) WHERE 0 < %s", 1)

    assert forget_old_failures(ago(days=7)) == 1
    assert worker_state(NOW).seen_at == ago(days=8)


def test_failed_jobs_are_forgotten_after_their_time_and_no_others():
    for name, status in (("old", "failed"), ("running", "doing")):
        job(name, at=ago(days=8), status=status)
    job("new", at=ago(days=6), status="failed")

    assert count_old_failures(ago(days=7)) == 1
    assert forget_old_failures(ago(days=7)) == 1
    assert [found.task for found in failures(ago(days=5, hours=12))] == ["new"]
    assert count_old_failures(ago(days=7)) == 0
