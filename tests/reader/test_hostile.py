"""Every public page of an inquiry in each odd state: never a fault of ours, whole sentences, and nothing of a draft."""

import pytest
from django.test import Client
from django.utils import timezone

from apps.inquiries.models import Inquiry, State
from apps.reader.urls import beside, of_the_site, way
from apps.reports.cards.keeping import draw_due
from apps.reports.documents.editions import make_due
from tests.desk.odd import ODD, counted_and_frozen, rubbish

pytestmark = pytest.mark.django_db
PLACE = "/q/bridge/"
FILES = ["report/1/report.pdf", "report/1/chart/Q1.svg", "report/1/chart/Q1.png", "report/1/chart/map.svg"]
OF_THE_INQUIRY = [
    *(str(each.pattern) for each in way),
    *(str(each.pattern).replace("<int:number>", "1") for each in beside if "report.pdf" not in str(each.pattern)),
    *FILES,
]
PAGES = [
    *(PLACE + each for each in OF_THE_INQUIRY if not each.startswith("^")),
    *(f"/{each.pattern}" for each in of_the_site),
    *(f"/embed/bridge/{each.pattern}" for each in way),
    f"{PLACE}report/1/?intervals=1",
    "/oembed?url=http://testserver/q/bridge/",
]
ODD_QUERIES = [
    "lang=xx",
    "lang=%ED%A0%80",
    "url=%00",
    "url=http://[",
    "size=-1",
    "size=" + "9" * 5_000,
    "url=http:///q/",
]
ODD_NUMBERS = ["0", "2", "-1", "１", str(10**20), "1.0", "%00"]


def faults(client: Client, address: str, language: str) -> list[object]:
    page = client.get(address, headers={"Accept-Language": language})
    if page.status_code == 503 and "Retry-After" in page:  # a file that is being made
        return []
    if page.status_code >= 500:
        return [page.status_code, repr(page.exc_info[1] if page.exc_info else "")[:300]]
    return rubbish(page.content.decode()) if page["Content-Type"].startswith("text/html") else []


def walked(addresses: list[str], *languages: str) -> dict[tuple[str, str], list[object]]:
    client = Client(raise_request_exception=False)
    found = {(address, code): faults(client, address, code) for address in addresses for code in languages}
    return {place: wrong for place, wrong in found.items() if wrong}


def ready(state: str) -> Inquiry:
    return counted_and_frozen(ODD[state]())


@pytest.mark.parametrize("state", list(ODD))
def test_every_public_page_is_shown(state):
    inquiry = ready(state)

    before = walked(PAGES, "ja")
    draw_due(timezone.now())
    after = walked(PAGES, "en")

    assert (before, after) == ({}, {})
    seen = {Client().get(PLACE + page).status_code for page in ("", "report/1/", "card.png", "qr.svg", *FILES)}
    assert seen == {404} or inquiry.state in (State.OPEN, State.CLOSED)


@pytest.mark.parametrize("state", ["without answers", "one answer", "all blank", "retired option", "every kind"])
def test_files_of_a_report_are_made_whatever_is_in_it(state):
    ready(state)

    make_due()

    pages = {language: Client().get(f"{PLACE}report/1/report.pdf", {"lang": language}) for language in ("ja", "en")}
    assert {language: (page.status_code, page.content[:4]) for language, page in pages.items()} == {
        "ja": (200, b"%PDF"),
        "en": (200, b"%PDF"),
    }


def test_no_address_breaks_a_public_page():
    ready("two versions")

    assert walked([f"{page.partition('?')[0]}?{query}" for page in PAGES for query in ODD_QUERIES], "en") == {}
    assert (
        walked([f"{PLACE}report/{number}/{rest}" for number in ODD_NUMBERS for rest in ("", "report.pdf")], "en") == {}
    )
    assert walked([f"{PLACE}report/1/chart/{name}.svg" for name in ("%00", "Q99", "..", "a" * 60, "Q1.Q1")], "en") == {}
