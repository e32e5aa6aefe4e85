"""The list of inquiries: whose, in which order, with which numbers, at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import Role
from apps.inquiries.models import Inquiry, State
from apps.surveys.models import SurveyVersion
from tests.accounts.cast import member, publication, signed_in
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
    desk.get(path)
    with_one = cost()
    for slug in ("second", "third"):
        another(slug, state=State.OPEN)
        answer(inquiry, slug, COMPLETE, language="en", device="computer", days_ago=2)

    assert cost() == with_one
