"""Every form of every page of an inquiry is sent with what nobody should send: refused in words, and nothing kept."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve

from apps.accounts.models import Membership, Role
from apps.debates.models import Debate
from apps.inquiries.models import Inquiry
from apps.reports.models import Calculation, ReportTable
from apps.reports.tasks import make_calculation
from tests.accounts.cast import member
from tests.debates.factories import make_statement
from tests.desk.forms_found import OURS, Form, encoded, everything_kept, forms_of
from tests.desk.odd import counted_and_frozen, every_kind, filled, rubbish, there
from tests.desk.routes import staff_routes
from tests.desk.texts import reader_of_texts

pytestmark = pytest.mark.django_db
DESK = "/desk/inquiries/bridge/"
PAGES = [
    *["", "article/", "settings/", "publish/", "items/", "items/new/", "seeds/", "preview/", "report/", "share/"],
    *["report/method/", "report/publish/", "report/files/", "exports/", "tables/?rows=Q1&columns=Q4", "weights/"],
    *["texts/", "quotes/?question=Q3", "coding/", "coding/Q3/book/", "coding/Q3/code/", "coding/Q3/compare/"],
    *["embedding/", "statements/", "statements/1/words/", "edit/", "preview/screen/"],
    *[f"items/{name}/" for name in ("Q1", "Q2", "Q3", "Q7", "Q9", "M", "S", "N", "D")],
]
STRANGE = [
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "x" * 10_000,
    "長" * 1_000,
    "1" + "0" * 20,
    "-1",
    "１２",
    "nan",
    "1e400",
    "0001-01-01T00:00",
    "0000-00-00",
    "9999-12-31T23:59",
    "9999-12-31",
    "<script>alert(1)</script>",
    "{{ 7*7 }}%(x)s{0}",
    "a\r\nb",
    "../../etc/passwd",
    "\u202e\u200b",
    "[]",
]
TURNS = 5
OTHER_KINDS = ["application/json", "text/plain", "multipart/form-data; boundary=x", "x", "text/html; charset=klingon"]
FILES = {
    "empty": b"",
    "binary": bytes(range(256)),
    "utf-16": "label_ja\n速さ\n".encode("utf-16"),
    "large": b"label_ja\n" + b"a\n" * 5_000_000,
    "wide": b"label_ja" + b"," * 5_000 + b"\n",
    "bad rows": "label_ja\n速さ\n速さ,b,c\n".encode(),
    "field too large": b"label_ja\n" + b"a" * 45_000 + b"\n",
    "lone quote": b'label_ja\n"a\n',
    "NUL": b"label_ja\na\x00\n",
}
EXPECTED = {200, 302, 400, 403, 404, 405, 409, 410, 413, 422}
SENTENCE = re.compile(r'role="alert"|class="band warn"|class="(?:[\w ]* )?(?:error|problem|problems|refused)\b')
SAID_BACK = ("nan", "{{ 7*7 }}", "{0}")
ANY_NAME = [
    *["role", "email", "reason", "to", "question", "rows", "columns", "only:B1:1", "act", "do", "number", "handle"],
    *["codes", "seen", "state", "masks", "hidden", "settled", "revision", "name", "title", "languages"],
]
WRITES = re.compile(rf'\b(INSERT INTO|UPDATE|DELETE FROM) "?({"|".join(OURS)})_')


@pytest.fixture
def desk() -> Client:
    inquiry = counted_and_frozen(every_kind())
    make_statement(Debate.objects.create(inquiry=inquiry), 1, origin="reader", state="waiting", held=["phone"])
    ReportTable.objects.create(inquiry=inquiry, rows="Q1", columns="Q4")
    client = reader_of_texts(member(Role.OWNER))
    member(Role.AUTHOR)
    client.post(f"{DESK}coding/Q3/book/", {"act": "add", "label_ja": "速さ"})
    client.get(f"{DESK}report/publish/")
    for calculation in Calculation.objects.all():
        make_calculation(calculation_id=calculation.pk)
    client.raise_request_exception = False
    return client


def all_forms(client: Client) -> list[Form]:
    people = [f"people/{number}/" for number in Membership.objects.values_list("pk", flat=True)]
    publication = [f"/desk/publications/paper/{each}" for each in ("new/", "people/", "audit/", *people)]
    found = [form for page in (*(DESK + each for each in PAGES), *publication) for form in forms_of(client, page)]
    found = [form for form in found if not form.action.startswith("/accounts/")]
    return list({form.key: form for form in [*found, *unseen(found)]}.values())


def unseen(found: list[Form]) -> list[Form]:
    """Addresses that take what is sent, but of which no page shows a form just now."""
    seen = {resolve(urlsplit(form.action).path).route for form in found}
    routes = [each for each in staff_routes() if each.startswith("desk/") and each not in seen]
    return [Form(filled(route, there())[0], [(name, "1") for name in ANY_NAME]) for route in routes]


def tries(form: Form, turn: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Nothing; everything twice; what nobody asked for; values in all fields, and in one after the other.

    Each form has its turn with some of the values, so that forms that are alike see all of them together.
    """
    yield "nothing", []
    yield "twice", [*form.sent, *form.sent]
    yield "unknown", [*form.sent, ("unheard_of", "1"), ("id", "1"), ("inquiry", "1"), ("\ud800", "x")]
    for value in STRANGE[turn % TURNS :: TURNS]:
        yield f"all {value[:20]!a}", form.with_value(None, value)
    for place, name in list(enumerate(form.names))[turn % TURNS :: TURNS]:
        value = STRANGE[(place + turn) % len(STRANGE)]
        yield f"{name} {value[:20]!a}", form.with_value(name, value)


