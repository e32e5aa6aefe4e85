"""Taking answers out on the desk: who may, what is asked first, who can fetch the file, and when it is gone."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import AuditEntry, Role
from apps.inquiries.models import Inquiry
from apps.reports.exports.asked import GIVEN_UP, KEPT, ask_for_export, folder
from apps.reports.models import Export
from apps.reports.retention import overdue, purge_expired
from apps.reports.tasks import make_export
from tests.accounts.cast import PASSWORD, member, publication, signed_in
from tests.reports.exports.factories import FULL
from tests.reports.factories import answer_as
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

PAGE = "/desk/inquiries/bridge/exports/"
WANTED = {"kind": "csv", "language": "en", "reason": "annual report"}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def bridge() -> Inquiry:
    inquiry = make_inquiry("bridge", publication=publication())
    answers = {name: FULL[name] for name in ("Q1", "Q2", "Q3", "Q4", "Q6")}
    for reader in range(2):
        answer_as(inquiry, reader, answers)
    return inquiry


def confirmed(user):
    """Signed in, and just asked for the password once more."""
    client = signed_in(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def analyst():
    return member(Role.ANALYST)


@pytest.fixture
def desk(analyst):
    return confirmed(analyst)


def made(desk, **wanted) -> Export:
    desk.post(PAGE, WANTED | wanted)
    export = Export.objects.latest("pk")
    make_export(export.pk)
    export.refresh_from_db()
    return export


def test_asked_made_and_fetched_by_whoever_asked(desk, bridge):
    asked = desk.post(PAGE, WANTED, follow=True)
    waiting = asked.content.decode()
    make_export(Export.objects.get().pk)
    ready = desk.get(PAGE).content.decode()
    file = desk.get(f"{PAGE}{Export.objects.get().pk}/")

    assert asked.redirect_chain == [(PAGE, 302)]
    assert "<progress" in waiting
    assert "2 responses" in ready
    assert "<progress" not in ready
    content = b"".join(file.streaming_content).decode("utf-8-sig")
    assert content.startswith('"response_id","version"')
    assert "思う" not in content
    day = timezone.localdate().isoformat()
    assert file.headers["Content-Disposition"] == f'attachment; filename="bridge-{day}.csv"'
    assert "no-store" in file.headers["Cache-Control"]


def test_audit_log_names_who_what_and_why(desk, bridge, analyst):
    made(desk, raw_text="on")

    entry = AuditEntry.objects.get(action="responses.exported")
    assert (entry.actor, entry.publication, entry.target) == (analyst, bridge.publication, "bridge")
    assert entry.detail == {"format": "csv", "responses": 2, "raw_text": True, "reason": "annual report"}


def test_readers_words_come_only_where_they_were_asked_for(desk, bridge):
    export = made(desk, raw_text="on")

    assert "思う" in (folder() / export.file).read_text()


def test_whoever_did_not_just_confirm_is_asked_for_the_password_and_goes_on_from_there(analyst, bridge):
    client = signed_in(analyst)

    asked = client.post(PAGE, WANTED)
    before = Export.objects.count()
    done = client.post(asked.headers["Location"], {"password": PASSWORD})

    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert before == 0
    assert done.headers["Location"] == PAGE
    assert Export.objects.get().reason == "annual report"


def test_a_suspended_form_with_a_fault_is_shown_again(analyst, bridge):
    client = signed_in(analyst)

    asked = client.post(PAGE, WANTED | {"reason": ""})
    done = client.post(asked.headers["Location"], {"password": PASSWORD})

    assert done.status_code == 422
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": ""}, "Format: please choose one."),
        ({"kind": "exe"}, "Format: please choose one of those listed."),
        ({"language": "xx"}, "Language of labels: please choose one of those listed."),
        ({"reason": " "}, "Reason: please say what the answers are needed for."),
        ({"reason": "x" * 301}, "Reason: at most 300 characters."),
        ({"reason": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_a_form_with_a_fault_names_it_and_changes_nothing(desk, bridge, changes, sentence):
    page = desk.post(PAGE, WANTED | changes)

    assert page.status_code == 422
    assert sentence in unescape(page.content.decode())
    assert not Export.objects.exists()


def test_one_at_a_time(desk, bridge):
    for _press in range(2):
        page = desk.post(PAGE, WANTED, follow=True)

    assert Export.objects.count() == 1
    assert "still being made" in page.content.decode()


def test_nobody_else_finds_the_file(desk, bridge):
    export = made(desk)
    path = f"{PAGE}{export.pk}/"

    others = [member(Role.OWNER), member(Role.AUTHOR), member(Role.MODERATOR), member(Role.OWNER, of="other")]

    assert [confirmed(other).get(path).status_code for other in others] == [404, 404, 403, 404]
    assert "CSV</b>" not in confirmed(others[0]).get("/desk/").content.decode()


def test_a_file_is_gone_after_its_time(desk, bridge):
    export = made(desk)
    Export.objects.update(ready_at=timezone.now() - KEPT - timedelta(seconds=1))

    late = desk.get(f"{PAGE}{export.pk}/")
    due = overdue(timezone.now())["exports"]
    purge_expired(timezone.now())

    assert (late.status_code, due) == (404, 1)
    assert list(folder().iterdir()) == []
    assert not Export.objects.exists()
    assert overdue(timezone.now())["exports"] == 0


def test_a_file_in_its_time_stays(desk, bridge):
    export = made(desk)

    purge_expired(timezone.now())

    assert desk.get(f"{PAGE}{export.pk}/").status_code == 200


def test_a_run_that_was_killed_is_given_up(desk, bridge):
    desk.post(PAGE, WANTED)
    Export.objects.update(asked_at=timezone.now() - KEPT - GIVEN_UP - timedelta(minutes=1))

    purge_expired(timezone.now())

    assert not Export.objects.exists()


def test_a_failure_is_told_and_leaves_no_file(desk, bridge, monkeypatch):
    monkeypatch.setattr("apps.reports.exports.csv_table.write", lambda *_args, **_options: 1 / 0)

    export = made(desk)

    assert (export.state, list(folder().iterdir())) == ("failed", [])
    assert "could not be made" in desk.get(PAGE).content.decode()


def test_made_once_however_often_the_job_runs(desk, bridge):
    export = made(desk)
    make_export(export.pk)
    make_export(export.pk + 1)

    assert AuditEntry.objects.filter(action="responses.exported").count() == 1


def test_page_asks_the_database_as_often_for_three_exports_as_for_one(desk, bridge, analyst):
    wanted = {"kind": "csv", "language": "ja", "raw_text": False, "reason": "r"}
    counted = []
    for number in (1, 2):
        for _export in range(number):
            ask_for_export(inquiry=bridge, by=analyst, **wanted)
            Export.objects.update(state="failed")
        with CaptureQueriesContext(connection) as found:
            desk.get(PAGE)
        counted.append(len(found))

    assert counted[0] == counted[1]


def test_moderators_have_no_link_to_it(bridge):
    link = f'href="{PAGE}"'

    pages = [
        signed_in(member(role)).get("/desk/inquiries/bridge/").content.decode()
        for role in (Role.AUTHOR, Role.MODERATOR)
    ]

    assert [link in page for page in pages] == [True, False]
