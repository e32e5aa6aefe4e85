"""How django-allauth behaves for us: no sign-up, own paths only, secrets encrypted, addresses never written down."""

import base64
import hmac
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_network

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from apps.accounts import queries
from apps.accounts.gate import signed_in
from apps.accounts.models import User
from apps.accounts.sessions import began_at, kind_of_browser
from apps.common.senders import address_of

SECRETS_PURPOSE = b"toikake second factor secrets v1"
ADDRESS_PURPOSE = b"toikake sign-in limits v1"
FRESH = timedelta(minutes=15)
ONE_HOUSE = {4: 32, 6: 64}  # prefixes: of the longer addresses everybody has more than can be counted


class StaffAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Staff are invited; readers need no account."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """After signing in one goes on within the site, whatever a link says."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Limits count by a keyed hash of address and day: the table they live in holds no address. Behind a proxy on
        this machine whoever stands there counts, or a few wrong passwords of a stranger would lock all staff out."""
        address = address_of(request)
        sender = ip_network((address, ONE_HOUSE[address.version]), strict=False) if address else ""
        text = f"{timezone.localdate().isoformat()} {sender}".encode()
        return hmac.new(settings.SECRET_KEY.encode() + ADDRESS_PURPOSE, text, sha256).hexdigest()[:24]

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Whoever has just signed in sets up the first second factor, and sees the codes, without asking again."""
        if app == "allauth.mfa" and sets_up_first_factor(self.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


def sets_up_first_factor(request: HttpRequest) -> bool:
    """In the first minutes of a session that found no second factor."""
    began = began_at(request)
    fresh = time.time() - began < FRESH.total_seconds()
    return fresh and not queries.has_second_factor(signed_in(request), before=datetime.fromtimestamp(began, UTC))


class StaffMFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return secret_box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return secret_box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return kind_of_browser(context.request.headers.get("User-Agent", "")) or super().generate_authenticator_name(
            user, type
        )

    def get_totp_issuer(self) -> str:
        return f"Toikake {settings.SITE_HOST}"


def secret_box() -> MultiFernet:
    """Encrypts with the site's key; what was encrypted with a former key (SECRET_KEY_FALLBACKS) still opens."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(derived_key(key)) for key in keys])


def derived_key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hmac.new(secret.encode(), SECRETS_PURPOSE, sha256).digest())
