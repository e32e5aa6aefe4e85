"""What the desk says needs a look: on the list and on the monitor, found from rows that were planted for it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.actions import record_audit
from apps.accounts.models import Role
from apps.debates.models import Debate
from apps.desk.alarms import facts
from apps.desk.alarms.queries import MAP_TASK
from apps.inquiries.actions import open_inquiry
from apps.inquiries.models import Inquiry, State
from apps.participants.models import SpentProof
from apps.surveys.models import SurveyVersion
from tests.accounts.cast import member, publication, signed_in
from tests.common.queue import beat, job, started
from tests.debates.factories import make_statement
from tests.desk.factories import answer, make_epoch, visits
from tests.reports.maps.factories import none, store

pytestmark = pytest.mark.django_db

HOME, MONITOR = "/desk/?lang=en", "/desk/inquiries/bridge/?lang=en"
HOUR = timedelta(hours=1)
CALM = [(-back, 4) for back in range(30, 40)]


@pytest.fixture(autouse=True)
def fresh_gauge(monkeypatch):
    monkeypatch.setattr(facts, "gauge", facts.Gauge())


@pytest.fixture
def worker():
    beat(timezone.now())


@pytest.fixture
def desk():
    return signed_in(member(Role.MODERATOR))


@pytest.fixture
def running(inquiry, worker) -> Inquiry:
    """Open, with one answer, and nothing wrong."""
    answer(inquiry, "one", {"Q1": 4})
    return inquiry


def alarms(desk, path: str = HOME) -> list[tuple[str, object]]:
    context = desk.get(path).context
    found = context["alarms"] if "lines" in context else context["monitor"].alarms
    return [(alarm.kind, alarm.since or alarm.day) for alarm in found]


def text(desk, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", desk.get(path).content.decode()))


def sent(inquiry: Inquiry, *hours: tuple[int, int], screen: str = "thanks", source: str = "") -> None:
    for back, count in hours:
        visits(inquiry, screen, [(source, count)], at=timezone.now() + back * HOUR)


def hour(back: int = 0):
    return (timezone.now() + back * HOUR).replace(minute=0, second=0, microsecond=0)


@pytest.mark.parametrize("path", [HOME, MONITOR])
def test_where_nothing_is_wrong_all_is_well(desk, running, path):
    page = text(desk, path)

    assert alarms(desk, path) == []
    assert "All is well: nothing needs a look at the moment." in page
    assert "at least 30 answers (or one site 50 views) and 5 times what is usual" in page


@pytest.mark.parametrize("screen", ["thanks", "api"])
def test_burst_of_answers_is_told_by_page_and_by_api(desk, running, screen):
    sent(running, *CALM)
    sent(running, (0, 29), screen=screen)
    before = alarms(desk)
    sent(running, (0, 1), screen="api" if screen == "thanks" else "thanks")

    assert before == []
    assert alarms(desk) == alarms(desk, MONITOR) == [("burst", hour())]
    assert "30 answers were sent within an hour; usually it is 4." in text(desk, MONITOR)


def test_jump_of_one_site_names_the_site(desk, running):
    sent(running, *CALM, screen="cover", source="blog.example")
    visits(running, "cover", [("forum.example", 49), ("", 20)])
    before = alarms(desk)
    visits(running, "cover", [("forum.example", 1)], at=timezone.now() - HOUR)
    between = alarms(desk)
    visits(running, "cover", [("other.example", 80), ("…", 5)], at=timezone.now() - 2 * HOUR)

    assert (before, between) == ([], [])
    assert alarms(desk) == alarms(desk, MONITOR) == [("jump", hour(-2))]
    assert "other.example brought 80 views within an hour, at least half of all; usually it is 0." in text(desk, HOME)


def test_worker_that_ended_is_told_with_its_last_sign_of_life(desk, inquiry):
    answer(inquiry, "one", {"Q1": 4})
    at = timezone.now().replace(microsecond=0) - timedelta(minutes=3)
    started(at)
    silent = alarms(desk)
    beat(timezone.now() - timedelta(seconds=90))

    assert silent == [("worker", at)]
    assert alarms(desk) == []


def test_worker_that_is_behind_is_told_with_the_job_that_waits(desk, running):
    at = timezone.now() - timedelta(minutes=9)
    job("make_export", at=at)
    before = alarms(desk)
    job("make_export", at=at - timedelta(minutes=2))

    assert before == []
    assert alarms(desk) == [("late", at - timedelta(minutes=2))]


def test_answers_that_are_not_counted_are_told(desk, running):
    at = timezone.now() - timedelta(hours=9)
    make_epoch(running, SurveyVersion.objects.get(), answered=1, log_watermark=0, created_at=at)
    sent(running, (-3, 5))
    reopened_only = alarms(desk)
    for reader in ("two", "three", "four", "five"):
        answer(running, reader, {"Q1": 4})

    assert reopened_only == []  # the page of thanks was opened again, nothing was answered
    assert alarms(desk) == alarms(desk, MONITOR) == [("uncounted", hour(-2))]


def test_map_that_failed_is_told_until_one_is_drawn(desk, running):
    debate = Debate.objects.create(inquiry=running)
    at = timezone.now() - timedelta(minutes=40)
    job(MAP_TASK, at=at, status="failed", slug=running.slug)
    job(MAP_TASK, at=at, status="failed", slug="somebody-elses")
    failed = alarms(desk)
    store(debate, none())

    assert failed == [("map", at)]
    assert alarms(desk) == []


def test_rows_past_their_time_are_told(desk, running, monkeypatch):
    SpentProof.objects.create(nonce=b"young", spent_at=timezone.now() - timedelta(hours=2))
    before = alarms(desk)
    SpentProof.objects.create(nonce=b"old", spent_at=timezone.now() - timedelta(hours=3))
    remembered = alarms(desk)
    monkeypatch.setattr(facts, "gauge", facts.Gauge())

    assert before == remembered == []
    assert alarms(desk) == [("overdue", None)]
    assert "1 record is still kept although its time was over more than two hours ago." in text(desk, HOME)


def test_statement_that_waits_is_told_with_the_way_to_the_queue(desk, running):
    debate, today = Debate.objects.create(inquiry=running), timezone.localdate()
    make_statement(debate, 1, origin="reader", state="waiting", day=today - timedelta(days=1))
    before = alarms(desk)
    make_statement(debate, 2, origin="reader", state="waiting", day=today - timedelta(days=2))

    assert before == []
    assert alarms(desk) == alarms(desk, MONITOR) == [("queue", today - timedelta(days=2))]
    assert '<a href="/desk/inquiries/bridge/statements/">To the queue</a>' in desk.get(HOME).content.decode()


def test_what_was_taken_off_the_site_raises_no_alarm(desk, running):
    debate = Debate.objects.create(inquiry=running)
    make_statement(debate, 1, origin="reader", state="waiting", day=timezone.localdate() - timedelta(days=5))
    Inquiry.objects.filter(pk=running.pk).update(state=State.ARCHIVED)

    assert alarms(desk) == alarms(desk, MONITOR) == []


def test_nothing_since_opening_counts_from_the_hand_that_opened(desk, inquiry, worker):
    Inquiry.objects.filter(pk=inquiry.pk).update(created_at=timezone.now() - timedelta(days=9))
    never_opened_by_hand = alarms(desk)
    open_inquiry(inquiry=inquiry)
    today = alarms(desk)
    Inquiry.objects.filter(pk=inquiry.pk).update(state=State.CLOSED)

    assert [kind for kind, _at in never_opened_by_hand] == ["nothing"]
    assert today == []
    assert alarms(desk) == []


def test_pressing_alarms_come_first_and_only_of_ones_own_publications(desk, inquiry):
    Inquiry.objects.filter(pk=inquiry.pk).update(created_at=timezone.now() - timedelta(days=3))
    foreign = Inquiry.objects.create(publication=publication("other"), slug="foreign", title={"ja": "他"}, state="open")
    Inquiry.objects.filter(pk=foreign.pk).update(created_at=timezone.now() - timedelta(days=3))
    record_audit(action="inquiry.opened", target="foreign", by=None)

    assert [kind for kind, _since in alarms(desk)] == ["worker", "nothing"]
    assert "他" not in text(desk, HOME)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_alarm_has_its_words(desk, inquiry, language):
    """All at once, in the language of the reader, with what to do."""
    Inquiry.objects.filter(pk=inquiry.pk).update(created_at=timezone.now() - timedelta(days=3))
    sent(inquiry, *CALM, (0, 40))
    sent(inquiry, *CALM, screen="cover", source="blog.example")
    visits(inquiry, "cover", [("forum.example", 90)])
    debate = Debate.objects.create(inquiry=inquiry)
    make_statement(debate, 1, origin="reader", state="waiting", day=timezone.localdate() - timedelta(days=3))
    job(MAP_TASK, at=timezone.now(), status="failed", slug=inquiry.slug)
    SpentProof.objects.create(nonce=b"old", spent_at=timezone.now() - timedelta(hours=3))

    found = desk.get(f"/desk/?lang={language}").context["alarms"]

    assert [alarm.kind for alarm in found] == ["worker", "overdue", "map", "queue", "burst", "jump", "nothing"]
    for alarm in found:
        for words in (alarm.sentence, alarm.advice):
            assert "%(" not in words
            assert bool(re.search("[ぁ-ん]", words)) is (language == "ja"), words


def test_alarms_cost_the_same_for_one_inquiry_and_for_many(desk, running):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(HOME)
        return len(queries)

    desk.get(HOME)
    sent(running, *CALM, (0, 40))
    one = cost()
    for number in range(4):
        other = Inquiry.objects.create(
            publication=running.publication, slug=f"n{number}", title={"ja": "?"}, state="open"
        )
        sent(other, *CALM, (0, 40 + number), (-1, 3))
        visits(other, "cover", [(f"site{place}.example", 60) for place in range(5)])

    assert cost() == one
