"""From votes to a stored map without anybody waiting: the sweep, the queue, the process that draws."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.debates import tasks
from apps.debates.maps import making as mapping
from apps.debates.maps.making import draw_map, replay
from apps.debates.maps.votes_until import VotesStillArriving
from apps.debates.models import OpinionMap
from apps.debates.queries import newest_map
from apps.inquiries.actions import archive_inquiry, close_inquiry
from apps.participants.queries import identify
from apps.participants.tokens import read_token
from tests.api.conftest import ApiClient
from tests.debates.factories import AGREE, make_debate, make_reader, vote, vote_on_all
from tests.debates.planting import camps_debate, leaning_debate
from tests.running_site import ROOT


@pytest.fixture(autouse=True)
def nothing_tried(monkeypatch):
    monkeypatch.setattr(tasks, "tried", {})


@pytest.fixture
def database(monkeypatch):
    """Other processes find the database of the tests."""
    place = {name: quote(str(connection.settings_dict[name]), safe="") for name in ("USER", "PASSWORD", "HOST", "NAME")}
    port = connection.settings_dict["PORT"] or 5432
    monkeypatch.setenv("DATABASE_URL", "postgresql://{USER}:{PASSWORD}@{HOST}:{port}/{NAME}".format(port=port, **place))


def waiting() -> list[tuple[str, str]]:
    jobs = ProcrastinateJob.objects.filter(task_name="apps.debates.tasks.draw_map_of", status="todo").order_by("id")
    return [(job.args["slug"], job.lock) for job in jobs]


def look() -> None:
    tasks.look_for_due_maps.func(timestamp=0)


@pytest.mark.django_db
def test_due_maps_are_put_into_the_queue_once_those_that_waited_longest_first():
    first, second = leaning_debate("first", readers=30), leaning_debate("second", readers=30)
    leaning_debate("few", readers=9)
    draw_map(debate=first, now=timezone.now() - timedelta(days=1))
    for reader in [make_reader(first) for _ in range(5)]:
        vote(first, reader, 1, AGREE)

    look()
    look()

    assert waiting() == [("second", "maps"), ("first", "maps")]
    assert second.inquiry.slug == "second"


@pytest.mark.django_db
def test_closed_debate_is_drawn_after_closing_and_an_archived_one_is_not():
    closed, archived = leaning_debate("closed", readers=30), leaning_debate("archived", readers=30)
    close_inquiry(inquiry=closed.inquiry)
    archive_inquiry(inquiry=close_inquiry(inquiry=archived.inquiry))

    look()

    assert waiting() == [("closed", "maps")]


@pytest.mark.django_db
def test_map_that_fails_again_and_again_leaves_room_for_others(monkeypatch):
    leaning_debate(readers=30)
    look()
    ProcrastinateJob.objects.all().delete()

    look()
    assert waiting() == []
    monkeypatch.setattr(tasks, "PAUSE_AFTER_FAILURE", timedelta(0))
    look()
    assert waiting() == [("leaning", "maps")]


@pytest.mark.django_db
def test_command_leaves_a_debate_in_which_votes_are_being_written_for_the_next_round(monkeypatch):
    leaning_debate(readers=30)

    def wait_in_vain(_debate_id):
        raise VotesStillArriving

    monkeypatch.setattr(mapping, "settled_watermark", wait_in_vain)
    out = StringIO()
    call_command("draw_maps", stdout=out, stderr=StringIO())

    assert out.getvalue() == "leaning: votes are still being written; the next round will draw it\n"
    assert OpinionMap.objects.count() == 0


@pytest.mark.django_db
def test_command_draws_what_is_due_and_says_what_failed(monkeypatch):
    leaning_debate("first", readers=30)
    leaning_debate("second", readers=30)
    whole = mapping.drawn_now

    def break_off(debate, *arguments):
        if debate.inquiry.slug == "first":
            raise ArithmeticError
        return whole(debate, *arguments)

    monkeypatch.setattr(mapping, "drawn_now", break_off)
    out = StringIO()
    with pytest.raises(CommandError, match=r"Not drawn: first\."):
        call_command("draw_maps", stdout=out, stderr=StringIO())
    monkeypatch.undo()

    assert out.getvalue() == "second: map no. 1\n"
    out = StringIO()
    call_command("draw_maps", stdout=out, stderr=StringIO())
    assert out.getvalue() == "first: map no. 1\nsecond: nothing to draw\n"
    with pytest.raises(CommandError, match="No open or closed inquiry with a debate is called third"):
        call_command("draw_maps", "third")


def draw_as_the_worker_does(slug: str) -> None:
    """In a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, tasks.draw_map_of.func(slug=slug)).result()


@pytest.mark.django_db(transaction=True)
def test_job_draws_in_a_process_of_its_own(database):
    debate = leaning_debate(readers=30)

    tasks.tried["leaning"] = timezone.now()
    draw_as_the_worker_does("leaning")

    assert tasks.tried == {}
    made = newest_map(debate.pk)
    assert (made.number, made.readers) == (1, 30)
    assert replay(stored=made).checksum == made.checksum


@pytest.mark.django_db(transaction=True)
def test_votes_cast_one_by_one_become_a_map_that_the_api_shows(database):
    debate, api = make_debate("cast", statements=8), ApiClient()
    readers = [identify(inquiry_id=debate.pk, token=read_token(api.token)), *(make_reader(debate) for _ in range(23))]
    for turn, reader in enumerate(readers):
        vote_on_all(debate, reader, "++--+-0?" if turn % 2 else "--++-+0?")

    look()
    for slug, _lock in waiting():
        draw_as_the_worker_does(slug)

    shown = api.send("GET", "/inquiries/cast/map").json()
    own = api.send("GET", "/inquiries/cast/stand").json()
    assert (shown["map"], shown["readers"], shown["votes"], shown["enough"]) == (1, 24, 24 * 8, True)
    assert [entry["votes"] for entry in shown["statements"]] == [24] * 8
    assert shown["statements"][0]["agree"] == shown["statements"][0]["disagree"] == 12
    assert len(own["own_votes"]) == own["votes"] == 8
    assert waiting() == [("cast", "maps")]
    ProcrastinateJob.objects.all().delete()
    look()
    assert waiting() == []


@pytest.mark.django_db(transaction=True)
def test_job_that_fails_says_so_and_stores_nothing(database):
    with pytest.raises(tasks.MapNotDrawn, match="unknown"):
        draw_as_the_worker_does("unknown")

    assert OpinionMap.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_run_that_is_killed_leaves_nothing_and_the_next_one_does_it(database):
    debate = camps_debate()
    command = [sys.executable, "manage.py", "draw_maps", "camps"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not (held := locked()) and time.monotonic() < until:
        time.sleep(0.02)
    assert held

    process.send_signal(signal.SIGKILL)
    process.wait()

    assert OpinionMap.objects.count() == 0
    while locked():  # the server notices a little later that nobody is there any more
        time.sleep(0.02)
    assert draw_map(debate=debate, now=timezone.now()).number == 1


def locked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cursor.fetchone()[0] > 0
