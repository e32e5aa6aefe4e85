"""What a caller must show before anything is read: own origin, token, key, receipt. No cookie opens anything here."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.api.errors import Refusal, too_many, unknown_parameter, unknown_receipt
from apps.debates.routing import AT_ONCE
from apps.participants.actions import take_from_bucket
from apps.participants.limits import Sender, network_key, sender_of
from apps.participants.proof import LONGEST_PROOF
from apps.participants.queries import Identity, find_by_receipt
from apps.participants.tokens import read_token

KEY_LENGTH = 36
CARDS = frozenset(str(number) for number in range(1, AT_ONCE + 1))
# Burst and calls per second. Guessing 128 bits is hopeless; the limit spares the database the tries.
RECEIPT_LIMIT = (60, 0.2)
# A carrier or a school is one network: generous, because a token costs nothing and says nothing.
PARTICIPANT_LIMIT = (20_000, 200.0)


def require_known_parameters(request: HttpRequest, also: frozenset[str] = frozenset()) -> None:
    """Every address takes `lang`; beside it only what it names itself, and reads itself."""
    for name, value in request.GET.items():
        if name not in also and (name != "lang" or value not in dict(settings.LANGUAGES)):
            raise unknown_parameter(name)


def number_of_cards(request: HttpRequest) -> int:
    """`n`, five where it is not given."""
    text = request.GET.get("n", str(AT_ONCE))
    if text not in CARDS:
        sentence = _("This has to be a whole number from 1 to %(most)d.") % {"most": AT_ONCE}
        raise Refusal(400, "invalid_parameter", sentence, field="n")
    return int(text)


def require_own_origin(request: HttpRequest) -> None:
    """A browser says where a script runs; scripts of other sites may not write. Machines say nothing."""
    origin = request.META.get("HTTP_ORIGIN")
    ours = origin is None or origin in {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}
    if not ours or request.META.get("HTTP_SEC_FETCH_SITE", "none") not in {"same-origin", "none"}:
        raise Refusal(403, "foreign_origin", _("Pages of other sites may not write here."))


def require_token(request: HttpRequest) -> bytes:
    text = request.META.get("HTTP_X_TOIKAKE_TOKEN")
    if text is None:
        raise Refusal(401, "token_missing", _("The participant's token is missing."), field="X-Toikake-Token")
    token = read_token(text)
    if token is None:
        raise Refusal(401, "token_invalid", _("This token is not valid, or no longer."), field="X-Toikake-Token")
    return token


def require_key(request: HttpRequest) -> UUID:
    text = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    try:
        if len(text) == KEY_LENGTH:
            return UUID(text)
    except ValueError:
        pass
    raise Refusal(
        400,
        "key_missing",
        _("Please send a UUID as Idempotency-Key, the same one on every retry."),
        field="Idempotency-Key",
    )


def require_receipt(request: HttpRequest) -> Identity:
    """Whoever holds the receipt may see, change and delete these answers."""
    code = request.META.get("HTTP_X_TOIKAKE_RECEIPT")
    if code is None:
        raise Refusal(401, "receipt_missing", _("The receipt code is missing."), field="X-Toikake-Receipt")
    limit(request, "receipt", *RECEIPT_LIMIT)
    identity = find_by_receipt(code)
    if identity is None:
        raise unknown_receipt()
    return identity


def voter(request: HttpRequest) -> Sender:
    """Where a vote comes from, and the proof of work that it may bring."""
    proof = request.META.get("HTTP_X_TOIKAKE_PROOF", "")
    if len(proof) > LONGEST_PROOF:
        raise Refusal(400, "invalid_parameter", _("This header is too long."), field="X-Toikake-Proof")
    return sender_of(request, proof)


def limit(request: HttpRequest, purpose: str, burst: float, rate: float) -> None:
    if not take_from_bucket(network_key(request, purpose), rate=rate, burst=burst):
        raise too_many(seconds=max(1, round(1 / rate)))
