"""Every address of the staff's side is tried by all of the cast; a new one fails until it is classified here."""

from collections.abc import Callable
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
from tests.desk.factories import make_epoch
from tests.desk.routes import staff_routes

CAST = ["anonymous", "unprotected", "outsider", "owner", "author", "moderator", "analyst", "operator"]

Expected = Callable[[str, str], str]


def staff_page(person: str, method: str) -> str:
    """The list: whoever has a role sees their own; it is only looked at."""
    if method == "POST":
        return "other method"
    return {"anonymous": "sign in", "unprotected": "second factor"}.get(person, "shown")


def page_of_one_inquiry(person: str, method: str) -> str:
    if person == "outsider" and method == "GET":
        return "not found"
    return staff_page(person, method)


def change_of_one_inquiry(person: str, method: str) -> str:
    if method == "GET":
        return "other method"
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    return outcomes.get(person, "done" if person in ("owner", "author") else "refused")


def review_of_one_inquiry(moderators: str) -> Expected:
    """Only moderators, authors and owners decide; analysts look."""

    def expected(person: str, method: str) -> str:
        found = change_of_one_inquiry(person, method)
        return moderators if found == "done" or (person, method) == ("moderator", "POST") else found

    return expected


def page_of_the_owners(person: str, method: str) -> str:
    """People and audit log: owners only; for the others of the paper it is closed, for strangers not there."""
    if method == "POST":
        return "other method"
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    return outcomes.get(person, "shown" if person == "owner" else "refused")


def act_of_an_owner(person: str, method: str) -> str:
    """Done means: sent on to confirm by password or code, which nobody of the cast has done."""
    if method == "GET":
        return "other method"
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    return outcomes.get(person, "done" if person == "owner" else "refused")


def exports_of_one_inquiry(person: str, method: str) -> str:
    """Owners, authors and analysts; whoever sends the form is asked to confirm first."""
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "moderator": "refused"}
    if person == "outsider" and method == "GET":
        return "not found"
    return outcomes.get(person, "done or confirm" if method == "POST" else "shown")


def page_of_those_who_export(person: str, method: str) -> str:
    """Owners, authors and analysts look; moderators decide without votes, and are not shown any."""
    if method == "POST":
        return "other method"
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "moderator": "refused", "outsider": "not found"}
    return outcomes.get(person, "shown")


def file_of_somebody_else(person: str, method: str) -> str:
    if method == "POST":
        return "other method"
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "moderator": "refused"}
    return outcomes.get(person, "not found")


def form_of_one_inquiry(person: str, method: str) -> str:
    """Owners and authors look and send; an empty form is refused in place, or changes nothing."""
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    sent = "422" if method == "POST" else "shown"
    return outcomes.get(person, sent if person in ("owner", "author") else "refused")


def article_of_one_inquiry(person: str, method: str) -> str:
    """Sent without anything that tells what its page showed, it is late."""
    found = form_of_one_inquiry(person, method)
    return "409" if found == "422" else found


def statements_of_the_editors(person: str, method: str) -> str:
    """Sent without a button, nothing is done, and the page is shown again."""
    found = form_of_one_inquiry(person, method)
    return "done" if found == "422" else found


def screen_of_the_preview(person: str, method: str) -> str:
    """Whatever is sent to it, it shows a screen and keeps nothing."""
    found = form_of_one_inquiry(person, method)
    return "shown" if found == "422" else found


def editors_page(person: str, method: str) -> str:
    return form_of_one_inquiry(person, method) if method == "GET" else "other method"


def reads_of_one_inquiry(person: str, method: str) -> str:
    """Whoever reads says first what for, and that it is them; a press without that is refused."""
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    return outcomes.get(person, "refused" if method == "POST" else "shown")


def beginning_to_read(person: str, method: str) -> str:
    """Done means: sent on to confirm by password or code. Who may read is asked after that, of strangers as well."""
    if method == "GET":
        return "other method"
    return {"anonymous": "sign in", "unprotected": "second factor"}.get(person, "done")


