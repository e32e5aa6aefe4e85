"""How somebody comes to work for a publication: a one-time link of seven days for one address and one role."""

import secrets
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from apps.accounts import rules
from apps.accounts.actions import record_audit
from apps.accounts.models import Invitation, Membership, Publication, SetupLink, User


class InvitationSpentError(Exception):
    """The link was used, taken back, replaced by a newer one, ran out, or was never made."""


class WorksHereAlready(Exception):
    """Whoever has this address is a member already."""


class AlreadyInvited(Exception):
    """An invitation to this address waits; it can be renewed."""


class Invited(NamedTuple):
    invitation: Invitation
    secret: str  # nowhere else: the table holds its hash


@transaction.atomic
def invite(*, publication: Publication, email: str, role: str, by: User) -> Invited:
    """Make a link for this address. Of two who press at once, the second finds it invited."""
    Publication.objects.select_for_update(no_key=True).get(pk=publication.pk)
    if Membership.objects.filter(publication=publication, user__email__iexact=email).exists():
        raise WorksHereAlready
    waiting = Invitation.objects.filter(publication=publication, accepted_at=None, revoked_at=None)
    if waiting.filter(email__iexact=email).exists():
        raise AlreadyInvited
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        publication=publication, email=email, role=role, secret_hash=SetupLink.hash_of(secret), invited_by=by
    )
    record_audit(action="invitation.made", by=by, publication=publication, target=email, detail={"role": role})
    return Invited(invitation, secret)


@transaction.atomic
def renew(*, invitation: Invitation, by: User) -> Invited:
    """A new link and seven more days; the former link opens nothing any more."""
    waiting = still_waiting(invitation)
    secret = secrets.token_urlsafe(32)
    waiting.secret_hash, waiting.sent_at, waiting.invited_by = SetupLink.hash_of(secret), timezone.now(), by
    waiting.save(update_fields=["secret_hash", "sent_at", "invited_by"])
    record_audit(action="invitation.renewed", by=by, publication=waiting.publication, target=waiting.email)
    return Invited(waiting, secret)


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> None:
    waiting = still_waiting(invitation)
    waiting.revoked_at = timezone.now()
    waiting.save(update_fields=["revoked_at"])
    record_audit(action="invitation.revoked", by=by, publication=waiting.publication, target=waiting.email)


@transaction.atomic
def accept_as_newcomer(*, secret: str, name: str, password: str) -> User:
    """Make the account and the membership. Of two who press at once, the second finds the link spent."""
    invitation = open_one(secret)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise InvitationSpentError
    user = User.objects.create_user(invitation.email, password, name=name)
    _accept(invitation, user)
    return user


@transaction.atomic
def accept_as(*, secret: str, user: User) -> None:
    """For somebody who has an account; whose it is was seen to before."""
    invitation = open_one(secret)
    if user.email.lower() != invitation.email.lower():
        raise InvitationSpentError
    _accept(invitation, user)


def still_waiting(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("publication")
    found = locked.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).first()
    if found is None:
        raise InvitationSpentError
    return found


def open_one(secret: str) -> Invitation:
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("publication")
    found = locked.filter(secret_hash=SetupLink.hash_of(secret)).first()
    if found is None or not rules.is_open(found):
        raise InvitationSpentError
    return found


def _accept(invitation: Invitation, user: User) -> None:
    """A role that was given otherwise meanwhile stays as it is."""
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    publication, role = invitation.publication, invitation.role
    member, _made = Membership.objects.get_or_create(publication=publication, user=user, defaults={"role": role})
    detail: dict[str, object] = {"role": member.role}
    record_audit(action="invitation.accepted", by=user, publication=publication, target=user.email, detail=detail)
