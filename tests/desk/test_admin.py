"""The operators' admin: lists to look at, with equal cost and equal counts, and few things that can be changed."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.actions import LastOwnerError, change_user, record_audit
from apps.accounts.models import AuditEntry, Membership, Publication, Role, User
from apps.accounts.words import AUDITED
from apps.common.operators import OperatorsAdmin
from apps.inquiries.models import Inquiry
from apps.surveys.actions import publish_version
from apps.surveys.models import SurveyVersion
from tests.accounts.cast import came_in, member, publication, signed_in
from tests.desk.factories import COMPLETE, answer, make_epoch, visits
from tests.responses.factories import built_in_document

pytestmark = pytest.mark.django_db

LISTS = [f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry]


@pytest.fixture
def operator() -> User:
    return member(Role.OWNER, operator=True)


@pytest.fixture
def office(operator) -> Client:
    return signed_in(operator)


def more_rows(inquiry: Inquiry, number: int) -> None:
    """One more row in every list."""
    paper = publication(f"paper-{number}")
    record_audit(action="inquiry.opened", by=member(Role.AUTHOR, of=paper.slug), publication=paper, target=str(number))
    version = SurveyVersion.objects.get(inquiry=inquiry)
    make_epoch(inquiry, version, number=number)
    visits(inquiry, f"{number}", [("", 1)])
    answer(inquiry, f"reader {number}", COMPLETE)
    other = Inquiry.objects.create(publication=paper, slug=f"other-{number}", title={"ja": "別の問い"})
    publish_version(inquiry=other, document=built_in_document())


def test_every_list_costs_the_same_with_one_and_with_more_rows(office, inquiry):
    def costs() -> dict[str, int]:
        found = {}
        for path in LISTS:
            with CaptureQueriesContext(connection) as queries:
                assert office.get(path).status_code == 200
            found[path] = len(queries)
        return found

    more_rows(inquiry, 1)
    costs()
    with_one = costs()
    for number in (2, 3):
        more_rows(inquiry, number)

    assert costs() == with_one


def test_every_list_is_one_of_ours():
    """What other apps bring would let operators change things without a trace, or show single answers."""
    assert {model._meta.label for model in admin.site._registry} == {
        "accounts.AuditEntry",
        "accounts.Membership",
        "accounts.Publication",
        "accounts.User",
        "inquiries.Inquiry",
        "reports.ResultEpoch",
        "responses.Response",
        "responses.VisitCount",
        "surveys.SurveyVersion",
    }
    assert all(isinstance(found, OperatorsAdmin) for found in admin.site._registry.values())


def test_counts_of_answers_are_shown_and_never_an_answer(office, inquiry):
    answer(inquiry, "one", {**COMPLETE, "Q3": "誰にも見せない言葉"}, finished=True)
    answer(inquiry, "two", {"Q1": 2}, simulated=True)

    page = office.get("/admin/responses/response/?lang=en").content.decode()
    row = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL).group(1)

    assert re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) == ["bridge", "1", "2", "1", "0", "1", "1"]
    for path in [*LISTS, f"/admin/inquiries/inquiry/{inquiry.pk}/change/"]:
        assert "誰にも見せない言葉" not in office.get(path).content.decode()


def test_list_of_inquiries_counts_the_answers(office, inquiry):
    for reader in ("one", "two", "three"):
        answer(inquiry, reader, COMPLETE)

    page = office.get("/admin/inquiries/inquiry/").content.decode()

    assert re.findall(r'class="field-answers">(.*?)</td>', page) == ["3"]


def test_invited_user_gets_a_role_and_the_audit_log_says_by_whom(office, operator):
    office.post("/admin/accounts/user/add/", {"email": "new@paper.example", "name": "New"})
    new = User.objects.get(email="new@paper.example")
    paper = publication()
    office.post("/admin/accounts/membership/add/", {"user": new.pk, "publication": paper.pk, "role": "analyst"})

    assert (new.is_staff, new.is_superuser, new.has_usable_password()) == (False, False, False)
    assert Membership.objects.get(user=new).role == Role.ANALYST
    assert list(AuditEntry.objects.values_list("action", "actor", "target", "detail")) == [
        ("role.granted", operator.pk, new.email, {"from": "", "to": "analyst"}),
        ("user.created", operator.pk, new.email, {}),
    ]


def test_changed_role_ends_the_sessions_of_its_holder(office):
    author = member(Role.AUTHOR)
    client = came_in(author)
    held = Membership.objects.get(user=author)

    office.post(f"/admin/accounts/membership/{held.pk}/change/", {"role": "moderator"})

    held.refresh_from_db()
    assert held.role == Role.MODERATOR
    assert client.get("/desk/").status_code == 302


def test_last_owner_can_neither_be_changed_nor_deleted(office, operator):
    held = Membership.objects.get(user=operator)
    place = f"/admin/accounts/membership/{held.pk}"

    changed = office.post(f"{place}/change/", {"role": "analyst"})
    deleted = office.post(f"{place}/delete/", {"post": "yes"}, follow=True)

    assert (changed.status_code, deleted.redirect_chain) == (200, [(f"{place}/change/", 302)])
    assert all("最後のオーナーです。" in page.content.decode() for page in (changed, deleted))
    assert Membership.objects.get(user=operator).role == Role.OWNER
    assert not AuditEntry.objects.exists()


def switch(office: Client, user: User, **form: str):
    return office.post(f"/admin/accounts/user/{user.pk}/change/?lang=en", {"email": user.email, "name": "", **form})


def test_last_owner_of_any_publication_cannot_be_switched_off(office):
    owner = member(Role.OWNER, of="tower")
    Membership.objects.create(publication=publication("bridge"), user=owner, role=Role.OWNER)
    Membership.objects.create(publication=publication("paper"), user=owner, role=Role.OWNER)
    client = came_in(owner)

    page = switch(office, owner)

    owner.refresh_from_db()
    assert (page.status_code, owner.is_active, owner.name) == (200, True, "Owner")
    assert "The last owner of Bridge, Tower. Name another owner first." in page.content.decode()
    assert client.get("/desk/").status_code == 200
    assert not AuditEntry.objects.filter(action="user.changed").exists()


def test_an_owner_beside_whom_only_one_is_left_who_cannot_sign_in_is_the_last(office):
    owner, other = member(Role.OWNER, of="tower"), member(Role.OWNER, of="tower", named="other")
    User.objects.filter(pk=other.pk).update(is_active=False)

    refused = switch(office, owner)
    User.objects.filter(pk=other.pk).update(is_active=True)
    done = switch(office, owner)

    owner.refresh_from_db()
    assert (refused.status_code, done.status_code, owner.is_active) == (200, 302, False)


def test_other_changes_of_the_last_owner_go_through(office):
    owner = member(Role.OWNER, of="tower")

    done = switch(office, owner, name="Ume", is_active="on")

    owner.refresh_from_db()
    assert (done.status_code, owner.name) == (302, "Ume")


def test_an_owner_who_became_the_last_while_the_form_was_read_is_refused_when_it_is_saved(operator):
    owner = member(Role.OWNER, of="tower")
    owner.is_active = False

    with pytest.raises(LastOwnerError):
        change_user(user=owner, changed=["is_active"], by=operator)

    owner.refresh_from_db()
    assert owner.is_active


def test_deleted_membership_is_written_into_the_audit_log(office, operator):
    held = Membership.objects.get(user=member(Role.AUTHOR))

    office.post(f"/admin/accounts/membership/{held.pk}/delete/", {"post": "yes"})

    assert not Membership.objects.filter(pk=held.pk).exists()
    assert AuditEntry.objects.get(action="role.revoked").actor == operator


def test_changed_publication_is_written_into_the_audit_log(office, operator):
    paper = publication()
    form = {"name": "まちの新聞", "operator": "", "funder": "市民", "contact": ""}

    office.post(f"/admin/accounts/publication/{paper.pk}/change/", form)

    paper.refresh_from_db()
    assert (paper.name, paper.funder, paper.slug) == ("まちの新聞", "市民", "paper")
    assert AuditEntry.objects.get(action="publication.changed").detail == {"fields": ["funder", "name"]}


def test_switched_off_user_is_out_at_once(office):
    author = member(Role.AUTHOR)
    client = came_in(author)

    office.post(f"/admin/accounts/user/{author.pk}/change/", {"email": author.email, "name": "", "is_active": ""})

    author.refresh_from_db()
    assert (author.is_active, client.get("/desk/").status_code) == (False, 302)


def test_secrets_of_users_are_nowhere(office, operator):
    page = office.get(f"/admin/accounts/user/{operator.pk}/change/").content.decode()

    assert operator.password not in page
    assert "superuser" not in page


def test_no_question_in_the_address_spells_a_password_out(office):
    for asked in ("password__startswith=md5", "password=x"):
        assert office.get(f"/admin/accounts/user/?{asked}").status_code == 400


def test_every_entry_of_the_audit_log_has_words(office, settings):
    """Every action that is recorded anywhere is in the list of words, and no word is left over."""
    recorded = {
        action
        for path in (settings.BASE_DIR / "apps").rglob("*.py")
        if "record_audit" in (source := path.read_text())
        for action in re.findall(r'"([a-z_]+\.[a-z_]+)"', source)
    }

    assert recorded == set(AUDITED)


def test_audit_log_can_be_searched_and_filtered_in_words(office, operator):
    for action, target in [("inquiry.opened", "bridge"), ("inquiry.closed", "bridge"), ("inquiry.opened", "tower")]:
        record_audit(action=action, by=operator, target=target)

    page = office.get("/admin/accounts/auditentry/?action=inquiry.opened&q=bridge").content.decode()

    assert re.findall(r'class="field-what">(.*?)</td>', page) == ["受付を開始"]


BAD_QUERIES = [
    "q=%00",
    "q=%F0%9F%91%A8",
    "p=-1",
    "p=99999999999999999999",
    "p=１",
    "o=99.abc.-7",
    "e=1",
    "all=",
    "nonsense=1",
    "id__exact=abc",
    "pk__in=1,,x",
    "inquiry__id__exact=99999999999999999999999",
    "created_at__year=99999999",
    "at__year=0&at__month=77",
    "hour__day=a",
    "publication__id__exact=%27",
    "is_active__exact=7",
    "memberships__role__exact=%00",
    "action=%00",
    "_popup=1&_to_field=nothing",
    "_facets=True",
]


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_bad_query_never_breaks_a_list(office, inquiry, query):
    answers = {path: office.get(f"{path}?{query}").status_code for path in LISTS}

    assert {path: status for path, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("key", ["abc", "99999999999999999999", "%00", "1/2", "-1", "１", "_5F"])
def test_bad_key_never_breaks_a_form(office, inquiry, key):
    answers = {path: office.get(f"{path}{key}/change/").status_code for path in LISTS}

    assert {path: status for path, status in answers.items() if status not in (301, 302, 404)} == {}


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("accounts/user/add/", {"email": "nobody", "name": "x" * 81}),
        ("accounts/user/add/", {"email": "OWNER@paper.example", "name": ""}),
        ("accounts/user/add/", {"email": "a\x00@example.org", "name": "\x00"}),
        ("accounts/membership/add/", {"user": "abc", "publication": "99999999999999999999", "role": "king"}),
        ("accounts/membership/add/", {}),
    ],
)
def test_faulty_form_is_returned_with_sentences_in_japanese(office, inquiry, path, form):
    response = office.post(f"/admin/{path}", form)

    assert response.status_code == 200
    errors = " ".join(error for errors in response.context["errors"] for error in errors)
    assert re.search("[ぁ-ん]", errors)
    assert User.objects.count() == 1


def test_user_with_a_role_is_not_given_another_one_in_the_same_publication(office):
    held = Membership.objects.get(user=member(Role.AUTHOR))
    form = {"user": held.user_id, "publication": held.publication_id, "role": "analyst"}

    response = office.post("/admin/accounts/membership/add/", form)

    assert response.status_code == 200
    assert Membership.objects.get(user=held.user).role == Role.AUTHOR


def test_every_list_is_named_in_both_languages(office, inquiry):
    for path in LISTS:
        japanese = re.search(r"<h1>(.*?)</h1>", office.get(f"{path}?lang=ja").content.decode()).group(1)
        english = re.search(r"<h1>(.*?)</h1>", office.get(f"{path}?lang=en").content.decode()).group(1)
        assert re.search("[ぁ-んァ-ヶ一-鿿]", japanese), path
        assert english.isascii()


def test_pages_show_the_moment_in_local_time(office, operator):
    entry = record_audit(action="inquiry.opened", by=operator)

    page = office.get("/admin/accounts/auditentry/?lang=ja").content.decode()

    assert f"{timezone.localtime(entry.at):%Y年}" in page
    assert Publication.objects.count() == 1
