"""Any two answers against each other, on the desk: chosen, waited for, read, taken along, put into the report."""

import csv
import io
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import AuditEntry, Role
from apps.inquiries.models import Inquiry
from apps.reports.models import Calculation, ReportTable
from apps.reports.tasks import make_calculation
from tests.accounts.cast import member, publication, signed_in
from tests.reports.factories import answer_as, make_inquiry_of_every_kind
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

PAGE = "/desk/inquiries/bridge/tables/"
TWO = f"{PAGE}?rows=Q4&columns=Q1"


@pytest.fixture
def bridge() -> Inquiry:
    return make_inquiry("bridge", publication=publication())


@pytest.fixture
def desk():
    return staff(Role.ANALYST)


def staff(role, language="en"):
    client = signed_in(member(role))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    return client


def crowd(inquiry, readers=72):
    """Half say 5 and half 1 to the first question; the first half mostly 4, the second mostly 2 to the fourth."""
    for reader in range(readers):
        first = 5 if reader % 2 else 1
        likely = reader % 3 > 0
        answer_as(inquiry, reader, {"Q1": first, "Q4": (4 if likely else 2) if first == 5 else (2 if likely else 4)})


def counted(client, address=TWO) -> str:
    Calculation.objects.update(took_ms=0)
    client.get(address)
    for waiting in Calculation.objects.filter(state="waiting"):
        make_calculation(waiting.pk)
    return unescape(client.get(address).content.decode())


def test_nothing_chosen_asks_nothing_and_says_what_can_be_chosen(desk, bridge):
    page = unescape(desk.get(PAGE).content.decode())

    assert not Calculation.objects.exists()
    assert '<option value="Q2.a">Q2 Hope or excitement (How strongly do you feel each of the follow…)</option>' in page
    assert '<input type="checkbox" name="only:B1:6" value="1"><span>70 or over</span>' in page
    assert "only:Q9:1" not in page
    assert '<option value="Q3">' not in page


def test_a_table_is_waited_for_and_then_read(desk, bridge):
    crowd(bridge)

    waiting = desk.get(TWO).content.decode()
    page = counted(desk)

    assert 'hx-trigger="every 1s"' in waiting
    assert "every 1s" not in page
    assert "A moderate connection (V = 0.31)" in page
    assert "χ² = 8, df = 1: p = 0.0047" in page
    assert "n=36" in page
    assert "1 table has been looked at within a day." in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("rows=Q3&columns=Q1", "“Q3” cannot be crossed"),
        ("rows=&columns=", "Please choose a question for the rows and one for the columns."),
        ("rows=Q1&columns=", "Please choose a question for the rows and one for the columns."),
        ("rows=Q1&columns=Q1", "stands on both sides"),
        ("rows=Q1&columns=Q9", "has several answers to a reader"),
        ("rows=Q1&columns=B1&only:B2:77=1", "names an answer that does not exist"),
        ("rows=Q1&columns=B1&only:Q1:5=1", "is in the table already"),
        ("rows=Q1&columns=B1&only:Q3:x=1", "“Q3” cannot be crossed"),
        ("rows=%00&columns=B1", "cannot be crossed"),
        (f"rows={'Q' * 10_000}&columns=B1", "cannot be crossed"),
        ("only:B1:1=1", "Please choose a question for the rows"),
    ],
)
def test_what_is_no_field_is_named_in_place_and_nothing_is_counted(desk, bridge, query, sentence):
    response = desk.get(f"{PAGE}?{query}")

    assert response.status_code in (400, 414)
    if response.status_code == 400 and "%00" not in query:
        assert sentence in unescape(response.content.decode())
    assert not Calculation.objects.exists()