def code_book_of_one_inquiry(person: str, method: str) -> str:
    """Everybody looks; owners, authors and analysts begin and change it."""
    outcomes = {"anonymous": "sign in", "unprotected": "second factor", "outsider": "not found"}
    if method == "POST":
        outcomes["moderator"] = "refused"
    return outcomes.get(person, "done" if method == "POST" else "shown")


def code_book_not_begun(person: str, method: str) -> str:
    if method == "POST":
        return "other method"
    return {"anonymous": "sign in", "unprotected": "second factor"}.get(person, "not found")


def tables_not_chosen(person: str, method: str) -> str:
    """Done means: sent to the page, where a table is chosen."""
    found = page_of_those_who_export(person, method)
    return "done" if found == "shown" else found


def weights_of_one_inquiry(person: str, method: str) -> str:
    """Owners, authors and analysts look and send; an empty form is refused in place."""
    found = page_of_those_who_export(person, "GET")
    return "422" if (found, method) == ("shown", "POST") else found


def weights_dropped(person: str, method: str) -> str:
    if method == "GET":
        return "other method"
    found = page_of_those_who_export(person, "GET")
    return "done" if found == "shown" else found


def spent_link(person: str, method: str) -> str:
    return "gone"


def entrance(person: str, method: str) -> str:
    """Pages of signing in: open to all; they send away whoever is in already."""
    return "shown or done or sign in"


def entrance_sign(person: str, method: str) -> str:
    return "shown" if method == "GET" else "other method"


def own_account(person: str, method: str) -> str:
    return "sign in" if person == "anonymous" else "shown or done"


def own_account_look(person: str, method: str) -> str:
    """Nothing to send here; whoever has no such thing finds nothing."""
    if person == "anonymous":
        return "sign in"
    return "not found or other method or done" if method == "POST" else "shown or done or not found"


def own_app(person: str, method: str) -> str:
    """The form to remove an authenticator app: it asks to confirm first, and is not there without an app."""
    return {"anonymous": "sign in", "unprotected": "not found"}.get(person, "done")


def second_step(person: str, method: str) -> str:
    """Nobody of the cast is between the two steps."""
    return "sign in" if person == "anonymous" else "done"


def own_key(person: str, method: str) -> str:
    """Somebody else's key: whoever has a second factor is asked to confirm first, the others do not find it."""
    return {"anonymous": "sign in", "unprotected": "not found"}.get(person, "done")


def operators(get: str, post: str) -> Expected:
    def expected(person: str, method: str) -> str:
        return "admin door" if person != "operator" else get if method == "GET" else post

    return expected


def admin_door(person: str, method: str) -> str:
    if person == "operator":
        return "done"
    return {"anonymous": "sign in", "unprotected": "second factor"}.get(person, "refused")


def admin_exit(person: str, method: str) -> str:
    return "sign in" if person == "operator" else "done"


