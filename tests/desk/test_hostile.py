"""Every page of the staff's side, of an inquiry in each odd state: never a fault of ours, and whole sentences."""

import pytest
from django.test import Client

from apps.accounts.models import Role
from apps.inquiries.models import Inquiry
from apps.reports.models import Calculation
from apps.reports.tasks import make_calculation
from tests.accounts.cast import member
from tests.desk.odd import ODD, counted_and_frozen, filled, rubbish, there
from tests.desk.routes import staff_routes
from tests.desk.texts import reader_of_texts

pytestmark = pytest.mark.django_db
NOT_OURS = ("accounts/", "admin/", "desk/setup/", "desk/invitation/")
CHOSEN = ["tables/?rows=Q1&columns=Q4", "tables/?rows=B1&columns=Q2.a", "quotes/?question=Q3"]
ROUTES = [
    *(route for route in staff_routes() if not route.startswith(NOT_OURS)),
    *(f"desk/inquiries/<slug:slug>/{chosen}" for chosen in CHOSEN),
]
PICTURED = ("every kind", "retired option", "one answer")  # whose report is drawn; tests of documents draw others
EXPECTED = {200, 302, 404, 405}


def owner_of(inquiry: Inquiry) -> Client:
    """Somebody who has confirmed that it is them, and said what for they read."""
    client = reader_of_texts(member(Role.OWNER))
    client.raise_request_exception = False
    return client


def strange() -> dict[str, list[str]]:
    names = ["%00", "Q99", "長い", "..", "Q1%0A", "a" * 500, "%ED%A0%80"]
    numbers = ["0", "2", "99", "-1", "１", str(10**20)]
    return {
        "<slug:slug>": ["bridge"],
        "<slug:publication>": ["paper"],
        "<slug:key>/<str:name>": ["none/report-ja.pdf", "none/..", "a/%00", f"{'a' * 500}/x"],
        "<slug:question>": [*names, "Q1"],
        "<str:question>": [*names, "consent"],
        "<int:number>": numbers,
    }


def faults(client: Client, address: str, language: str) -> list[object]:
    page = client.get(address, headers={"Accept-Language": language})
    if page.status_code not in EXPECTED:
        return [page.status_code, repr(page.exc_info[1] if page.exc_info else "")[:300]]
    return rubbish(page.content.decode()) if page["Content-Type"].startswith("text/html") else []


def walked(client: Client, objects: dict[str, list[str]], *languages: str) -> dict[tuple[str, str], list[object]]:
    found = {
        (address, language): faults(client, address, language)
        for route in ROUTES
        for address in filled(route, objects)
        for language in languages
    }
    return {place: wrong for place, wrong in found.items() if wrong}


@pytest.mark.slow
@pytest.mark.parametrize("state", list(ODD))
def test_every_page_is_shown_while_it_is_counted_and_when_it_is(state):
    desk = owner_of(counted_and_frozen(ODD[state]()))

    languages = ("ja", "en") if list(ODD).index(state) % 2 else ("en", "ja")
    waiting = walked(desk, there(), languages[0])
    for calculation in Calculation.objects.exclude(kind="" if state in PICTURED else "documents"):
        make_calculation(calculation_id=calculation.pk)
    ready = walked(desk, there(), languages[1])

    failed = Calculation.objects.filter(state="failed").values_list("kind", flat=True)
    assert (waiting, ready, list(failed)) == ({}, {}, [])


def test_no_address_breaks_a_page():
    desk = owner_of(counted_and_frozen(ODD["two versions"]()))

    assert walked(desk, strange(), "en") == {}


@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "x" * 3_000, str(10**20), "-1"], ids=lambda value: value[:10])
def test_no_query_breaks_a_page(value):
    desk = owner_of(ODD["one answer"]())
    names = "after at for language next question saved settled state text width reader screen page rows columns lang"
    query = "&".join(f"{name}={value}" for name in names.split())
    routes = [route for route in ROUTES if "?" not in route]

    pages = {f"{filled(route, there())[0]}?{query}" for route in routes}
    found = {page: desk.get(page) for page in pages}

    assert {page: repr(answer.exc_info) for page, answer in found.items() if answer.status_code >= 500} == {}


def test_rubbish_is_seen_where_it_is():
    seen = ["{name}", "of None", "&lt;a.b object at 1&gt;", "%(name)s", "nan%", "{% if %}", "&lbrace;&lbrace;"]
    fine = ["<b title='None'>None of it</b>", "None. Nothing", "<script>{{x}}</script>", "50%", "<code>{a}</code>"]

    assert [bool(rubbish(html)) for html in seen] == [True] * len(seen)
    assert [rubbish(html) for html in fine] == [[]] * len(fine)
