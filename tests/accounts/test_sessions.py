"""How long a session of staff lasts, what ends it, and what is remembered of a browser."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from apps.accounts import actions
from apps.accounts.models import AuditEntry, Membership, Role, User
from apps.accounts.sessions import BEGAN, SEEN, kind_of_browser
from tests.accounts.cast import PASSWORD, came_in, give_code, give_password, member, recovery_codes, signed_in

pytestmark = pytest.mark.django_db

HOUR = 60 * 60
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def owner():
    return member(Role.OWNER)


def inside(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def turn_back(client: Client, **seconds: float) -> None:
    """Make the session older than it is."""
    session = client.session
    for name, back in seconds.items():
        session[{"began": BEGAN, "seen": SEEN}[name]] -= back
    session.save()


def confirm_and(client: Client, door: str) -> None:
    """Such a change asks who it is, even right after signing in."""
    asked = client.post(reverse(door))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(asked.headers["Location"], {"password": PASSWORD})


@pytest.mark.parametrize(
    ("age", "open_still"),
    [
        ({"seen": 3 * HOUR - 30}, True),
        ({"seen": 3 * HOUR + 30}, False),
        ({"began": 12 * HOUR - 30}, True),
        ({"began": 12 * HOUR + 30}, False),
    ],
)
def test_session_ends_after_three_idle_hours_and_after_twelve_in_all(owner, age, open_still):
    client = signed_in(owner)
    turn_back(client, **age)

    assert inside(client) is open_still


def test_ended_session_leads_to_sign_in_and_back(owner):
    client = signed_in(owner)
    turn_back(client, began=13 * HOUR)

    response = client.get("/desk/inquiries/bridge/")

    assert response.headers["Location"] == "/accounts/login/?next=%2Fdesk%2Finquiries%2Fbridge%2F"


def test_page_that_renews_itself_does_not_keep_the_session_awake(owner):
    client = signed_in(owner)
    turn_back(client, seen=3 * HOUR - 30)
    client.get("/desk/", headers={"X-Refresh": "1"})
    turn_back(client, seen=60)

    assert not inside(client)


def test_page_opened_by_hand_keeps_the_session_awake(owner):
    client = signed_in(owner)
    turn_back(client, seen=3 * HOUR - 30)
    client.get("/desk/")
    turn_back(client, seen=60)

    assert inside(client)


def test_change_of_password_ends_all_other_sessions(owner):
    here, elsewhere = came_in(owner), came_in(owner)
    new = "quite another sentence"

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    owner.refresh_from_db()
    assert owner.check_password(new)
    assert (inside(here), inside(elsewhere)) == (True, False)
    assert AuditEntry.objects.filter(action="password.changed", actor=owner).count() == 1


def test_removed_second_factor_ends_all_other_sessions_and_closes_the_desk(owner):
    here, elsewhere = came_in(owner), came_in(owner)

    confirm_and(here, "mfa_deactivate_totp")

    assert not Authenticator.objects.filter(user=owner).exists()
    assert here.get("/desk/").headers["Location"] == reverse("mfa_index")
    assert elsewhere.get("/desk/").headers["Location"].startswith(reverse("account_login"))


def test_renewed_recovery_codes_end_all_other_sessions(owner, django_capture_on_commit_callbacks):
    here, elsewhere = came_in(owner), came_in(owner)
    before = recovery_codes(owner)

    with django_capture_on_commit_callbacks(execute=True):
        confirm_and(here, "mfa_generate_recovery_codes")

    assert set(before).isdisjoint(recovery_codes(owner))
    assert (inside(here), inside(elsewhere)) == (True, False)


def test_change_of_role_ends_every_session(owner):
    author = member(Role.AUTHOR)
    client = came_in(author)
    held = Membership.objects.get(user=author)

    actions.grant_role(user=author, publication=held.publication, role=Role.ANALYST, by=owner)

    assert not inside(client)
    assert AuditEntry.objects.get(action="role.granted").detail == {"from": "author", "to": "analyst"}


def test_role_given_again_changes_nothing(owner):
    author = member(Role.AUTHOR)
    client = came_in(author)
    held = Membership.objects.get(user=author)

    actions.grant_role(user=author, publication=held.publication, role=Role.AUTHOR, by=owner)

    assert inside(client)
    assert not AuditEntry.objects.filter(action="role.granted").exists()


def test_revoked_role_ends_every_session(owner):
    author = member(Role.AUTHOR)
    client = came_in(author)

    actions.revoke_role(member=Membership.objects.get(user=author), by=owner)

    assert not inside(client)
    assert AuditEntry.objects.get(action="role.revoked").target == author.email


def test_last_owner_stays(owner):
    held = Membership.objects.get(user=owner)

    with pytest.raises(actions.LastOwnerError):
        actions.revoke_role(member=held, by=owner)
    with pytest.raises(actions.LastOwnerError):
        actions.grant_role(user=owner, publication=held.publication, role=Role.ANALYST, by=owner)
    assert Membership.objects.get().role == Role.OWNER


def test_switched_off_user_is_out_at_once(owner):
    author = member(Role.AUTHOR)
    client = came_in(author)
    author.is_active = False

    actions.change_user(user=author, changed=["is_active"], by=owner)

    assert not inside(client)


def test_all_other_sessions_are_ended_on_demand(owner):
    here, elsewhere = came_in(owner), came_in(owner)

    here.post(reverse("usersessions_list"))

    assert (inside(here), inside(elsewhere)) == (True, False)


def test_reset_second_factor_ends_sessions_and_leads_to_a_new_one(owner, capsys):
    client = came_in(owner)

    call_command("reset_mfa", owner.email.upper())

    other = Client()
    give_password(other, owner)
    assert not inside(client)
    assert other.get("/desk/").headers["Location"] == reverse("mfa_index")
    assert owner.email in capsys.readouterr().out


def test_reset_second_factor_of_nobody_says_so():
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_mfa", "nobody@example.org")


def test_of_a_browser_only_its_kind_is_kept(owner):
    client = Client(headers={"User-Agent": FIREFOX}, REMOTE_ADDR="203.0.113.9")
    give_password(client, owner)
    give_code(client, recovery_codes(owner)[0])

    assert list(UserSession.objects.values_list("ip", "user_agent")) == [("::", "Firefox · Linux")]
    assert "Firefox · Linux" in client.get(reverse("usersessions_list")).content.decode()


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (FIREFOX, "Firefox · Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        ("curl/8.0", ""),
        ("Chrome · macOS", "Chrome · macOS"),
    ],
)
def test_kind_of_browser_names_browser_and_system(agent, kind):
    assert kind_of_browser(agent) == kind


def test_language_chosen_by_hand_is_kept_for_the_session(owner):
    client = signed_in(owner)
    client.get("/desk/?lang=en")

    assert '<html lang="en">' in client.get("/desk/").content.decode()
    assert '<html lang="ja">' in client.get("/desk/?lang=ja").content.decode()
    assert '<html lang="ja">' in client.get("/desk/", headers={"Accept-Language": "en"}).content.decode()


def test_invited_user_chooses_a_password_by_mail_and_meets_the_second_factor(owner, client, mailoutbox):
    invited = actions.invite_user(email="new@paper.example", name="New", by=owner)
    actions.grant_role(user=invited, publication=Membership.objects.get().publication, role=Role.ANALYST, by=owner)
    client.post(reverse("account_reset_password"), {"email": invited.email})
    link = next(word for word in mailoutbox[0].body.split() if "/accounts/password/reset/key/" in word)
    form = client.get(link[link.index("/accounts/") :], follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})

    entered = give_password(client, invited)

    assert User.objects.get(pk=invited.pk).has_usable_password()
    assert entered.headers["Location"] == "/desk/"
    assert client.get("/desk/").headers["Location"] == reverse("mfa_index")
