"""What nobody should send to the desk and its sign-in: a sentence in the reader's language, never a fault of ours."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.actions import open_setup_link
from apps.accounts.models import Role
from apps.inquiries.models import Inquiry, State
from tests.accounts.cast import PASSWORD, code_of_app, give_password, member, signed_in

pytestmark = pytest.mark.django_db

MONITOR = "/desk/inquiries/bridge/"
STRANGE = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "長" * 5_000,
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "' OR 1=1 --",
    "\u202e\u200b",
    "👨‍👩‍👧‍👦",
    "1e400",
    "-1",
]
ANY_FORM = st.dictionaries(
    st.sampled_from(["login", "email", "password", "code", "name", "next", "password1", "password2", "oldpassword"]),
    st.text(max_size=60),
    max_size=5,
)
GENTLE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
OPEN_FORMS = ["account_login", "account_reset_password"]
OWN_FORMS = ["account_change_password", "account_reauthenticate", "mfa_reauthenticate", "usersessions_list"]


@pytest.fixture
def no_limits(settings):
    """How often one may try is tested elsewhere."""
    settings.ACCOUNT_RATE_LIMITS = False


def errors_of(response) -> list[str]:
    """The complaints on a page, without those that wait for a script to show them."""
    return re.findall(r'<p class="error"(?![^>]*\bhidden\b)[^>]*>(.*?)</p>', response.content.decode())


@pytest.mark.parametrize("text", STRANGE, ids=ascii)
def test_strange_words_in_the_forms_of_the_door_are_answered_in_japanese(client, no_limits, text):
    answers = [
        client.post(reverse("account_login"), {"login": text, "password": text}),
        client.post(reverse("account_reset_password"), {"email": text}),
    ]

    assert [response.status_code for response in answers] == [200, 200]
    for response in answers:
        found = errors_of(response)
        assert found
        assert all(re.search("[ぁ-ん]", sentence) for sentence in found)
        assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("text", STRANGE, ids=ascii)
def test_strange_code_does_not_open_the_desk(client, no_limits, text):
    give_password(client, member(Role.OWNER))

    response = client.post(reverse("mfa_authenticate"), {"code": text})

    assert response.status_code == 200
    assert re.search("[ぁ-ん]", errors_of(response)[0])
    assert client.get("/desk/").status_code == 302


def test_faulty_form_names_its_fields_in_english_too(client):
    response = client.post(f"{reverse('account_login')}?lang=en", {"login": "", "password": ""})

    assert errors_of(response) == ["This field is required."] * 2
    assert response.content.decode().count('aria-invalid="true"') == 2


@GENTLE
@given(form=ANY_FORM, door=st.sampled_from(OPEN_FORMS))
def test_no_form_breaks_the_door(no_limits, form, door):
    response = Client().post(reverse(door), form)

    assert response.status_code in (200, 302)


@GENTLE
@given(form=ANY_FORM, door=st.sampled_from(OWN_FORMS))
def test_no_form_breaks_the_pages_of_ones_account(own_session, no_limits, form, door):
    response = own_session.post(reverse(door), form)

    assert response.status_code in (200, 302)


@pytest.fixture
def own_session() -> Client:
    return signed_in(member(Role.OWNER))


@GENTLE
@given(form=st.dictionaries(st.sampled_from(["publication_name", "name", "email", "password"]), st.text(max_size=130)))
def test_no_form_breaks_the_set_up(form):
    link = open_setup_link()

    response = Client().post(link, {"publication_name": "", **form})

    assert response.status_code in (200, 302, 410)


@pytest.mark.parametrize("slug", ["%00", "橋", "a" * 500, "..%2f", "<script>", "bridge%20"])
@pytest.mark.parametrize("rest", ["", "open/", "close/"])
def test_strange_address_of_an_inquiry_is_not_found(own_session, inquiry, slug, rest):
    path = f"/desk/inquiries/{slug}/{rest}"

    assert {own_session.get(path).status_code, own_session.post(path).status_code} <= {404, 405}


@pytest.mark.parametrize("secret", ["%00", "橋", "a" * 2_000, "..", "<script>"])
def test_strange_set_up_link_opens_nothing(client, secret):
    assert client.get(f"/desk/setup/{secret}/").status_code in (404, 410)


@pytest.mark.parametrize("query", ["lang=xx", "lang=", "lang=%00", "lang=ja&lang=en", "next=%ff", "a=1" + "&b=2" * 300])
@pytest.mark.parametrize("path", ["/desk/", MONITOR, "/accounts/login/", "/accounts/second-factor/"])
def test_strange_query_never_breaks_a_page(own_session, inquiry, path, query):
    assert own_session.get(f"{path}?{query}").status_code in (200, 302, 400)


@pytest.mark.parametrize("cookie", ["", "x", "x" * 4_000, "../../etc", "%00", '"'])
def test_tampered_session_is_none(client, inquiry, cookie, settings):
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie

    assert client.get("/desk/").headers["Location"].startswith(reverse("account_login"))


def test_form_of_another_site_changes_nothing(inquiry):
    owner = member(Role.OWNER)
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)

    foreign = client.post(f"{MONITOR}close/", headers={"Origin": "https://evil.example"})
    bare = client.post(f"{MONITOR}close/?lang=en")

    assert (foreign.status_code, bare.status_code) == (403, 403)
    assert Inquiry.objects.get().state == State.OPEN
    assert '<html lang="ja">' in foreign.content.decode()
    assert "Nothing was changed" in bare.content.decode()
    assert "css/desk.css" in bare.content.decode()


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "application/x-www-form-urlencoded; charset=klingon"]
)
def test_body_of_another_kind_is_answered(client, kind):
    response = client.generic("POST", reverse("account_login"), b'{"login": "\xff"}', content_type=kind)

    assert response.status_code in (200, 400)


def test_body_that_is_too_large_is_refused(client):
    response = client.post(reverse("account_login"), {"login": "x" * 70_000, "password": PASSWORD})

    assert response.status_code in (400, 413)


def test_field_that_nobody_asked_for_changes_nothing(client):
    owner = member(Role.ANALYST)
    give_password(client, owner)
    client.post(reverse("mfa_authenticate"), {"code": code_of_app(), "is_staff": "1", "role": "owner", "user": "1"})

    owner.refresh_from_db()
    assert owner.is_staff is False
    assert owner.memberships.get().role == Role.ANALYST
