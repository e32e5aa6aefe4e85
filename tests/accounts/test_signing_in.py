"""The door of the desk: password, second step, and no other way."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from apps.accounts.models import AuditEntry, Role, User
from tests.accounts.cast import (
    PASSWORD,
    came_in,
    code_of_app,
    give_code,
    give_password,
    member,
    recovery_codes,
)

pytestmark = pytest.mark.django_db

ELSEWHERE = ["//evil.example", "https://evil.example/desk/", "/\\evil.example", "javascript:alert(1)", "http:///evil"]


@pytest.fixture
def owner():
    return member(Role.OWNER)


def sentence(response) -> str:
    """The first complaint on a page."""
    return re.search(r'<p class="error"(?![^>]*\bhidden\b)[^>]*>(.*?)</p>', response.content.decode()).group(1)


def inside(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_password_alone_does_not_open_the_desk(client, owner):
    response = give_password(client, owner)

    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert not inside(client)


def test_password_and_code_of_the_app_open_the_desk(client, owner):
    give_password(client, owner)
    response = give_code(client, code_of_app())

    assert response.headers["Location"] == "/desk/"
    assert inside(client)


def test_code_typed_in_full_width_digits_is_understood(client, owner):
    give_password(client, owner)

    give_code(client, code_of_app().translate(str.maketrans("0123456789", "０１２３４５６７８９")))

    assert inside(client)


def test_code_of_the_app_works_only_once(client, owner):
    code = code_of_app()
    thief = Client()
    give_password(client, owner)
    give_code(client, code)
    give_password(thief, owner)

    replayed = give_code(thief, code)

    assert replayed.status_code == 200
    assert not inside(thief)


def test_recovery_code_works_only_once(client, owner):
    code = recovery_codes(owner)[0]
    give_password(client, owner)
    give_code(client, code)
    other = Client()
    give_password(other, owner)

    again = give_code(other, code)

    assert (inside(client), inside(other), again.status_code) == (True, False, 200)
    assert len(recovery_codes(owner)) == 9


def test_recovery_codes_have_ten_digits(owner):
    assert all(re.fullmatch(r"\d{10}", code) for code in recovery_codes(owner))


def test_secrets_are_encrypted_in_the_table(owner):
    secrets = [str(data) for data in Authenticator.objects.values_list("data", flat=True)]

    assert not any("JBSWY3DP" in secret for secret in secrets)
    assert all("gAAAA" in secret for secret in secrets)


def test_secret_encrypted_with_a_former_key_still_opens(owner, client, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key that is long enough to be one"
    give_password(client, owner)

    give_code(client, code_of_app())

    assert inside(client)


@pytest.mark.parametrize("role", Role)
def test_every_role_needs_a_second_factor_before_any_page_of_the_desk(client, inquiry, role):
    user = member(role, protected=False)

    entered = give_password(client, user)

    pages = ["/desk/", "/desk/inquiries/bridge/"]
    assert entered.headers["Location"] == "/desk/"
    assert {client.get(page).headers["Location"] for page in pages} == {reverse("mfa_index")}
    assert client.get(reverse("mfa_index")).status_code == 200


def test_htmx_fragment_is_not_filled_but_the_page_led_to_the_second_factor(client, inquiry):
    client.force_login(member(Role.OWNER, protected=False))

    response = client.get("/desk/inquiries/bridge/", headers={"HX-Request": "true"})

    assert (response.status_code, response.headers["HX-Redirect"]) == (204, reverse("mfa_index"))


def test_authenticator_app_is_set_up_right_after_the_first_sign_in(client, django_capture_on_commit_callbacks):
    user = member(Role.ANALYST, protected=False)
    give_password(client, user)
    page = client.get(reverse("mfa_activate_totp"))

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("mfa_activate_totp"), {"code": code_of_app(page.context["form"].secret)})

    assert response.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(response.headers["Location"]).content.decode().count("<li><code>") == 10
    assert inside(client)
    assert AuditEntry.objects.filter(action="second_factor.added", actor=user).count() == 2


def test_sign_up_is_closed(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404
    assert client.post("/accounts/signup/", {"email": "a@example.org", "password1": PASSWORD}).status_code == 404
    assert get_adapter().is_open_for_signup(RequestFactory().get("/")) is False


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_goes_on_within_the_site_whatever_the_link_says(client, owner, elsewhere):
    give_password(client, owner, following=elsewhere)

    response = give_code(client, recovery_codes(owner)[0])

    assert response.headers["Location"] == "/desk/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize("door", ["account_login", "account_logout", "admin:login", "account_reauthenticate"])
def test_no_door_leads_off_the_site(client, owner, door, elsewhere):
    client.force_login(owner)

    for method in (client.get, client.post):
        response = method(f"{reverse(door)}?next={elsewhere}", {"next": elsewhere, "password": PASSWORD})
        assert response.headers.get("Location", "/desk/").startswith(("/desk/", "/accounts/", "/admin/"))


def test_own_path_is_kept_through_both_steps(client, owner):
    give_password(client, owner, following="/desk/inquiries/bridge/")

    response = give_code(client, code_of_app())

    assert response.headers["Location"] == "/desk/inquiries/bridge/"


def test_wrong_password_and_unknown_address_get_the_same_sentence(client, owner):
    nobody = User(email="nobody@paper.example")

    answers = {sentence(give_password(client, user, password="wrong")) for user in (owner, nobody)}

    assert len(answers) == 1


def test_guessing_a_password_is_slowed_down(client, owner):
    for _ in range(5):
        give_password(client, owner, password="wrong")

    response = give_password(client, owner)

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_guessing_codes_is_slowed_down(client, owner):
    give_password(client, owner)
    for _ in range(5):
        give_code(client, "000000")

    give_code(client, recovery_codes(owner)[0])

    assert not inside(client)


def test_too_many_sign_ins_from_one_place_get_our_own_page(client, owner):
    responses = [give_password(client, User(email=f"{n}@paper.example"), password="wrong") for n in range(31)]

    assert responses[-1].status_code == 429
    assert 'lang="ja"' in responses[-1].content.decode()
    assert "css/desk.css" in responses[-1].content.decode()


@pytest.mark.parametrize(
    ("stranger", "again", "staff"),
    [
        ("198.51.100.4", "203.0.113.5, 198.51.100.4", "198.51.100.5"),
        ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"),
    ],
)
def test_a_stranger_behind_the_same_proxy_locks_nobody_else_out(owner, stranger, again, staff):
    def tried(forwarded: str, number: int) -> int:
        nobody = User(email=f"{number}@paper.example")
        return give_password(Client(headers={"X-Forwarded-For": forwarded}), nobody, password="wrong").status_code

    assert [tried(stranger, number) for number in range(30)] == [200] * 30
    assert (tried(again, 31), tried(staff, 31)) == (429, 200)


def test_limits_keep_no_address(client, owner):
    give_password(client, owner, password="wrong")

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key || value, ' ') FROM common_cache")
        kept = cursor.fetchone()[0]
    assert "login" in kept
    assert "127.0.0.1" not in kept


def test_someone_who_was_switched_off_cannot_come_in(client, owner):
    User.objects.filter(pk=owner.pk).update(is_active=False)

    give_password(client, owner)

    assert "_auth_user_id" not in client.session
    assert not inside(client)


def test_signing_out_ends_the_session(owner):
    client = came_in(owner)

    client.post(reverse("account_logout"))

    assert not inside(client)


def test_forgotten_password_is_replaced_by_mail(client, owner, mailoutbox):
    inside_elsewhere = came_in(owner)
    client.post(reverse("account_reset_password"), {"email": owner.email})
    link = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", mailoutbox[0].body).group(1)
    form = client.get(link, follow=True)

    client.post(
        form.request["PATH_INFO"], {"password1": "quite another sentence", "password2": "quite another sentence"}
    )

    assert not inside(inside_elsewhere)
    assert give_password(client, owner).status_code == 200
    assert give_password(client, owner, password="quite another sentence").status_code == 302
    assert not inside(client)  # the second step is still to come
    assert client.get(link, follow=True).context["token_fail"] is True
    assert AuditEntry.objects.filter(action="password.changed", actor=owner).exists()


def test_mail_is_written_in_the_language_of_the_page(client, owner, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": owner.email})
    client.post(f"{reverse('account_reset_password')}?lang=en", {"email": owner.email})

    japanese, english = mailoutbox
    assert "パスワード" in japanese.subject + japanese.body
    assert re.search("[ぁ-ん]", english.subject + english.body) is None


def test_unknown_address_gets_no_mail_and_the_same_page(client, owner, mailoutbox):
    known = client.post(reverse("account_reset_password"), {"email": owner.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@paper.example"})

    assert known.headers["Location"] == unknown.headers["Location"] == reverse("account_reset_password_done")
    assert [message.to for message in mailoutbox] == [[owner.email]]
