"""The list of inquiries: whose, in which order, with which numbers, at what cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import Role
from apps.debates.models import Debate
from apps.desk.queries import QueueLength
from apps.inquiries.models import Inquiry, State
from apps.surveys.drafts import begin_draft, working_document
from apps.surveys.models import SurveyVersion
from tests.accounts.cast import member, publication, signed_in
from tests.debates.factories import make_statement
from tests.desk.factories import COMPLETE, answer, make_epoch

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return signed_in(member(Role.ANALYST))


def another(slug: str, *, of: str = "paper", **fields) -> Inquiry:
    return Inquiry.objects.create(publication=publication(of), slug=slug, title={"ja": slug}, **fields)


def test_list_shows_readers_and_published_numbers_of_each_inquiry(desk, inquiry):
    answer(inquiry, "one", COMPLETE)
    answer(inquiry, "two", COMPLETE, days_ago=3)
    answer(inquiry, "three", {"Q1": 2})
    epoch = make_epoch(inquiry, SurveyVersion.objects.get())
    another("empty", state=State.DRAFT)

    lines = desk.get("/desk/").context["lines"]

    assert [
        (line.inquiry.slug, line.standing, line.today, line.readers, line.complete_share, line.epoch) for line in lines
    ] == [("bridge", "open", 2, 3, 66.7, epoch), ("empty", "draft", 0, 0, 0.0, None)]


def test_list_begins_with_what_is_open_now(desk):
    now, day = timezone.now(), timedelta(days=1)
    for slug, fields in {
        "archived": {"state": State.ARCHIVED},
        "over": {"state": State.OPEN, "closes_at": now - day},
        "closed": {"state": State.CLOSED},
        "draft": {"state": State.DRAFT},
        "later": {"state": State.OPEN, "opens_at": now + day},
        "open": {"state": State.OPEN},
    }.items():
        another(slug, **fields)

    lines = desk.get("/desk/").context["lines"]

    assert [(line.inquiry.slug, line.standing) for line in lines] == [
        ("open", "open"),
        ("later", "planned"),
        ("draft", "draft"),
        ("closed", "closed"),
        ("over", "closed"),
        ("archived", "archived"),
    ]


def test_list_holds_only_the_publications_one_works_for(desk, inquiry):
    another("foreign", of="other-paper")

    page = desk.get("/desk/")

    assert [line.inquiry.slug for line in page.context["lines"]] == ["bridge"]
    assert "foreign" not in page.content.decode()


def test_list_and_monitor_say_how_long_the_queue_is_and_since_when(desk, inquiry):
    debate = Debate.objects.create(inquiry=inquiry)
    for number, days in ((1, 4), (2, 1), (3, 0)):
        day = timezone.localdate() - timedelta(days=days)
        make_statement(debate, number, origin="reader", state="waiting", day=day)
    make_statement(debate, 4, day=timezone.localdate() - timedelta(days=9))

    home, monitor = desk.get("/desk/?lang=en"), desk.get("/desk/inquiries/bridge/?lang=en")

    assert [line.queue for line in home.context["lines"]] == [QueueLength(statements=3, days=4)]
    assert monitor.context["monitor"].queue == QueueLength(statements=3, days=4)
    for page in (home, monitor):
        found = re.search(r'<a class="to-queue" href="([^"]+)">([^<]+)</a><span class="under">([^<]+)<', text(page))
        assert found.groups() == ("/desk/inquiries/bridge/statements/", "3 statements", "oldest: 4 days")


def text(page) -> str:
    return page.content.decode()


def test_list_without_inquiries_says_so(desk):
    assert 'class="empty"' in desk.get("/desk/").content.decode()


@pytest.mark.parametrize("path", ["/desk/", "/desk/inquiries/bridge/"])
def test_pages_cost_the_same_with_one_and_with_three_rows(desk, inquiry, path):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(path).status_code == 200
        return len(queries)

    answer(inquiry, "one", COMPLETE)
    make_epoch(inquiry, SurveyVersion.objects.get())
    make_statement(Debate.objects.create(inquiry=inquiry), 1, origin="reader", state="waiting")
    desk.get(path)
    with_one = cost()
    for slug in ("second", "third"):
        debate = Debate.objects.create(inquiry=another(slug, state=State.OPEN))
        make_statement(debate, 1, origin="reader", state="waiting")
        answer(inquiry, slug, COMPLETE, language="en", device="computer", days_ago=2)

    assert cost() == with_one


def test_authors_begin_and_edit_inquiries_of_their_own_paper_only(inquiry):
    another("elsewhere", of="other")
    author, analyst = member(Role.AUTHOR), member(Role.ANALYST, of="other", named="both")
    author.memberships.create(publication=publication("other"), role=Role.ANALYST)

    pages = [signed_in(user).get("/desk/").content.decode() for user in (author, analyst)]

    doors = ["/desk/publications/paper/new/", "/desk/inquiries/bridge/edit/", "/desk/publications/other/new/",
             "/desk/inquiries/elsewhere/edit/"]  # fmt: skip
    assert [[door in page for door in doors] for page in pages] == [[True, True, False, False], [False] * 4]


def test_changes_that_wait_to_be_published_are_seen_in_the_list(inquiry):
    author = signed_in(member(Role.AUTHOR))

    before = author.get("/desk/?lang=en").content.decode()
    begin_draft(inquiry=inquiry, document=working_document(inquiry).document, by=None)
    after = author.get("/desk/?lang=en").content.decode()

    assert ("unpublished changes" in before, "unpublished changes" in after) == (False, True)
