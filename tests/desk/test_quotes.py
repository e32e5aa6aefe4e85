"""Clearing texts for quoting on the desk."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import AuditEntry, Role
from apps.responses.models import QuoteReview
from apps.responses.quotes import offered_texts
from tests.accounts.cast import member
from tests.desk.texts import DESK, reader_of_texts, written_on
from tests.reports.factories import answer_as

pytestmark = pytest.mark.django_db

PAGE, DECIDE = f"{DESK}quotes/", f"{DESK}quotes/decide/"
TOLD = "連絡は taro@example.com か山田まで。山田より"


@pytest.fixture
def inquiry():
    inquiry = written_on(1)
    answer_as(inquiry, 50, {"Q1": 4, "Q3": TOLD, "Q3c": True})
    answer_as(inquiry, 51, {"Q1": 4, "Q3": "引用しないで"})
    return inquiry


@pytest.fixture
def moderator(inquiry):
    return member(Role.MODERATOR)


@pytest.fixture
def desk(moderator):
    return reader_of_texts(moderator)


def text(inquiry, words=TOLD, state="waiting"):
    return next(each for each in offered_texts(inquiry.pk, "Q3", "Q3c", state=state) if each.words == words)


def sent(inquiry, **changes):
    return {"handle": text(inquiry).handle, "seen": "waiting", "state": "approved", **changes}


def test_page_shows_what_may_be_quoted_with_its_suspicions(desk, inquiry):
    page = unescape(desk.get(PAGE).content.decode())

    assert "<mark>taro@example.com</mark>" in page
    assert 'value="4-20" checked' in page
    assert "引用しないで" not in page


def test_approved_with_what_was_found_and_what_was_typed_blacked_out(desk, inquiry):
    start = TOLD.index("taro")
    done = desk.post(DECIDE, sent(inquiry, masks=[f"{start}-{start + 16}"], hidden="山田\n"))

    assert done.headers["Location"] == PAGE
    shown = text(inquiry, state="approved").shown
    assert shown == "連絡は ■■■ か■■■まで。■■■より"
    assert shown in unescape(desk.get(f"{PAGE}?state=approved").content.decode())


def test_words_that_do_not_stand_there_are_not_believed_to_be_hidden(desk, inquiry):
    page = desk.post(DECIDE, sent(inquiry, hidden="田中"))

    assert page.status_code == 422
    assert "“田中” does not stand in this text" in unescape(page.content.decode())
    assert not QuoteReview.objects.exists()


def test_refusing_needs_a_reason_and_can_be_taken_back(desk, inquiry, moderator):
    without = desk.post(DECIDE, sent(inquiry, state="refused"))
    desk.post(DECIDE, sent(inquiry, state="refused", reason="personal"))
    page = unescape(desk.get(f"{PAGE}?state=refused").content.decode())
    desk.post(DECIDE, {"handle": text(inquiry, state="refused").handle, "seen": "refused", "state": "waiting"})

    assert without.status_code == 422
    assert "Choose why it is not quoted." in without.content.decode()
    assert "Moderator: Not quoted (Tells who somebody is)" in page
    assert text(inquiry).state == "waiting"
    decided = AuditEntry.objects.filter(action__startswith="quote.", actor=moderator).order_by("pk")
    assert list(decided.values_list("action", flat=True)) == ["quote.refused", "quote.waiting"]


def test_decided_by_another_meanwhile(desk, inquiry):
    told = sent(inquiry)
    desk.post(DECIDE, told)

    late = desk.post(DECIDE, told | {"state": "refused", "reason": "other"})

    assert late.status_code == 409
    assert "Somebody has decided meanwhile: May be quoted." in late.content.decode()


def test_consent_taken_back_meanwhile(desk, inquiry):
    told = sent(inquiry)
    answer_as(inquiry, 50, {"Q3c": False})

    assert desk.post(DECIDE, told).status_code == 409
    assert not QuoteReview.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"handle": "x"},
        {"handle": "../" * 9},
        {"state": "published"},
        {"seen": ""},
        {"hidden": "長" * 1_001},
        {"masks": ["1-999999"]},
        {"reason": "<script>", "state": "refused"},
        {"hidden": "a\x00b"},
    ],
)
def test_bad_input_is_told_and_changes_nothing(desk, inquiry, changes):
    page = desk.post(DECIDE, sent(inquiry, **changes))

    assert page.status_code in {302, 422}  # a place that is none is passed over
    assert "<script>" not in page.content.decode().partition("<main")[2]
    assert QuoteReview.objects.count() == (1 if page.status_code == 302 else 0)


def test_analysts_look_and_do_not_decide(inquiry):
    client = reader_of_texts(member(Role.ANALYST))

    assert "May be quoted</button>" not in client.get(PAGE).content.decode()
    assert client.post(DECIDE, sent(inquiry)).status_code == 403


def test_page_asks_the_database_as_often_for_many_texts_as_for_one(inquiry):
    client, counted = reader_of_texts(member(Role.AUTHOR)), []
    for readers in (range(60, 61), range(61, 80)):
        for reader in readers:
            answer_as(inquiry, reader, {"Q1": 4, "Q3": f"理由 {reader}", "Q3c": True})
        client.get(PAGE)
        with CaptureQueriesContext(connection) as found:
            client.get(PAGE)
        counted.append(len(found))

    assert counted[0] == counted[1]
