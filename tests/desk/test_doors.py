"""Every address of the staff's side is tried by all of the cast; a new one fails until it is classified in doors.py."""

from http.cookies import SimpleCookie

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.actions import record_audit
from apps.accounts.models import Membership, Role, User
from apps.debates.models import Debate
from apps.inquiries.models import Inquiry
from apps.responses.models import VisitCount
from apps.surveys.models import SurveyVersion
from tests.accounts.cast import member, signed_in
from tests.debates.factories import make_statement
from tests.desk.doors import CLASSIFIED
from tests.desk.factories import make_epoch
from tests.desk.routes import staff_routes

CAST = ["anonymous", "unprotected", "outsider", "owner", "author", "moderator", "analyst", "operator"]


@pytest.fixture
def cast(inquiry: Inquiry) -> dict[str, User | None]:
    """Everyone works for the paper that asks, but for the outsider; the operator is an analyst there."""
    return {
        **{role.value: member(role) for role in Role},
        "operator": member(Role.ANALYST, named="operator", operator=True),
        "unprotected": member(Role.OWNER, named="unprotected", protected=False, operator=True),
        "outsider": member(Role.OWNER, of="other-paper"),
        "anonymous": None,
    }


@pytest.fixture
def objects(inquiry: Inquiry, cast: dict[str, User | None]) -> dict[str, int]:
    """One row of every list, and the passkey of somebody who is not of the cast."""
    version = SurveyVersion.objects.get(inquiry=inquiry)
    hour = {"hour": timezone.now(), "screen": "cover", "device": "phone", "language": "ja", "visits": 1}
    made = {
        "accounts/auditentry": record_audit(action="tried"),
        "accounts/membership": Membership.objects.get(user=cast["author"]),
        "accounts/publication": inquiry.publication,
        "accounts/user": cast["author"],
        "inquiries/inquiry": inquiry,
        "reports/resultepoch": make_epoch(inquiry, version),
        "responses/visitcount": VisitCount.objects.create(inquiry=inquiry, **hour),
        "surveys/surveyversion": version,
    }
    make_statement(Debate.objects.create(inquiry=inquiry), 1, origin="reader", state="waiting", held=["phone"])
    holder = User.objects.create_user("holder@paper.example")
    key = Authenticator.objects.create(user=holder, type="webauthn", data={"name": "Phone", "credential": {}})
    return {place: row.pk for place, row in made.items()} | {"key": key.pk}


def address(route: str, objects: dict[str, int]) -> str:
    place = "/".join(route.removeprefix("admin/").split("/")[:2])
    names = {
        "<slug:slug>": "bridge",
        "<slug:question>": "Q3",
        "<slug:publication>": "paper",
        "people/<int:number>": f"people/{objects['accounts/membership']}",
        "<str:secret>": "guessed",
        "<slug:key>/<str:name>": "none/report-ja.pdf",
        "<str:question>": "Q1",
        "<int:pk>": str(objects["key"]),
        "<int:number>": "1",
        "<path:content_type_id>/<path:object_id>": "1/1",
        "<path:object_id>": str(objects.get(place, "")),
        "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)": "1-guessed",
        "(?P<app_label>accounts|inquiries|surveys|responses|reports)": "accounts",
        "(?P<url>.*)": "nowhere/",
    }
    for pattern, value in names.items():
        route = route.replace(pattern, value)
    return f"/{route}"


def outcome(response: HttpResponse) -> str:
    """What happened, in a word."""
    where = response.headers.get("Location", "")
    if where.startswith(reverse("account_login")):
        return "sign in"
    if where.startswith(reverse("admin:login")):
        return "admin door"
    if where == reverse("mfa_index"):
        return "second factor"
    words = {200: "shown", 204: "done", 301: "done", 302: "done", 403: "refused", 404: "not found"}
    return {**words, 405: "other method", 410: "gone"}.get(response.status_code, str(response.status_code))


def test_every_staff_address_is_classified():
    assert staff_routes() == sorted(CLASSIFIED)


@pytest.mark.parametrize("person", CAST)
def test_doors_open_only_to_whom_they_should(person, cast, objects):
    session = signed_in(cast[person]).cookies if cast[person] else {}
    wrong = {}
    for route, expected in CLASSIFIED.items():
        for method in ("GET", "POST"):
            found = tried(session, method, address(route, objects))
            if found not in expected(person, method).split(" or "):
                wrong[route, method] = (expected(person, method), found)

    assert wrong == {}


def tried(session: SimpleCookie | dict[str, str], method: str, path: str) -> str:
    """What comes of it; whatever it changed is taken back."""
    client = Client()
    client.cookies.update(session)
    with transaction.atomic():
        found = outcome(client.generic(method, path))
        transaction.set_rollback(True)
    return found
