"""The cast of staff: who they are, and how they get in."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

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
