"""Files of a published report: made once, the same for everybody, and no door to what may not be seen."""

import pytest
from django.conf import settings

from apps.inquiries.models import ResultsShown, State
from apps.reports.documents.editions import make_due
from apps.reports.models import Document, FrozenReport
from tests.reports.documents.reading import words_of
from tests.reports.report.factories import a_crowd, published
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db
PLACE = "/q/one-founder-ai/report/1/"
FILES = PDF, SVG, PNG = f"{PLACE}report.pdf", f"{PLACE}chart/Q1.svg", f"{PLACE}chart/Q1.png"
NOT_THERE = [
    "/q/one-founder-ai/report/2/report.pdf",
    "/q/one-founder-ai/report/0/report.pdf",
    "/q/one-founder-ai/report/99999999999999999999/report.pdf",
    "/q/one-founder-ai/report/x/report.pdf",
    "/q/nothing/report/1/report.pdf",
    f"{PLACE}chart/Q99.svg",
    f"{PLACE}chart/Q1.gif",
    f"{PLACE}chart/../report.svg",
    f"{PLACE}chart/{'Q' * 200}.svg",
    "/q/one-founder-ai/report/999999999/chart/Q1.svg",
]


@pytest.fixture(scope="module")
def made(rows_of_the_module):
    inquiry = make_inquiry()
    a_crowd(inquiry)
    frozen = published(inquiry)
    make_due()
    return frozen


@pytest.fixture
def edition(made, db):
    return FrozenReport.objects.get(pk=made.pk)


@pytest.fixture
def inquiry(edition):
    return edition.inquiry


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_file_is_handed_out_in_the_wanted_language(client, edition, language):
    pages = {address: client.get(address, {"lang": language}) for address in FILES}

    said = {
        address: (page.status_code, page["Content-Type"], page["Content-Disposition"])
        for address, page in pages.items()
    }
    named = f'inline; filename="one-founder-ai-1-%s-{language}.%s"'
    assert said == {
        PDF: (200, "application/pdf", named % ("report", "pdf")),
        SVG: (200, "image/svg+xml", named % ("Q1", "svg")),
        PNG: (200, "image/png", named % ("Q1", "png")),
    }
    assert [page.content[:4] for page in pages.values()] == [b"%PDF", b"<svg", b"\x89PNG"]
    assert {page["X-Content-Type-Options"] for page in pages.values()} == {"nosniff"}
    assert {page["Cache-Control"] for page in pages.values()} == {"public, max-age=300"}


def test_the_pdf_names_its_place_and_the_hash_of_its_data(client, edition):
    words = words_of(client.get(PDF, {"lang": "en"}).content)

    assert f"{settings.SITE_URL}{PLACE}?lang=en" in words
    assert edition.sha256 in words


def test_whoever_has_a_file_already_gets_no_bytes(client, edition):
    for address in FILES:
        first = client.get(address)

        known = client.get(address, headers={"If-None-Match": first["ETag"]})
        head = client.head(address)

        assert (known.status_code, known.content) == (304, b"")
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


def test_what_is_not_there_is_not_found(client, edition):
    assert {address: client.get(address).status_code for address in NOT_THERE} == dict.fromkeys(NOT_THERE, 404)


def test_drafts_and_archived_inquiries_leak_no_file(client, edition, inquiry):
    for state in (State.DRAFT, State.ARCHIVED):
        inquiry.state = state
        inquiry.save()

        assert [client.get(address).status_code for address in FILES] == [404, 404, 404]


def test_what_is_an_election_again_has_no_files_before_it_closes(client, edition, inquiry):
    inquiry.results_shown = ResultsShown.AFTER_CLOSE
    inquiry.save()

    assert [client.get(address).status_code for address in FILES] == [404, 404, 404]


def test_files_are_made_once_and_stay_the_same_while_answers_go_on(client, edition, inquiry):
    before = set(Document.objects.values_list("pk", "sha256"))

    a_crowd(inquiry, 80)
    again = make_due()

    assert (again, set(Document.objects.values_list("pk", "sha256"))) == (0, before)


def test_a_file_costs_few_queries_whatever_is_in_it(client, edition, django_assert_max_num_queries):
    for address in FILES:
        client.get(address)

        with django_assert_max_num_queries(4):
            client.get(address)


def test_the_page_of_the_report_leads_to_the_pdf_and_says_how_it_is_shown_elsewhere(client, edition):
    page = client.get(PLACE, {"lang": "en"}).content.decode()

    assert f'<a href="{PDF}?lang=en">The whole report (PDF)</a>' in page
    assert f'<meta property="og:url" content="{settings.SITE_URL}{PLACE}?lang=en">' in page
