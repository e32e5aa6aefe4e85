"""Invitations: made, renewed, taken back; accepted by newcomers and by those who have an account; what is refused."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.invitations import invite
from apps.accounts.mails import NOT_SET_UP
from apps.accounts.models import AuditEntry, Invitation, Membership, Role, User
from tests.accounts.cast import PASSWORD, confirmed, member, publication, signed_in
from tests.desk.test_people import PEOPLE

pytestmark = pytest.mark.django_db

INVITE = f"{PEOPLE}invite/"
FORM = {"email": "new@paper.example", "role": "author"}
ACCOUNT = {"name": "山田 花子", "password": PASSWORD}


@pytest.fixture
def owner() -> User:
    return member(Role.OWNER)


@pytest.fixture
def desk(owner) -> Client:
    return confirmed(owner)


def link_in(response) -> str:
    found = re.search(r"<code data-code>[^<]*(/desk/invitation/[^<]+/)</code>", response.content.decode())
    return found.group(1)


@pytest.fixture
def link(desk) -> str:
    return link_in(desk.post(INVITE, FORM))


def renewed(desk: Client, act: str = "renew/"):
    number = Invitation.objects.get().pk
    return desk.post(f"/desk/publications/paper/invitations/{number}/{act}")


def test_newcomer_gets_account_role_and_goes_on_to_the_second_step(link, owner, client):
    shown = client.get(link)
    sent = client.post(link, ACCOUNT)

    new = User.objects.get(email="new@paper.example")
    assert "new@paper.example" in shown.content.decode()
    assert (sent.status_code, sent.headers["Location"]) == (302, "/accounts/second-factor/")
    assert (new.name, new.is_staff, Membership.objects.get(user=new).role) == ("山田 花子", False, Role.AUTHOR)
    assert client.get("/desk/").headers["Location"] == "/accounts/second-factor/"
    assert list(AuditEntry.objects.order_by("id").values_list("action", "actor", "target", "detail")) == [
        ("invitation.made", owner.pk, new.email, {"role": "author"}),
        ("invitation.accepted", new.pk, new.email, {"role": "author"}),
    ]


def test_link_opens_once(link, client):
    client.post(link, ACCOUNT)

    again = [Client().get(link), Client().post(link, {**ACCOUNT, "name": "Other"})]

    assert [response.status_code for response in again] == [410, 410]
    assert User.objects.filter(email="new@paper.example").count() == 1


def test_link_opens_nothing_after_seven_days_until_it_is_renewed(desk, link, client):
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=7))

    late = client.get(link)
    newer = link_in(renewed(desk))

    assert (late.status_code, client.get(newer).status_code, newer == link) == (410, 200, False)


def test_renewed_link_replaces_the_former(desk, link, client):
    newer = link_in(renewed(desk))

    assert (client.get(link).status_code, client.get(newer).status_code) == (410, 200)
    assert AuditEntry.objects.filter(action="invitation.renewed").count() == 1


def test_invitation_that_was_taken_back_opens_nothing_and_can_be_made_anew(desk, link, client):
    first, second = renewed(desk, "revoke/"), renewed(desk, "revoke/")

    assert (first.status_code, second.status_code, client.get(link).status_code) == (302, 302, 410)
    assert AuditEntry.objects.filter(action="invitation.revoked").count() == 1
    assert desk.post(INVITE, FORM).status_code == 200


def test_guessed_link_opens_nothing(client):
    assert client.get("/desk/invitation/guessed/").status_code == 410


def test_only_the_hash_of_the_secret_is_kept(link):
    secret = link.split("/")[-2]

    assert secret not in str(list(Invitation.objects.values_list()))


def test_somebody_with_an_account_signs_in_and_accepts(desk, client):
    known = member(Role.ANALYST, of="other-paper")
    link = link_in(desk.post(INVITE, {"email": known.email.upper(), "role": "moderator"}))
    theirs = signed_in(known)

    outside = [client.get(link), client.post(link, ACCOUNT)]
    accepted = theirs.post(link)

    assert [f"/accounts/login/?next={link}" in response.content.decode() for response in outside] == [True, True]
    assert (accepted.status_code, accepted.headers["Location"]) == (302, "/desk/")
    held = Membership.objects.filter(user=known).order_by("id").values_list("publication__slug", "role")
    assert list(held) == [("other-paper", "analyst"), ("paper", "moderator")]
    assert theirs.post(link).status_code == 410


def test_somebody_else_who_is_signed_in_cannot_accept(desk, link):
    other = signed_in(member(Role.ANALYST, of="other-paper"))

    answers = [other.get(link), other.post(link, ACCOUNT), desk.post(link, ACCOUNT)]

    assert [response.status_code for response in answers] == [403, 403, 403]
    assert not User.objects.filter(email="new@paper.example").exists()


def test_members_and_those_invited_are_not_invited_again(desk, link):
    member(Role.AUTHOR)

    answers = [
        desk.post(INVITE, {"email": email, "role": "owner"}) for email in ("Author@paper.example", "NEW@paper.example")
    ]

    assert [response.status_code for response in answers] == [409, 409]
    assert all('id="id_email_error"' in response.content.decode() for response in answers)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"email": ""}, "email", "^メールアドレスを入力してください。$"),
        ({"email": "nobody"}, "email", "[ぁ-ん]"),
        ({"email": f"{'x' * 250}@paper.example"}, "email", "[ぁ-ん]"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "email", "[ぁ-ん]"),
        ({"role": ""}, "role", "^役割を選んでください。$"),
        ({"role": "king"}, "role", "[ぁ-ん]"),
    ],
)
def test_faulty_invitation_is_returned_with_a_sentence_in_japanese(desk, wrong, field, sentence):
    response = desk.post(INVITE, {**FORM, **wrong})

    assert response.status_code == 422
    found = re.search(rf'id="id_{field}_error"><p class="error">(.*?)</p>', response.content.decode())
    assert re.search(sentence, found.group(1))
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "長" * 81}, "name"),
        ({"password": "short"}, "password"),
        ({"password": "new@paper.example"}, "password"),
        ({"password": "長" * 129}, "password"),
    ],
)
def test_faulty_account_is_returned_and_the_link_stays_open(link, client, wrong, field):
    response = client.post(link, {**ACCOUNT, **wrong})

    assert f'id="id_{field}_error"' in response.content.decode()
    assert not User.objects.filter(email="new@paper.example").exists()
    assert client.get(link).status_code == 200


def test_without_mail_the_link_is_only_shown(desk, settings):
    settings.EMAIL_BACKEND = NOT_SET_UP

    response = desk.post(INVITE, FORM)

    assert (response.status_code, response.headers["Cache-Control"], mail.outbox) == (200, "no-store", [])
    assert "メールでも" not in response.content.decode()


def test_with_mail_the_link_is_sent_too(desk, settings):
    response = desk.post(INVITE, FORM)

    letter = mail.outbox[0]
    assert (letter.to, len(mail.outbox)) == (["new@paper.example"], 1)
    assert settings.SITE_URL + link_in(response) in letter.body
    assert "メールでも" in response.content.decode()


def test_mail_server_that_does_not_answer_stops_nothing(desk, monkeypatch):
    def fail(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)

    response = desk.post(INVITE, FORM)

    assert (response.status_code, "メールでも" in response.content.decode()) == (200, False)
    assert link_in(response)


def test_invitations_of_other_publications_are_not_there(desk):
    other = member(Role.OWNER, of="other-paper")
    invite(publication=publication("other-paper"), email="a@b.example", role="author", by=other)

    assert [renewed(desk).status_code, renewed(desk, "revoke/").status_code] == [404, 404]


@pytest.mark.django_db(transaction=True)
def test_of_four_who_press_at_once_one_accepts():
    invited = invite(publication=publication(), email="new@paper.example", role="author", by=member(Role.OWNER))
    link = f"/desk/invitation/{invited.secret}/"

    def press(number: int) -> str:
        try:
            return Client().post(link, {**ACCOUNT, "name": str(number)}).headers.get("Location", "spent")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(press, range(4)))

    assert answers.count("/accounts/second-factor/") == 1
    assert User.objects.filter(email="new@paper.example").count() == 1


@given(form=st.dictionaries(st.sampled_from(["email", "role", "name", "password"]), st.text(max_size=90), max_size=4))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_no_words_break_an_invitation_or_its_acceptance(desk, link, form):
    answers = [desk.post(INVITE, form), Client().post(link, {**form, "password": "short"})]

    assert [response.status_code < 500 for response in answers] == [True, True]
    assert not User.objects.filter(email="new@paper.example").exists()
