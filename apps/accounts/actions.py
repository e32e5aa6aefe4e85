"""What changes who runs the site. Every action leaves a row in the audit log."""

import secrets
from collections.abc import Collection, Iterable
from typing import cast

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts import queries, rules
from apps.accounts.models import AuditEntry, Invitation, Membership, Publication, Role, SetupLink, User


class SetupLinkSpentError(Exception):
    """The link was used, is too old, was replaced by a newer one, or never made."""


class LastOwnerError(Exception):
    """Without this owner nobody could run the publication."""


def record_audit(
    *,
    action: str,
    by: User | None = None,
    publication: Publication | None = None,
    target: str = "",
    detail: dict[str, object] | None = None,
) -> AuditEntry:
    """Say what was done, in the transaction in which it is done."""
    return AuditEntry.objects.create(
        action=action, actor=by, publication=publication, target=target[:200], detail=detail or {}
    )


@transaction.atomic
def open_setup_link() -> str:
    """Make the one-time way in for the first owner; links made earlier no longer open anything."""
    secret = secrets.token_urlsafe(32)
    SetupLink.objects.filter(used_at=None).delete()
    SetupLink.objects.create(secret_hash=SetupLink.hash_of(secret))
    return reverse("desk:setup", kwargs={"secret": secret})


@transaction.atomic
def create_first_owner(*, secret: str, publication_name: str, email: str, name: str, password: str) -> User:
    """Turn an open set-up link into the first owner. Of two who press at once, the second finds the link spent."""
    link = queries.open_setup_links(secret).select_for_update().first()
    if link is None or queries.owner_exists():
        raise SetupLinkSpentError
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    publication = queries.first_publication() or Publication(slug="toikake")
    publication.name = publication_name
    publication.save()
    owner = User.objects.create_user(email, password, name=name, is_staff=True)
    Membership.objects.create(publication=publication, user=owner, role=Role.OWNER)
    record_audit(action="owner.created", by=owner, publication=publication, target=email)
    return owner


@transaction.atomic
def invite_user(*, email: str, name: str, by: User) -> User:
    """A new member of staff without a password; they choose one through "forgot your password"."""
    user = User.objects.create_user(email, None, name=name)
    record_audit(action="user.created", by=by, target=email)
    return user


@transaction.atomic
def grant_role(*, user: User, publication: Publication, role: str, by: User) -> Membership:
    """Give a user a role, or another one. Their open sessions end, so that the change holds at once."""
    one_at_a_time(publication)
    member = Membership.objects.filter(user=user, publication=publication).first()
    former = member.role if member else ""
    if former == role:
        return cast(Membership, member)
    if member is None:
        member = Membership(user=user, publication=publication)
    elif rules.is_last_owner(member):
        raise LastOwnerError
    member.role = role
    member.save()
    end_sessions(user=user)
    take_back_invitations(publication, by=user)
    detail: dict[str, object] = {"from": former, "to": role}
    record_audit(action="role.granted", by=by, publication=publication, target=user.email, detail=detail)
    return member


@transaction.atomic
def revoke_role(*, member: Membership, by: User) -> None:
    """Take somebody out of the publication. Pressed twice, it is done once."""
    one_at_a_time(member.publication)
    found = Membership.objects.filter(pk=member.pk).first()
    if found is None:
        return
    member = found
    if rules.is_last_owner(member):
        raise LastOwnerError
    user, publication, role = member.user, member.publication, member.role
    member.delete()
    end_sessions(user=user)
    take_back_invitations(publication, by=user)
    record_audit(action="role.revoked", by=by, publication=publication, target=user.email, detail={"from": role})


def one_at_a_time(publication: Publication) -> None:
    """Roles of a publication change one after the other: two owners cannot remove each other at the same moment."""
    Publication.objects.select_for_update(no_key=True).get(pk=publication.pk)


def take_back_invitations(publication: Publication, *, by: User) -> None:
    """Whoever is no owner any more may hold a link for another address: it opens nothing now."""
    waiting = Invitation.objects.filter(publication=publication, invited_by=by, accepted_at=None, revoked_at=None)
    waiting.update(revoked_at=timezone.now())


@transaction.atomic
def change_user(*, user: User, changed: Collection[str], by: User) -> None:
    """Save what an operator changed of a user; someone who was shut out is out at once. Raises LastOwnerError."""
    if "is_active" in changed and not user.is_active:
        for publication in Publication.objects.filter(memberships__user=user).order_by("pk"):
            one_at_a_time(publication)
        if rules.owned_alone(user):
            raise LastOwnerError
    user.save()
    if {"is_active", "is_staff", "email"} & set(changed):
        end_sessions(user=user)
    record_audit(action="user.changed", by=by, target=user.email, detail={"fields": sorted(changed)})


@transaction.atomic
def change_publication(*, publication: Publication, changed: Iterable[str], by: User) -> None:
    publication.save()
    detail: dict[str, object] = {"fields": sorted(changed)}
    record_audit(action="publication.changed", by=by, publication=publication, target=publication.slug, detail=detail)


@transaction.atomic
def reset_second_factor(*, user: User, by: User | None = None, publication: Publication | None = None) -> int:
    """Forget a lost second factor; the user sets up a new one at the next sign-in."""
    forgotten, _ = Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)
    detail: dict[str, object] = {"forgotten": forgotten}
    record_audit(action="second_factor.reset", by=by, publication=publication, target=user.email, detail=detail)
    return forgotten


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User, publication: Publication) -> None:
    end_sessions(user=user)
    record_audit(action="sessions.ended", by=by, publication=publication, target=user.email)


def end_sessions(*, user: User, except_key: str | None = None) -> None:
    """Sign the user out everywhere, or everywhere but here."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=except_key):
        session.end()
