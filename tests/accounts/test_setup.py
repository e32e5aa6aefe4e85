"""The one-time link that makes the first owner."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps.accounts.actions import open_setup_link
from apps.accounts.models import AuditEntry, Membership, Publication, Role, SetupLink, User
from tests.accounts.cast import member

pytestmark = pytest.mark.django_db

FORM = {
    "publication_name": "まちの新聞",
    "name": "山田 花子",
    "email": "hanako@example.jp",
    "password": "a long enough sentence",
}


def test_link_makes_the_first_owner_and_leads_to_the_second_factor(client):
    link = open_setup_link()

    shown = client.get(link)
    sent = client.post(link, FORM)

    owner = User.objects.get()
    assert (shown.status_code, sent.status_code, sent.headers["Location"]) == (200, 302, "/accounts/second-factor/")
    assert (owner.email, owner.name, owner.is_staff, owner.is_superuser) == (
        "hanako@example.jp",
        "山田 花子",
        True,
        False,
    )
    assert list(Membership.objects.values_list("user__email", "publication__name", "role")) == [
        ("hanako@example.jp", "まちの新聞", Role.OWNER)
    ]
    assert AuditEntry.objects.filter(action="owner.created", actor=owner, target=owner.email).exists()
    assert client.get("/desk/").headers["Location"] == "/accounts/second-factor/"


def test_link_opens_nothing_after_it_was_used(client):
    link = open_setup_link()
    client.post(link, FORM)
    other = Client()

    again = [other.get(link), other.post(link, {**FORM, "email": "second@example.jp"})]

    assert [response.status_code for response in again] == [410, 410]
    assert User.objects.count() == 1


def test_link_opens_nothing_after_a_day(client):
    link = open_setup_link()
    SetupLink.objects.update(created_at=timezone.now() - timedelta(hours=24, minutes=1))

    assert client.get(link).status_code == 410
    assert client.post(link, FORM).status_code == 410
    assert not User.objects.exists()


def test_newer_link_replaces_an_older_one(client):
    older, newer = open_setup_link(), open_setup_link()

    assert (client.get(older).status_code, client.get(newer).status_code) == (410, 200)


def test_guessed_link_opens_nothing(client):
    open_setup_link()

    assert client.get("/desk/setup/guessed/").status_code == 410


def test_link_opens_nothing_once_an_owner_exists(client):
    link = open_setup_link()
    member(Role.OWNER)

    assert client.post(link, FORM).status_code == 410


def test_command_prints_a_link_only_while_nobody_owns_the_site(client, capsys, settings):
    call_command("setup_link")
    printed = capsys.readouterr().out.strip()
    client.post(printed.removeprefix(settings.SITE_URL), FORM)
    call_command("setup_link")

    assert Membership.objects.get().role == Role.OWNER
    assert capsys.readouterr().out == ""


def test_first_owner_takes_over_the_publication_that_came_with_the_site(client):
    came_with = Publication.objects.create(slug="toikake", name="Toikake")

    client.post(open_setup_link(), FORM)

    assert list(Publication.objects.values_list("pk", "name")) == [(came_with.pk, "まちの新聞")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"publication_name": " "}, "publication_name"),
        ({"publication_name": "長" * 121}, "publication_name"),
        ({"name": "a\x00b"}, "name"),
        ({"email": "nobody"}, "email"),
        ({"email": "TAKEN@example.jp"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "password1234"}, "password"),
        ({"password": "hanako@example.jp"}, "password"),
        ({"password": "長" * 129}, "password"),
    ],
)
def test_faulty_form_is_returned_with_a_sentence_and_the_link_stays_open(client, wrong, field):
    User.objects.create_user("taken@example.jp")
    link = open_setup_link()

    response = client.post(link, {**FORM, **wrong})

    assert list(response.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in response.content.decode()
    assert client.get(link).status_code == 200
    assert not Authenticator.objects.exists()


def test_secret_is_kept_only_as_a_hash():
    link = open_setup_link()
    secret = link.split("/")[-2]

    assert SetupLink.objects.get().secret_hash != secret
    assert SetupLink.hash_of(secret) == SetupLink.objects.get().secret_hash


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_only_one_becomes_the_owner():
    link = open_setup_link()

    def press(number: int) -> int:
        try:
            return Client().post(link, {**FORM, "email": f"{number}@example.jp"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        answers = sorted(people.map(press, range(4)))

    assert answers == [302, 410, 410, 410]
    assert Membership.objects.filter(role=Role.OWNER).count() == User.objects.count() == 1
