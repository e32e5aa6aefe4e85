"""Settings of an inquiry: each form by itself, told in words, and never towards less than readers were promised."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from apps.accounts.models import AuditEntry, Publication, Role
from apps.debates.actions import open_debate
from apps.desk.editor.article import languages_of
from apps.inquiries.models import Inquiry, State
from apps.surveys.drafts import draft_of, working_document
from apps.surveys.models import SurveyVersion
from tests.accounts.cast import member, signed_in
from tests.desk.factories import COMPLETE, answer, make_epoch, visits

pytestmark = pytest.mark.django_db

SETTINGS = "/desk/inquiries/bridge/settings/?lang=en"
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def desk():
    return signed_in(member(Role.AUTHOR))


def now_is(inquiry: Inquiry) -> Inquiry:
    return Inquiry.objects.get(pk=inquiry.pk)


def put(inquiry: Inquiry, **fields) -> None:
    Inquiry.objects.filter(pk=inquiry.pk).update(**fields)


def in_days(days: int, hour: int = 9) -> str:
    return f"{timezone.localdate() + timedelta(days=days)}T{hour:02}:00"


def as_moment(typed: str) -> datetime:
    return datetime.fromisoformat(typed).replace(tzinfo=TOKYO)


def refused(response, part: str) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {name: list(sentences) for name, sentences in response.context["forms"][part].errors.items()}


def told() -> list[tuple[str, dict]]:
    """What the audit log has of it, after the version that the inquiry began with."""
    entries = AuditEntry.objects.exclude(action="survey.published").order_by("id")
    return [(entry.action, entry.detail) for entry in entries]


def test_hours_are_japan_time(desk, inquiry):
    put(inquiry, state=State.DRAFT)
    opens, closes = in_days(2), in_days(9, 18)

    response = desk.post(SETTINGS, {"part": "hours", "opens_at": opens, "closes_at": closes})

    found = now_is(inquiry)
    assert response.headers["Location"].endswith("/settings/?saved=hours#hours")
    assert desk.get(f"{SETTINGS}&saved=hours").content.decode().count(">Saved.<") == 1
    assert (found.opens_at, found.closes_at) == (as_moment(opens), as_moment(closes))
    assert opens in desk.get(SETTINGS).content.decode()
    assert "All times are Japan time" in desk.get(SETTINGS).content.decode()
    assert [action for action, _detail in told()] == ["inquiry.hours"]


def test_opened_with_hours_ahead_it_waits_and_keeps_them(desk, inquiry, client):
    put(inquiry, state=State.DRAFT)
    opens, closes = in_days(2), in_days(9)
    desk.post(SETTINGS, {"part": "hours", "opens_at": opens, "closes_at": closes})

    page = desk.post("/desk/inquiries/bridge/open/?lang=en", follow=True).content.decode()

    found = now_is(inquiry)
    assert (found.state, found.opens_at, found.closes_at) == (State.OPEN, as_moment(opens), as_moment(closes))
    assert not found.is_open(timezone.now())
    assert "It opens by itself" in page
    desk.post("/desk/inquiries/bridge/close/")
    assert "It is closed." in desk.get(SETTINGS).content.decode()


def test_planned_inquiry_says_that_an_empty_beginning_opens_it_now(desk, inquiry):
    put(inquiry, opens_at=timezone.now() + timedelta(days=2))

    page = desk.get(SETTINGS).content.decode()
    desk.post(SETTINGS, {"part": "hours", "opens_at": "", "closes_at": ""})

    assert "Left empty, it opens at once." in page
    assert now_is(inquiry).is_open(timezone.now())


def test_opened_with_hours_that_are_over_it_is_open_without_them(desk, inquiry):
    day = timedelta(days=1)
    put(inquiry, state=State.CLOSED, opens_at=timezone.now() - 2 * day, closes_at=timezone.now() - day)

    desk.post("/desk/inquiries/bridge/open/")

    found = now_is(inquiry)
    assert (found.opens_at, found.closes_at, found.is_open(timezone.now())) == (None, None, True)


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"opens_at": "2020-01-01T00:00"}, "opens_at", "This moment is over. Leave it empty to open at once."),
        (
            {"closes_at": "2020-01-01T00:00"},
            "closes_at",
            "This moment is over. To close now, use the button on the monitor.",
        ),
        ({"closes_at": "0001-01-01T00:00"}, "closes_at", "Please enter a day between the years 2000 and 2100."),
        ({"closes_at": "9999-12-31T23:59"}, "closes_at", "Please enter a day between the years 2000 and 2100."),
        ({"closes_at": "tomorrow"}, "closes_at", "Please enter a day and a time, such as 2026-12-01 09:00."),
        ({"opens_at": in_days(5), "closes_at": in_days(4)}, "closes_at", "It must close after it opens."),
        ({"opens_at": in_days(5), "closes_at": in_days(5)}, "closes_at", "It must close after it opens."),
    ],
)
def test_impossible_hours_are_refused_in_place(desk, inquiry, data, field, sentence):
    put(inquiry, state=State.DRAFT)

    response = desk.post(SETTINGS, {"part": "hours", **data})

    assert refused(response, "hours")[field] == [sentence]
    assert response.context["forms"]["hours"][field].value() == data[field]
    assert told() == []


def test_open_inquiry_gets_an_end_and_no_new_beginning(desk, inquiry):
    closes = in_days(3)

    desk.post(SETTINGS, {"part": "hours", "opens_at": in_days(1), "closes_at": closes})

    found = now_is(inquiry)
    assert (found.opens_at, found.closes_at) == (None, as_moment(closes))


def test_closed_inquiry_has_no_hours_to_change(desk, inquiry):
    put(inquiry, state=State.CLOSED)

    page = desk.get(SETTINGS).content.decode()
    desk.post(SETTINGS, {"part": "hours", "closes_at": in_days(3)})

    assert "Open it again on the monitor" in page
    assert (now_is(inquiry).closes_at, told()) == (None, [])


def test_profile_goes_both_ways_before_the_first_answer(desk, inquiry):
    for profile in ("strict", "standard"):
        desk.post(SETTINGS, {"part": "privacy", "profile": profile})

    assert told() == [
        ("inquiry.privacy", {"from": "standard", "to": "strict"}),
        ("inquiry.privacy", {"from": "strict", "to": "standard"}),
    ]


def test_profile_only_becomes_strict_after_the_first_answer(desk, inquiry):
    answer(inquiry, "one", COMPLETE)

    desk.post(SETTINGS, {"part": "privacy", "profile": "strict"})
    response = desk.post(SETTINGS, {"part": "privacy", "profile": "standard"})

    assert refused(response, "privacy") == {"profile": ["Readers have answered under the strict profile; it stays."]}
    assert now_is(inquiry).privacy_profile == "strict"


def test_results_can_be_put_off_but_not_brought_forward_after_the_first_answer(desk, inquiry):
    answer(inquiry, "one", COMPLETE)

    desk.post(SETTINGS, {"part": "results", "shown": "after_close"})
    response = desk.post(SETTINGS, {"part": "results", "shown": "always"})

    assert list(refused(response, "results")) == ["shown"]
    assert now_is(inquiry).results_shown == "after_close"


def test_sites_are_kept_as_exact_origins_once_each(desk, inquiry):
    typed = "https://Blog.example.com/\r\n\r\nhttp://localhost:3000\nhttps://blog.example.com:443"

    desk.post(SETTINGS, {"part": "origins", "origins": typed})

    assert now_is(inquiry).allowed_origins == ["https://blog.example.com", "http://localhost:3000"]
    assert told() == [
        ("inquiry.origins", {"from": [], "to": ["https://blog.example.com", "http://localhost:3000"]})
    ]  # fmt: skip


def test_every_faulty_site_is_named_and_none_is_kept(desk, inquiry):
    typed = "https://good.example\nhttp://example.com\nhttps://example.com/blog\n*"

    response = desk.post(SETTINGS, {"part": "origins", "origins": typed})

    assert refused(response, "origins") == {
        "origins": [
            "Line 2, “http://example.com”: http:// is possible for localhost only; use https://.",
            "Line 3, “https://example.com/blog”: only the site without anything behind it, such as https://example.com.",
            "Line 4, “*”: it must begin with https://.",
        ]
    }
    assert typed.splitlines()[2] in response.content.decode()
    assert now_is(inquiry).allowed_origins == []


def test_no_end_of_sites_is_refused_and_not_kept(desk, inquiry):
    many = "\n".join(f"https://{number}.example.com" for number in range(51))

    assert refused(desk.post(SETTINGS, {"part": "origins", "origins": many}), "origins") == {
        "origins": ["At most 50 sites, please."]
    }
    assert list(refused(desk.post(SETTINGS, {"part": "origins", "origins": "x" * 30_000}), "origins")) == ["origins"]


def test_language_is_a_change_of_the_draft(desk, inquiry):
    revision = working_document(inquiry).revision

    desk.post(SETTINGS, {"part": "languages", "languages": "en", "revision": revision})

    document = draft_of(inquiry).document
    assert (languages_of(document), document["default_language"]) == (["en"], "en")


def test_language_upon_an_old_page_changes_nothing(desk, inquiry):
    page = desk.post(SETTINGS, {"part": "languages", "languages": "en", "revision": 7}, follow=True)

    assert "This was saved, published or discarded meanwhile" in page.content.decode()
    assert draft_of(inquiry) is None


def test_owner_says_who_asks_and_authors_read_it(desk, inquiry):
    said = {"part": "publisher", "operator": "The paper", "funder": "", "contact": "desk@paper.example"}

    refused_to_author = desk.post(SETTINGS, said).status_code
    signed_in(member(Role.OWNER)).post(SETTINGS, said)

    publication = Publication.objects.get(slug="paper")
    assert refused_to_author == 403
    assert (publication.operator, publication.contact) == ("The paper", "desk@paper.example")
    assert told() == [("publication.changed", {"fields": ["contact", "operator"]})]
    assert "desk@paper.example" in desk.get(SETTINGS).content.decode()


@pytest.mark.parametrize("part", ["", "nothing", "hours ", "__init__"])
def test_form_that_is_none_changes_nothing(desk, inquiry, part):
    assert desk.post(SETTINGS, {"part": part}).status_code == 422
    assert told() == []


def test_archived_inquiry_is_off_the_site_and_apart_on_the_desk(desk, inquiry, client):
    for _ in range(2):
        desk.post("/desk/inquiries/bridge/archive/")

    home = desk.get("/desk/?lang=en")
    assert client.get("/q/bridge/").status_code == 404
    assert [line.inquiry.slug for line in home.context["archived"]] == ["bridge"]
    assert home.context["current"] == []
    assert [action for action, _detail in told()] == ["inquiry.archived"]


def test_archived_inquiry_comes_back_closed(desk, inquiry):
    desk.post("/desk/inquiries/bridge/archive/")

    for _ in range(2):
        desk.post("/desk/inquiries/bridge/restore/")

    assert now_is(inquiry).state == State.CLOSED
    assert [action for action, _detail in told()] == ["inquiry.archived", "inquiry.restored"]


def test_draft_that_was_never_open_is_deleted_with_everything(desk, inquiry):
    put(inquiry, state=State.DRAFT)
    open_debate(inquiry=inquiry)
    visits(inquiry, "cover", [("", 3)])

    response = desk.post("/desk/inquiries/bridge/delete/")

    assert response.headers["Location"] == "/desk/"
    assert not Inquiry.objects.exists()


def test_draft_with_simulated_answers_is_not_deleted(desk, inquiry):
    answer(inquiry, "one", COMPLETE)
    make_epoch(inquiry, SurveyVersion.objects.get())
    put(inquiry, state=State.DRAFT)

    page = desk.post("/desk/inquiries/bridge/delete/?lang=en", follow=True).content.decode()

    assert "It has answers, so it cannot be deleted." in page
    assert "Delete this draft" not in page
    assert (Inquiry.objects.count(), told()) == (1, [])


def test_inquiry_that_was_open_is_not_deleted(desk, inquiry):
    page = desk.post("/desk/inquiries/bridge/delete/?lang=en", follow=True).content.decode()

    assert "It has been open, so it cannot be deleted" in page
    assert Inquiry.objects.exists()