def test_asked_for_in_place_a_refusal_comes_in_place(desk, bridge):
    response = desk.get(f"{PAGE}?rows=Q1&columns=Q1", headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert response.content.decode().lstrip().startswith('<div id="table">')
    assert "stands on both sides" in unescape(response.content.decode())


def test_too_few_readers_are_told_why_there_is_no_table(desk, bridge):
    answer_as(bridge, 1, {"Q1": 5, "Q4": 3})

    assert "A table is shown from 10 answers on; fewer could tell who gave which." in counted(desk)


def test_filters_are_chips_that_can_be_taken_away(desk, bridge):
    crowd(bridge)

    page = counted(desk, f"{TWO}&only:device:phone=1&only:language:ja=1")

    assert 'href="?rows=Q4&columns=Q1&only:language:ja=1"' in page
    assert "These filters leave out fewer than 10 readers." in page


def test_the_file_holds_the_same_numbers_as_the_page(desk, bridge):
    crowd(bridge)
    page = counted(desk)

    file = desk.get(f"{PAGE}file/?rows=Q4&columns=Q1")

    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert file.headers["Content-Disposition"] == 'attachment; filename="bridge-Q4-Q1.csv"'
    assert lines[1][:7] == ["4", "More of a plus", "5", "Desirable", "24", "67%", "67%"]
    cells = [line[4:6] for line in lines[1:] if line[0] in ("4", "2")]
    assert cells == [["24", "67%"], ["12", "33%"], ["36", "50%"], ["12", "33%"], ["24", "67%"], ["36", "50%"]]
    for count, share in cells:
        assert f"<b>{share}</b>" in page
        assert f"<small>{count}</small>" in page


def test_a_file_of_a_table_that_is_not_counted_leads_to_the_page(desk, bridge):
    response = desk.get(f"{PAGE}file/?rows=Q4&columns=Q1")

    assert (response.status_code, response.headers["Location"]) == (302, TWO)


def test_an_editor_puts_a_table_into_the_report_and_takes_it_out_again(bridge):
    author = staff(Role.AUTHOR)

    for _press in range(2):
        author.post(f"{PAGE}add/", {"rows": "Q4", "columns": "Q1"})
    table = ReportTable.objects.get()
    page = unescape(author.get(PAGE).content.decode())
    for _press in range(2):
        author.post(f"{PAGE}{table.pk}/remove/")

    assert (table.rows, table.columns) == ("Q4", "Q1")
    assert 'href="?rows=Q4&columns=Q1"' in page
    assert not ReportTable.objects.exists()
    assert list(
        AuditEntry.objects.filter(action__startswith="report.").order_by("pk").values_list("action", "target", "detail")
    ) == [
        ("report.table_added", "bridge", {"rows": "Q4", "columns": "Q1"}),
        ("report.table_removed", "bridge", {"rows": "Q4", "columns": "Q1"}),
    ]


def test_the_page_says_which_chosen_table_the_report_left_out(desk, bridge):
    crowd(bridge)
    for columns in ("Q1", "B1"):
        ReportTable.objects.create(inquiry=bridge, rows="Q4", columns=columns)
    left_out = [{"rows": "Q4", "columns": "Q1", "beside": ["Q4", "B1"]}]
    Calculation.objects.create(
        inquiry=bridge,
        kind="report",
        state="ready",
        content={"parts": {"tables": {"tables": [], "left_out": left_out}}},
    )

    author = staff(Role.AUTHOR)

    assert "This table was chosen for the report. “Q4" in counted(author)
    assert counted(desk, PAGE).count("would tell numbers that are withheld") == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"rows": "Q4", "columns": "Q1", "only:B1:1": "1"}, "A table with filters stays on the desk"),
        ({"rows": "Q3", "columns": "Q1"}, "“Q3” cannot be crossed"),
        ({}, "Please choose two questions first."),
    ],
)
def test_what_cannot_go_into_the_report_does_not(bridge, given, sentence):
    page = staff(Role.AUTHOR).post(f"{PAGE}add/", given, follow=True)

    assert sentence in unescape(page.content.decode())
    assert not ReportTable.objects.exists()


def test_of_another_papers_report_nothing_can_be_taken_out(bridge):
    table = ReportTable.objects.create(inquiry=make_inquiry("tunnel"), rows="Q4", columns="Q1")

    staff(Role.AUTHOR).post(f"{PAGE}{table.pk}/remove/")

    assert ReportTable.objects.filter(pk=table.pk).exists()


def test_an_inquiry_without_questions_says_so(desk):
    Inquiry.objects.create(slug="bridge", title={"en": "Bridge"}, publication=publication())

    assert "there is nothing to cross" in desk.get(PAGE).content.decode()


def test_queries_do_not_grow_with_answers_or_tables(desk, bridge):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            desk.get(TWO)
        return len(captured)

    crowd(bridge, 12)
    counted(desk)
    ReportTable.objects.create(inquiry=bridge, rows="Q1", columns="B1")
    few = queries()
    for number in range(100, 130):
        answer_as(bridge, number, {"Q1": 5, "Q4": 3})
    for columns in ("B2", "B3", "device"):
        ReportTable.objects.create(inquiry=bridge, rows="Q1", columns=columns)
    counted(desk)

    assert queries() == few


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_pair_of_fields_has_a_page(language):
    inquiry = make_inquiry_of_every_kind("bridge")
    inquiry.publication = publication()
    inquiry.save()
    for reader in range(14):
        answer_as(
            inquiry,
            reader,
            {"Q1": 1 + reader % 5, "Q9": [1 + reader % 3], "M": [1, 2][: 1 + reader % 2], "S": reader % 11, "B1": 1},
        )
    client = staff(Role.OWNER, language)
    for rows in ("Q1", "Q2.a", "Q9", "Q9.1", "M", "S", "device", "week"):
        for columns in ("B1", "S", "language"):
            if rows != columns:
                assert "<table" in counted(client, f"{PAGE}?rows={rows}&columns={columns}")
