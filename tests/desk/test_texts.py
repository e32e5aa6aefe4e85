"""The page of words, and what is asked before anybody reads a text."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import AuditEntry, Role
from apps.desk.texts import reading
from apps.reports.calculations.making import work_out
from apps.reports.models import Calculation
from tests.accounts.cast import PASSWORD, confirmed, member, signed_in
from tests.desk.texts import DESK, reader_of_texts, written_on
from tests.reports.factories import answer_as
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

PAGE = f"{DESK}texts/"


@pytest.fixture
def desk():
    client = signed_in(member(Role.ANALYST))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def shown(desk, query=""):
    """The page once the worker has counted."""
    desk.get(PAGE + query)
    for calculation in Calculation.objects.filter(state="waiting"):
        work_out(calculation_id=calculation.pk)
    return unescape(desk.get(PAGE + query).content.decode())


def test_words_typical_of_each_side_without_anybodys_text(desk):
    written_on()

    low, high = shown(desk), shown(desk, "?by=Q1&group=high")

    assert "歯止め (not)" in low
    assert 'scope="row">夢' in high
    assert 'scope="row">怖い</th><td class="picture">' in low
    assert 'scope="row">怖い</th><td class="picture">' not in high
    assert "力が集まるのは怖い" not in low + high


def test_waits_for_the_worker_and_says_so(desk):
    written_on(2)

    page = desk.get(PAGE).content.decode()

    assert "being counted" in page
    assert 'hx-trigger="every 2s"' in page
    assert "hx-trigger" not in shown(desk)


def test_only_the_part_that_changes_is_renewed(desk):
    written_on(2)

    part = desk.get(PAGE, headers={"HX-Request": "true"}).content.decode()

    assert part.startswith("\n<div id") or part.lstrip().startswith('<div id="counted"')


@pytest.mark.parametrize(
    "query", ["?by=Q3&question=Q1&group=x", "?by=%E2%80%AE", "?question=" + "長" * 200, "?group=<script>"]
)
def test_what_cannot_be_read_is_as_if_it_had_not_been_asked(desk, query):
    written_on(2)

    page = desk.get(PAGE + query)

    assert page.status_code == 200
    assert "<script>" not in page.content.decode().partition("<main")[2].partition("<script")[0]
    assert Calculation.objects.get().parameters == {"question": "Q3", "by": "Q1"}


def test_nobody_has_answered_yet(desk):
    written_on(0)

    assert "No word appears in 5 texts yet" in shown(desk)


def test_counted_again_only_when_answers_have_come(desk):
    inquiry = written_on(2)
    shown(desk)
    shown(desk)
    calm = Calculation.objects.get().state
    answer_as(inquiry, 99, {"Q1": 1, "Q3": "あたらしい"})
    Calculation.objects.update(ready_at=Calculation.objects.get().ready_at - timedelta(hours=1))
    desk.get(PAGE)

    assert (calm, Calculation.objects.get().state) == ("ready", "waiting")


def test_page_asks_the_database_as_often_for_many_answers_as_for_one(desk):
    inquiry, counted = written_on(1), []
    for readers in (range(1), range(1, 30)):
        for reader in readers:
            answer_as(inquiry, reader, {"Q1": 1, "Q3": f"理由 {reader}"})
        shown(desk)
        with CaptureQueriesContext(connection) as found:
            desk.get(PAGE)
        counted.append(len(found))

    assert counted[0] == counted[1]


def test_reader_of_texts_says_what_for_and_the_log_knows():
    written_on(2)
    moderator = member(Role.MODERATOR)
    client = confirmed(moderator)

    before = client.get(f"{DESK}quotes/").content.decode()
    sent = client.post(f"{PAGE}read/", {"to": "quotes", "question": "Q3", "reason": "引用の確認"})
    after = client.get(sent.headers["Location"]).content.decode()

    assert "力が集まるのは怖い" not in before
    assert "力が集まるのは怖い" in after
    entry = AuditEntry.objects.get(action="texts.read")
    assert (entry.actor, entry.target, entry.detail) == (moderator, "bridge", {"reason": "引用の確認"})


def test_whoever_did_not_just_confirm_is_asked_for_the_password_first():
    written_on(2)
    client = signed_in(member(Role.ANALYST))

    sent = client.post(f"{PAGE}read/", {"to": "code", "question": "Q3", "reason": "coding"})
    nothing_yet = AuditEntry.objects.filter(action="texts.read").exists()
    done = client.post(sent.headers["Location"], {"password": PASSWORD})

    assert sent.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not nothing_yet
    assert done.headers["Location"] == f"{DESK}coding/Q3/code/"
    assert AuditEntry.objects.filter(action="texts.read").count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"reason": " "}, {"reason": "x" * 301}, {"reason": "a\x00b"}, {"to": "exports"}, {"question": "../../accounts"}],
)
def test_without_a_reason_nothing_is_opened(changes):
    written_on(2)
    client = confirmed(member(Role.ANALYST))

    page = client.post(f"{PAGE}read/", {"to": "quotes", "question": "Q3", "reason": "why", **changes})

    assert page.status_code == 422
    assert not AuditEntry.objects.filter(action="texts.read").exists()
    assert "怖い" not in client.get(f"{DESK}quotes/").content.decode()


def test_reading_ends_when_nobody_reads_and_a_late_press_changes_nothing(monkeypatch):
    written_on(2)
    client = reader_of_texts(member(Role.OWNER))
    monkeypatch.setattr(reading, "IDLE", 0)

    page = client.get(f"{DESK}quotes/").content.decode()
    late = client.post(f"{DESK}quotes/decide/", {"handle": "0" * 20, "seen": "waiting", "state": "approved"})

    assert "怖い" not in page
    assert late.status_code == 403
    assert "nothing was changed" in late.content.decode()


def test_reading_ends_after_two_hours_however_busy(monkeypatch):
    written_on(2)
    client = reader_of_texts(member(Role.OWNER))
    monkeypatch.setattr(reading, "LONGEST", 0)

    assert "怖い" not in client.get(f"{DESK}quotes/").content.decode()


def test_reading_one_inquiry_opens_no_other():
    written_on(2)
    other = make_inquiry("tower", publication=member(Role.AUTHOR).memberships.get().publication)
    answer_as(other, 1, {"Q3": "別の理由", "Q3c": True})
    client = reader_of_texts(member(Role.OWNER))

    assert "別の理由" not in client.get("/desk/inquiries/tower/quotes/").content.decode()
