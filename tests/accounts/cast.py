"""The cast of staff: who they are, and how they get in."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Membership, Publication, User

PASSWORD = "a long enough sentence"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def publication(slug: str = "paper") -> Publication:
    return Publication.objects.get_or_create(slug=slug, defaults={"name": slug.title()})[0]


def member(role: str, *, of: str = "paper", named: str = "", protected: bool = True, operator: bool = False) -> User:
    """A user with a role in a publication, and a second factor unless told otherwise."""
    name = named or str(role)
    user = User.objects.create_user(f"{name}@{of}.example", PASSWORD, name=name.title(), is_staff=operator)
    Membership.objects.create(publication=publication(of), user=user, role=role)
    if protected:
        protect(user)
    return user


def protect(user: User) -> None:
    """Give the user an authenticator app and recovery codes."""
    secret = get_adapter().encrypt(TOTP_SECRET)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
    RecoveryCodes.activate(user)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def code_of_app(secret: str = TOTP_SECRET) -> str:
    """What the authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def recovery_codes(user: User) -> list[str]:
    return Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()


def give_password(client: Client, user: User, *, password: str = PASSWORD, following: str = "") -> HttpResponse:
    return client.post(
        reverse("account_login"),
        {"login": user.email, "password": password, **({"next": following} if following else {})},
    )


def give_code(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def came_in(user: User) -> Client:
    """A browser in which the user went through the real door: password, then a recovery code."""
    client = Client()
    give_password(client, user)
    assert give_code(client, recovery_codes(user)[0]).status_code == 302
    return client


def confirmed(user: User) -> Client:
    """A browser in which the user has just confirmed that it is them."""
    client = came_in(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client
