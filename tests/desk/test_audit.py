"""The audit log of a publication: in sentences, narrowed, page by page, as a file; for its owners only."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from apps.accounts.actions import record_audit
from apps.accounts.models import AuditEntry, Membership, Role, User
from apps.accounts.words import AUDITED
from apps.desk.audit.words import SENTENCES, sentence
from tests.accounts.cast import PASSWORD, confirmed, member, publication, signed_in

pytestmark = pytest.mark.django_db

LOG = "/desk/publications/paper/audit/"
FILE = f"{LOG}file/"


@pytest.fixture
def owner() -> User:
    return member(Role.OWNER)


@pytest.fixture
def desk(owner) -> Client:
    return signed_in(owner)


def note(action: str, by: User | None = None, *, days_ago: int = 0, **fields) -> AuditEntry:
    fields = {"publication": publication(), **fields}
    return AuditEntry.objects.create(action=action, actor=by, at=timezone.now() - timedelta(days=days_ago), **fields)


def sentences(response) -> list[str]:
    return [line.sentence for line in response.context["log"].lines]


def test_every_action_has_a_sentence_in_both_languages(owner):
    for action in AUDITED:
        entry = AuditEntry(action=action, actor=owner, target="someone@paper.example", detail={"number": 3})
        told = {}
        for language in ("en", "ja"):
            with translation.override(language):
                told[language] = sentence(entry, {})
        assert told["en"].startswith("Owner "), action
        assert re.search("[ぁ-ん].*。$", told["ja"]), (action, told)
    assert set(SENTENCES) - {"role.changed"} == set(AUDITED)


def test_entries_are_told_as_sentences_the_newest_first(desk, owner, inquiry):
    note("inquiry.opened", owner, target="bridge")
    note("role.granted", owner, target="a@b.example", detail={"from": "author", "to": "analyst"})
    note("role.granted", None, target="a@b.example", detail={"from": "", "to": "author"})
    note("statement.rejected", owner, target="bridge", detail={"number": 7, "to": "rejected", "reason": "off_topic"})
    note("report.method", owner, target="bridge", detail={"fields": ["ai_use", "pretest"]})

    assert sentences(desk.get(f"{LOG}?lang=en")) == [
        "Owner changed the notes on the method of “What about the bridge?”."
        " (What AI was used for · How the questions were tried out)",
        "Owner did not publish statement no. 7 of “What about the bridge?”. (Is about something else)",
        "The system gave a@b.example the role: Author.",
        "Owner changed the role of a@b.example: Author → Analyst.",
        "Owner opened the inquiry “What about the bridge?”.",
        "The system published version 1 of the questionnaire of “What about the bridge?”.",
    ]


def test_log_holds_what_its_people_did_to_their_accounts_and_nothing_of_others(desk, owner):
    stranger = member(Role.OWNER, of="other-paper")
    note("password.changed", owner, publication=None, target=owner.email)
    note("second_factor.reset", None, publication=None, target=owner.email)
    note("password.changed", stranger, publication=None, target=stranger.email)
    note("inquiry.opened", stranger, publication=publication("other-paper"), target="tower")

    assert sentences(desk.get(f"{LOG}?lang=en")) == [
        "The system reset the two-step sign-in of owner@paper.example.",
        "Owner changed their own password.",
    ]


def test_log_is_narrowed_by_who_what_whom_and_day(desk, owner):
    author = member(Role.AUTHOR)
    note("inquiry.opened", owner, target="bridge", days_ago=5)
    note("inquiry.closed", author, target="bridge", days_ago=3)
    note("inquiry.opened", author, target="tower")
    day = timezone.localdate() - timedelta(days=3)

    found = {
        query: [(line.who, line.action, line.target) for line in desk.get(f"{LOG}?{query}").context["log"].lines]
        for query in (f"actor={owner.pk}", "action=inquiry.closed", "target=TOWER", f"since={day}", f"until={day}")
    }

    opened, closed = ("Owner", "inquiry.opened", "bridge"), ("Author", "inquiry.closed", "bridge")
    tower = ("Author", "inquiry.opened", "tower")
    assert list(found.values()) == [[opened], [closed], [tower], [tower, closed], [closed, opened]]


def test_log_is_shown_page_by_page_and_pages_keep_what_was_asked_for(desk, owner):
    for number in range(51):
        note("inquiry.opened", owner, target=f"no-{number}")

    page = desk.get(f"{LOG}?action=inquiry.opened")
    last = desk.get(f"{LOG}?action=inquiry.opened&page=2")

    assert (len(sentences(page)), len(sentences(last))) == (50, 1)
    assert 'rel="next" href="?action=inquiry.opened&amp;page=2"' in page.content.decode()


def test_log_costs_the_same_with_one_three_and_a_thousand_rows(desk, owner):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(LOG).status_code == 200
        return len(queries)

    note("inquiry.opened", owner, target="bridge")
    desk.get(LOG)
    costs = [cost()]
    for number in (2, 997):
        rows = [AuditEntry(action="inquiry.closed", actor=owner, publication=publication()) for _ in range(number)]
        AuditEntry.objects.bulk_create(rows)
        costs.append(cost())

    assert len(set(costs)) == 1


@pytest.mark.parametrize(
    "query",
    ["actor=0", "actor=abc", "action=nothing", "since=x", "until=2026-13-01", "page=0",
     "page=-1", "page=１x", "page=99999999999999999999", "since=10000-01-01", f"target={'x' * 201}"],
)  # fmt: skip
def test_query_that_cannot_be_read_is_named_in_japanese_and_shows_the_whole_log(desk, owner, query):
    note("inquiry.opened", owner)

    response = desk.get(f"{LOG}?{query}")

    assert response.status_code == 400
    assert len(response.context["problems"]) == 1
    assert re.search("：.*[ぁ-ん]", response.context["problems"][0])
    assert len(sentences(response)) == 1


def test_page_beyond_the_last_shows_the_last(desk, owner):
    note("inquiry.opened", owner)

    assert len(sentences(desk.get(f"{LOG}?page=77"))) == 1


def test_words_in_entries_are_never_markup(desk, owner):
    note("inquiry.opened", owner, target="<script>alert(1)</script>")

    assert "<script>alert" not in desk.get(LOG).content.decode()


def test_file_asks_to_confirm_first_and_comes_right_after(owner):
    note("inquiry.opened", owner, target="=HYPERLINK(1)")
    client = signed_in(owner)

    asked = client.post(FILE)
    given = client.post(asked.headers["Location"], {"password": PASSWORD, "next": FILE})

    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert given.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = given.content.decode("utf-8-sig").split("\r\n")
    assert rows[0] == '"日時","だれが","何を","対象","内容"'
    assert '"\'=HYPERLINK(1)"' in rows[1]


def test_file_holds_what_was_asked_for_and_the_log_says_that_it_was_taken(owner):
    note("inquiry.opened", owner, target="bridge")
    note("inquiry.closed", owner, target="bridge")

    given = confirmed(owner).post(FILE, {"action": "inquiry.closed"})

    assert [row.split('","')[2] for row in given.content.decode().split("\r\n")[1:-1]] == ["inquiry.closed"]
    taken = AuditEntry.objects.get(action="audit.exported")
    assert (taken.actor, taken.publication, taken.detail) == (owner, publication(), {"entries": 1})


def test_file_is_refused_where_what_was_asked_for_cannot_be_read(owner):
    given = confirmed(owner).post(FILE, {"since": "yesterday"})

    assert (given.status_code, AuditEntry.objects.filter(action="audit.exported").count()) == (422, 0)
    assert "から" in given.content.decode()


def test_menu_names_every_publication_that_one_owns(desk, owner):
    Membership.objects.create(publication=publication("second"), user=owner, role=Role.OWNER)
    Membership.objects.create(publication=publication("third"), user=owner, role=Role.AUTHOR)

    page = desk.get("/desk/").content.decode()

    assert re.findall(r'href="/desk/publications/([^/]+)/audit/"', page) == ["paper", "second"]


def test_record_stays_out_of_other_publications(desk):
    record_audit(action="inquiry.opened", publication=publication("other-paper"), target="tower")

    assert sentences(desk.get(LOG)) == []
    assert desk.get("/desk/publications/other-paper/audit/").status_code == 404