class Watch:
    """Sends, takes back whatever came of it, and remembers what is not as it should be."""

    def __init__(self, client: Client) -> None:
        self.client, self.before = client, everything_kept()
        self.wrong: dict[tuple[str, str], object] = {}
        self.sent = 0
        self.wrote = False

    def note(self, execute: Any, sql: str, *rest: Any) -> Any:
        self.wrote = self.wrote or bool(WRITES.search(sql))
        return execute(sql, *rest)

    def send(self, form: Form, about: str, body: object, **how: str) -> int:
        self.sent += 1
        self.wrote = False
        with transaction.atomic():
            with connection.execute_wrapper(self.note):
                send = partial(self.client.generic, "POST") if isinstance(body, bytes) else self.client.post
                page = send(form.action, body, **how)
            found = self.fault(page) or (self.changed(page.status_code) if self.wrote else [])
            transaction.set_rollback(True)
        if found:
            self.wrong[form.action, about] = found
        return page.status_code

    def fault(self, page: Any) -> list[object]:
        if page.status_code >= 500:
            return [page.status_code, repr(page.exc_info[1] if page.exc_info else "")[:300]]
        if page.status_code not in EXPECTED:
            return [page.status_code]
        if page.status_code == 400 or not page["Content-Type"].startswith("text/html"):
            return []
        html = page.content.decode()
        silent = ["refused without a word"] if page.status_code == 422 and not SENTENCE.search(html) else []
        return silent + [each for each in rubbish(html) if not any(word in each for word in SAID_BACK)]

    def changed(self, status: int) -> list[object]:
        """Tables that are not as before, though it was refused."""
        return [] if status < 400 else [table for table, now in everything_kept().items() if now != self.before[table]]


def test_no_form_of_the_desk_breaks_or_keeps_what_it_refuses(desk):
    watch, forms = Watch(desk), all_forms(desk)

    for turn, (form, kind) in enumerate(zip(forms, cycle(OTHER_KINDS))):
        if watch.send(form, kind, b'{"act": "\xff"}', content_type=kind) == 405:
            continue
        for about, sent in tries(form, turn):
            watch.send(form, about, encoded(sent).encode(), content_type="application/x-www-form-urlencoded")

    assert not watch.wrong, "\n".join(f"{place}: {found}" for place, found in watch.wrong.items())
    assert watch.sent > 500


def test_files_with_faults_are_refused_whole(desk):
    watch = Watch(desk)

    for form in [form for form in all_forms(desk) if form.files]:
        for name, content in FILES.items():
            files = {field: SimpleUploadedFile(f"{name}.csv", content) for field in form.files}
            watch.send(form, name, {**dict(form.sent), **files})

    assert (watch.sent >= len(FILES), watch.wrong) == (True, {})


def test_numbers_of_others_change_nothing(desk):
    """Rows of another paper, under the addresses of one's own."""
    other = Inquiry.objects.create(
        publication=member(Role.OWNER, of="other").memberships.get().publication, slug="x", title={}
    )
    table = ReportTable.objects.create(inquiry=other, rows="Q1", columns="Q4")
    stranger = Membership.objects.exclude(publication__slug="paper").get()
    before = everything_kept()

    codes = [
        desk.post(address, {"role": "owner", "email": "a@b.example"}).status_code
        for address in (
            f"{DESK}tables/{table.pk}/remove/",
            *(
                f"/desk/publications/paper/people/{stranger.pk}/{act}/"
                for act in ("role", "remove", "sign-out", "reset")
            ),
            "/desk/publications/paper/invitations/1/revoke/",
            "/desk/publications/other/people/invite/",
            "/desk/inquiries/x/settings/",
            f"{DESK}statements/99/words/",
            f"{DESK}tables/{10**20}/remove/",
        )
    ]

    assert (codes, everything_kept()) == ([302, *[404] * 8, 302], before)
