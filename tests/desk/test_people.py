"""Who works for a publication: what owners see and do, and what they cannot do to it or to one another."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.actions import LastOwnerError, revoke_role
from apps.accounts.models import AuditEntry, Invitation, Membership, Role, User
from tests.accounts.cast import PASSWORD, came_in, confirmed, member, publication, signed_in

pytestmark = pytest.mark.django_db

PEOPLE = "/desk/publications/paper/people/"


def place(user: User, act: str = "") -> str:
    held = Membership.objects.get(user=user, publication=publication())
    return f"{PEOPLE}{held.pk}/{act}"


@pytest.fixture
def owner() -> User:
    return member(Role.OWNER)


def told() -> list[tuple]:
    entries = AuditEntry.objects.filter(publication=publication()).order_by("id")
    return list(entries.values_list("action", "actor__name", "target", "detail"))


def test_list_shows_role_second_step_and_last_sign_in_of_each(owner):
    member(Role.ANALYST, protected=False)
    member(Role.AUTHOR, of="other-paper")

    page = signed_in(owner).get(f"{PEOPLE}?lang=en").content.decode()

    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL).group(1)
    body = re.sub(r'<span class="narrow-only">.*?</span>', "", body)
    rows = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in body.split("</tr>")[:-1]]
    assert [row[:1] + row[1:][:3] for row in rows] == [
        ["Analyst", "analyst@paper.example", "Analyst", "not"],
        ["Owner", "you", "owner@paper.example", "Owner"],
    ]
    assert rows[0][-1] == "never"


def test_list_costs_the_same_with_one_and_with_three_rows(owner):
    client = signed_in(owner)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PEOPLE).status_code == 200
        return len(queries)

    def one_more(number: int) -> None:
        member(Role.AUTHOR, named=f"author-{number}")
        Invitation.objects.create(
            publication=publication(), email=f"{number}@x.example", role="author", secret_hash=number, invited_by=owner
        )

    one_more(1)
    cost()
    with_one = cost()
    one_more(2)
    one_more(3)

    assert cost() == with_one


def test_role_is_changed_the_sessions_end_and_the_log_says_by_whom(owner):
    author = member(Role.AUTHOR)
    theirs = came_in(author)

    response = confirmed(owner).post(place(author, "role/"), {"role": "moderator"})

    assert response.headers["Location"] == place(author)
    assert Membership.objects.get(user=author).role == Role.MODERATOR
    assert theirs.get("/desk/").status_code == 302
    assert told() == [("role.granted", "Owner", author.email, {"from": "author", "to": "moderator"})]


def test_act_waits_until_it_is_confirmed_and_then_goes_on(owner):
    author = member(Role.AUTHOR)
    client = signed_in(owner)
    act = place(author, "role/")

    asked = client.post(act, {"role": "analyst"})
    before = Membership.objects.get(user=author).role
    done = client.post(asked.headers["Location"], {"password": PASSWORD, "next": act})

    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert (before, Membership.objects.get(user=author).role) == (Role.AUTHOR, Role.ANALYST)
    assert done.headers["Location"] == place(author)


def test_somebody_is_removed_and_out_at_once(owner):
    author = member(Role.AUTHOR)
    theirs, act = came_in(author), place(author, "remove/")
    client = confirmed(owner)

    first, second = client.post(act), client.post(act)

    assert (first.status_code, second.status_code) == (302, 404)
    assert not Membership.objects.filter(user=author).exists()
    assert User.objects.filter(pk=author.pk).exists()
    assert theirs.get("/desk/").status_code == 302
    assert told() == [("role.revoked", "Owner", author.email, {"from": "author"})]


@pytest.mark.parametrize(("act", "form"), [("role/", {"role": "analyst"}), ("remove/", {})])
def test_last_owner_can_neither_be_demoted_nor_removed(owner, act, form):
    response = confirmed(owner).post(place(owner, act), form)

    assert response.status_code == 409
    assert "最後のオーナー" in response.content.decode()
    assert Membership.objects.get(user=owner).role == Role.OWNER
    assert told() == []


def test_owner_may_step_back_where_there_is_another_and_is_signed_out(owner):
    member(Role.OWNER, named="second")
    client = confirmed(owner)

    response = client.post(place(owner, "role/"), {"role": "author"})

    assert (response.status_code, response.headers["Location"]) == (302, "/desk/")
    assert client.get("/desk/").headers["Location"].startswith("/accounts/login/")
    assert Membership.objects.get(user=owner).role == Role.AUTHOR


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_remove_each_other_at_once_one_stays():
    owners = [member(Role.OWNER, named=name) for name in ("first", "second")]
    held = [Membership.objects.get(user=user) for user in owners]

    def press(number: int) -> str:
        try:
            revoke_role(member=held[number], by=owners[1 - number])
        except LastOwnerError:
            return "refused"
        finally:
            connection.close()
        return "removed"

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(press, range(2)))

    assert answers == ["refused", "removed"]
    assert Membership.objects.filter(role=Role.OWNER).count() == 1


def test_whoever_is_no_owner_any_more_has_left_no_open_invitation(owner):
    second = member(Role.OWNER, named="second")
    Invitation.objects.create(
        publication=publication(), email="a@b.example", role="owner", secret_hash="h", invited_by=second
    )

    confirmed(owner).post(place(second, "remove/"))

    assert Invitation.objects.get().revoked_at is not None


def test_sessions_of_somebody_are_ended(owner):
    author = member(Role.AUTHOR)
    theirs = came_in(author)

    confirmed(owner).post(place(author, "sign-out/"))

    assert theirs.get("/desk/").status_code == 302
    assert told() == [("sessions.ended", "Owner", author.email, {})]


def test_lost_second_step_is_reset(owner):
    author = member(Role.AUTHOR)

    confirmed(owner).post(place(author, "reset/"))

    assert not Authenticator.objects.filter(user=author).exists()
    assert told() == [("second_factor.reset", "Owner", author.email, {"forgotten": 2})]


def test_second_step_of_those_whom_others_rely_on_is_not_reset_here(owner):
    operator = member(Role.AUTHOR, named="operator", operator=True)
    shared = member(Role.AUTHOR, named="shared")
    Membership.objects.create(user=shared, publication=publication("other-paper"), role=Role.ANALYST)
    client = confirmed(owner)

    answers = [client.post(place(user, "reset/")) for user in (operator, shared, owner)]

    assert [response.status_code for response in answers] == [409, 409, 409]
    assert "reset_mfa" in answers[0].content.decode()
    assert Authenticator.objects.count() == 6


@pytest.mark.parametrize("role", ["", "king", "OWNER", "\x00", "長" * 5_000])
def test_unknown_role_is_named_and_changes_nothing(owner, role):
    author = member(Role.AUTHOR)

    response = confirmed(owner).post(place(author, "role/"), {"role": role})

    assert response.status_code in (400, 422)
    assert Membership.objects.get(user=author).role == Role.AUTHOR
    if response.status_code == 422:
        assert re.search(r'id="id_role_error"><p class="error">[^<]*[ぁ-ん]', response.content.decode())


@pytest.mark.parametrize("act", ["", "role/", "remove/", "sign-out/", "reset/"])
@pytest.mark.parametrize("number", ["other", "99999999999999999999999", "0"])
def test_people_of_other_publications_are_not_there(owner, act, number):
    stranger = Membership.objects.get(user=member(Role.AUTHOR, of="other-paper"))
    path = f"{PEOPLE}{stranger.pk if number == 'other' else number}/{act}"
    client = confirmed(owner)

    response = client.post(path, {"role": "author"}) if act else client.get(path)

    assert response.status_code == 404
    assert Membership.objects.filter(pk=stranger.pk).exists()


def test_page_that_came_by_a_press_changes_its_language_where_it_can_be_asked_for(owner):
    client = confirmed(owner)

    pages = {
        PEOPLE: client.post(f"{PEOPLE}invite/", {"email": "nobody"}),
        place(owner): client.post(place(owner, "role/"), {"role": "analyst"}),
    }

    for address, page in pages.items():
        assert f'href="{address}?lang=en"' in page.content.decode()
