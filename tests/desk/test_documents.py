"""The report as files on the desk: made by the worker, handed out as they are, gone when nobody needs them."""

import re
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from apps.accounts.models import Role
from apps.common.punctuation import WORD_JOINER
from apps.common.snapshots import one_moment
from apps.reports.documents.asked import calculate
from apps.reports.models import Calculation, Document
from apps.reports.retention import purge_expired
from apps.reports.tasks import make_calculation
from tests.accounts.cast import member, publication, signed_in
from tests.reports.documents.reading import words_of
from tests.reports.report.factories import a_crowd
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db
PAGE = "/desk/inquiries/bridge/report/files/"
FILE = re.compile(r'href="(/desk/inquiries/bridge/report/files/\w+/[\w.-]+)"')


@pytest.fixture
def bridge():
    return make_inquiry("bridge", publication=publication())


@pytest.fixture
def desk():
    client = signed_in(member(Role.ANALYST))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def made(desk, **headers) -> str:
    """Asked for, made as the worker does, asked for again."""
    desk.get(PAGE)
    for asked in Calculation.objects.filter(kind="documents"):
        make_calculation(calculation_id=asked.pk)
    return desk.get(PAGE, headers=headers).content.decode()


def test_the_page_waits_for_the_worker_with_a_link_that_needs_no_script(desk, bridge):
    html = desk.get(PAGE).content.decode()

    assert "The files are being made. They appear here as soon as they are ready." in html
    assert f'<a href="{PAGE}">Look again</a>' in html
    assert set(Calculation.objects.values_list("kind", "parameters__language")) == {
        ("documents", "ja"),
        ("documents", "en"),
    }


def test_pdf_in_both_languages_and_every_picture_twice_are_handed_out(desk, bridge):
    a_crowd(bridge)

    html = made(desk)

    addresses = FILE.findall(html)
    files = {address.rpartition("/")[2]: desk.get(address) for address in addresses}
    assert "hx-trigger" not in html
    assert {file.status_code for file in files.values()} == {200}
    types = {name: file["Content-Type"] for name, file in files.items()}
    assert (types["report-ja.pdf"], types["report-en.pdf"]) == ("application/pdf",) * 2
    assert (types["Q1-en.svg"], types["Q1-en.png"]) == ("image/svg+xml", "image/png")
    assert len(files) == 2 + 2 * html.count("Alternative text")
    assert files["report-en.pdf"].content.startswith(b"%PDF-1.7")
    assert (files["Q1-en.png"].content[:4], files["Q1-en.svg"].content[:4]) == (b"\x89PNG", b"<svg")
    assert files["report-en.pdf"]["Content-Disposition"] == 'inline; filename="bridge-report-en.pdf"'
    assert {file["X-Content-Type-Options"] for file in files.values()} == {"nosniff"}


def test_the_pdf_says_what_the_page_says_in_its_language(desk, bridge):
    a_crowd(bridge)
    desk.get("/desk/inquiries/bridge/report/")
    make_calculation(calculation_id=Calculation.objects.get(kind="report").pk)

    html = made(desk)
    address = next(found for found in FILE.findall(html) if found.endswith("report-ja.pdf"))
    words = words_of(desk.get(address).content)

    page = desk.get("/desk/inquiries/bridge/report/?lang=ja").content.decode()
    findings = re.findall(r'<h3 class="finding"[^>]*>([^<]+)</h3>', page)
    assert len(findings) > 5
    # The page holds words and brackets together by a sign that nobody sees.
    assert [each for each in findings if "".join(each.replace(WORD_JOINER, "").split()) not in words] == []


def test_nothing_is_made_twice_while_nothing_changes(desk, bridge):
    a_crowd(bridge)
    made(desk)
    before = set(Document.objects.values_list("pk", flat=True))

    made(desk)

    assert set(Document.objects.values_list("pk", flat=True)) == before


def test_files_that_no_page_leads_to_go_when_newer_ones_are_made(desk, bridge, django_capture_on_commit_callbacks):
    a_crowd(bridge)
    made(desk)
    Document.objects.update(made_at=timezone.now() - timedelta(hours=1), report_sha256="0" * 64)

    Calculation.objects.filter(kind="documents").update(state="waiting")
    with django_capture_on_commit_callbacks(execute=True):
        made(desk)

    assert not Document.objects.filter(report_sha256="0" * 64).exists()


@pytest.mark.django_db(transaction=True)
def test_files_that_the_other_language_removes_meanwhile_are_in_nobodys_way(desk, bridge):
    a_crowd(bridge)
    made(desk)
    Document.objects.update(made_at=timezone.now() - timedelta(hours=1), report_sha256="0" * 64)

    with one_moment():
        assert Document.objects.exists()
        elsewhere(lambda: Document.objects.all().delete())
        calculate(bridge, {"language": "ja"})

    assert set(Document.objects.values_list("name", flat=True)) >= {"report-ja.pdf"}
    assert not Document.objects.filter(report_sha256="0" * 64).exists()


def elsewhere(act) -> None:
    """In a transaction of its own, beside this one."""

    def done() -> None:
        act()
        connection.close()

    other = Thread(target=done)
    other.start()
    other.join()


def test_after_a_day_the_files_are_gone_and_frozen_ones_stay(desk, bridge):
    a_crowd(bridge)
    made(desk)
    Document.objects.filter(name="report-ja.pdf").update(kept=True)

    purge_expired(timezone.now() + timedelta(days=1, minutes=5))

    assert list(Document.objects.values_list("name", flat=True)) == ["report-ja.pdf"]


@pytest.mark.parametrize("name", ["report-ja.pdf", "report-fr.pdf", "..%2Fsecret", "Q1-ja.svg%00"])
@pytest.mark.parametrize("key", ["0" * 64, "x"])
def test_what_was_never_made_is_not_found(desk, bridge, key, name):
    assert desk.get(f"{PAGE}{key}/{name}").status_code == 404


def test_files_of_one_inquiry_are_not_found_under_another(desk, bridge):
    a_crowd(bridge)
    make_inquiry("tunnel", publication=publication())
    address = FILE.findall(made(desk))[0]

    assert desk.get(address.replace("bridge", "tunnel")).status_code == 404


def test_whoever_has_a_file_already_gets_no_bytes(desk, bridge):
    a_crowd(bridge)
    address = FILE.findall(made(desk))[0]
    first = desk.get(address)

    again = desk.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert desk.head(address).content == b""


def test_without_answers_there_is_a_pdf_that_says_so(desk, bridge):
    html = made(desk)
    address = next(found for found in FILE.findall(html) if found.endswith("report-en.pdf"))

    assert "Nobodyhasansweredyet" in words_of(desk.get(address).content)


@pytest.mark.parametrize("crowd", [0, 30])
def test_the_page_costs_the_same_whether_few_or_many_have_answered(desk, bridge, crowd, django_assert_max_num_queries):
    a_crowd(bridge, crowd) if crowd else None
    made(desk)

    with django_assert_max_num_queries(22):
        desk.get(PAGE)