LOOK = {
    "": operators("shown", "shown or refused"),
    "<path:object_id>/": operators("done", "done"),
    "<path:object_id>/change/": operators("shown", "refused"),
    "<path:object_id>/delete/": operators("refused", "refused"),
    "<path:object_id>/history/": operators("shown", "shown"),
    "add/": operators("refused", "refused"),
}
CHANGE = {"<path:object_id>/change/": operators("shown", "shown")}
ADD = {"add/": operators("shown", "shown")}
DELETE = {"<path:object_id>/delete/": operators("shown", "shown")}
LISTS = {
    "accounts/auditentry": LOOK,
    "accounts/membership": LOOK | CHANGE | ADD | DELETE,
    "accounts/publication": LOOK | CHANGE,
    "accounts/user": LOOK | CHANGE | ADD,
    "inquiries/inquiry": LOOK,
    "reports/resultepoch": LOOK,
    "responses/response": {"": operators("shown", "shown")},
    "responses/visitcount": LOOK,
    "surveys/surveyversion": LOOK,
}
CLASSIFIED: dict[str, Expected] = {
    "desk/": staff_page,
    "desk/inquiries/<slug:slug>/": page_of_one_inquiry,
    "desk/inquiries/<slug:slug>/open/": change_of_one_inquiry,
    "desk/inquiries/<slug:slug>/close/": change_of_one_inquiry,
    "desk/inquiries/<slug:slug>/compare/": change_of_one_inquiry,
    "desk/inquiries/<slug:slug>/edit/": editors_page,
    "desk/inquiries/<slug:slug>/article/": article_of_one_inquiry,
    "desk/inquiries/<slug:slug>/items/": article_of_one_inquiry,
    "desk/inquiries/<slug:slug>/items/new/": form_of_one_inquiry,
    "desk/inquiries/<slug:slug>/items/<str:question>/": article_of_one_inquiry,
    "desk/inquiries/<slug:slug>/seeds/": statements_of_the_editors,
    "desk/inquiries/<slug:slug>/preview/": editors_page,
    "desk/inquiries/<slug:slug>/preview/screen/": screen_of_the_preview,
    "desk/inquiries/<slug:slug>/settings/": form_of_one_inquiry,
    "desk/inquiries/<slug:slug>/publish/": form_of_one_inquiry,
    "desk/inquiries/<slug:slug>/versions/<int:number>/": editors_page,
    "desk/inquiries/<slug:slug>/discard/": change_of_one_inquiry,
    "desk/inquiries/<slug:slug>/archive/": change_of_one_inquiry,
    "desk/inquiries/<slug:slug>/restore/": change_of_one_inquiry,
    "desk/inquiries/<slug:slug>/delete/": change_of_one_inquiry,
    "desk/publications/<slug:publication>/new/": form_of_one_inquiry,
    "desk/inquiries/<slug:slug>/report/": page_of_those_who_export,
    "desk/inquiries/<slug:slug>/report/method/": form_of_one_inquiry,
    "desk/inquiries/<slug:slug>/report/publish/": form_of_one_inquiry,
    "desk/inquiries/<slug:slug>/share/": page_of_one_inquiry,
    "desk/inquiries/<slug:slug>/embedding/": page_of_one_inquiry,
    "desk/inquiries/<slug:slug>/report/files/": page_of_those_who_export,
    "desk/inquiries/<slug:slug>/report/files/<slug:key>/<str:name>": file_of_somebody_else,
    "desk/inquiries/<slug:slug>/exports/": exports_of_one_inquiry,
    "desk/inquiries/<slug:slug>/exports/<int:number>/": file_of_somebody_else,
    "desk/inquiries/<slug:slug>/tables/": page_of_those_who_export,
    "desk/inquiries/<slug:slug>/tables/file/": tables_not_chosen,
    "desk/inquiries/<slug:slug>/tables/add/": change_of_one_inquiry,
    "desk/inquiries/<slug:slug>/tables/<int:number>/remove/": change_of_one_inquiry,
    "desk/inquiries/<slug:slug>/weights/": weights_of_one_inquiry,
    "desk/inquiries/<slug:slug>/weights/drop/": weights_dropped,
    "desk/inquiries/<slug:slug>/texts/": page_of_one_inquiry,
    "desk/inquiries/<slug:slug>/texts/read/": beginning_to_read,
    "desk/inquiries/<slug:slug>/quotes/": page_of_one_inquiry,
    "desk/inquiries/<slug:slug>/quotes/decide/": review_of_one_inquiry("refused"),
    "desk/inquiries/<slug:slug>/coding/": page_of_one_inquiry,
    "desk/inquiries/<slug:slug>/coding/<slug:question>/book/": code_book_of_one_inquiry,
    "desk/inquiries/<slug:slug>/coding/<slug:question>/book/file/": code_book_not_begun,
    "desk/inquiries/<slug:slug>/coding/<slug:question>/code/": reads_of_one_inquiry,
    "desk/inquiries/<slug:slug>/coding/<slug:question>/compare/": reads_of_one_inquiry,
    "desk/inquiries/<slug:slug>/statements/": page_of_one_inquiry,
    "desk/inquiries/<slug:slug>/statements/review/": review_of_one_inquiry("422"),
    "desk/inquiries/<slug:slug>/statements/<int:number>/words/": review_of_one_inquiry("shown"),
    "desk/invitation/<str:secret>/": spent_link,
    "desk/publications/<slug:publication>/people/": page_of_the_owners,
    "desk/publications/<slug:publication>/people/<int:number>/": page_of_the_owners,
    "desk/publications/<slug:publication>/people/invite/": act_of_an_owner,
    "desk/publications/<slug:publication>/people/<int:number>/role/": act_of_an_owner,
    "desk/publications/<slug:publication>/people/<int:number>/remove/": act_of_an_owner,
    "desk/publications/<slug:publication>/people/<int:number>/sign-out/": act_of_an_owner,
    "desk/publications/<slug:publication>/people/<int:number>/reset/": act_of_an_owner,
    "desk/publications/<slug:publication>/invitations/<int:number>/renew/": act_of_an_owner,
    "desk/publications/<slug:publication>/invitations/<int:number>/revoke/": act_of_an_owner,
    "desk/publications/<slug:publication>/audit/": page_of_the_owners,
    "desk/publications/<slug:publication>/audit/file/": act_of_an_owner,
    "desk/setup/<str:secret>/": spent_link,
    "accounts/inactive/": entrance_sign,
    "accounts/login/": entrance,
    "accounts/logout/": entrance,
    "accounts/password/reset/": entrance,
    "accounts/password/reset/done/": entrance_sign,
    "accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/": entrance,
    "accounts/password/reset/key/done/": entrance_sign,
    "accounts/second-factor/webauthn/login/": entrance,
    "accounts/second-factor/authenticate/": second_step,
    "accounts/password/change/": own_account,
    "accounts/password/set/": own_account,
    "accounts/reauthenticate/": own_account,
    "accounts/second-factor/": own_account_look,
    "accounts/second-factor/reauthenticate/": own_account,
    "accounts/second-factor/recovery-codes/": own_account_look,
    "accounts/second-factor/recovery-codes/download/": own_account_look,
    "accounts/second-factor/recovery-codes/generate/": own_account,
    "accounts/second-factor/totp/activate/": own_account,
    "accounts/second-factor/totp/deactivate/": own_app,
    "accounts/second-factor/webauthn/": own_account_look,
    "accounts/second-factor/webauthn/add/": own_account,
    "accounts/second-factor/webauthn/keys/<int:pk>/edit/": own_key,
    "accounts/second-factor/webauthn/keys/<int:pk>/remove/": own_key,
    "accounts/second-factor/webauthn/reauthenticate/": own_account,
    "accounts/sessions/": own_account,
    "admin/": operators("shown", "shown"),
    "admin/(?P<app_label>accounts|inquiries|surveys|responses|reports)/": operators("shown", "shown"),
    "admin/(?P<url>.*)": operators("not found", "not found"),
    "admin/autocomplete/": operators("refused", "other method"),
    "admin/jsi18n/": operators("shown", "other method"),
    "admin/login/": admin_door,
    "admin/logout/": admin_exit,
    "admin/password_change/": operators("done", "done"),
    "admin/password_change/done/": operators("done", "done"),
    "admin/r/<path:content_type_id>/<path:object_id>/": operators("not found", "not found"),
    **{f"admin/{place}/{rest}": expected for place, rests in LISTS.items() for rest, expected in rests.items()},
}


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
