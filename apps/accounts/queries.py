"""What is known about staff."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from apps.accounts.models import AuditEntry, Invitation, Membership, Publication, Role, SetupLink, User

SETUP_LINK_LASTS = timedelta(hours=24)
SECOND_FACTORS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)


def owner_exists() -> bool:
    return Membership.objects.filter(role=Role.OWNER, user__is_active=True).exists()


def setup_link_is_open(secret: str) -> bool:
    return open_setup_links(secret).exists() and not owner_exists()


def open_setup_links(secret: str) -> QuerySet[SetupLink]:
    """The link with this secret, unless it was used or is older than a day."""
    young = timezone.now() - SETUP_LINK_LASTS
    return SetupLink.objects.filter(secret_hash=SetupLink.hash_of(secret), used_at=None, created_at__gt=young)


def has_second_factor(user: User, *, before: datetime | None = None) -> bool:
    """Whether signing in takes a second step; with `before`, whether it did at that moment."""
    factors = Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS)
    return factors.filter(**({"created_at__lt": before} if before else {})).exists()


def first_publication() -> Publication | None:
    """The one that came with the installation, as long as it is alone."""
    return Publication.objects.order_by("pk").first()


def staff_users() -> QuerySet[User]:
    """Users as operators see them: roles prefetched, second factor annotated as `protected`."""
    factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=SECOND_FACTORS)
    return User.objects.annotate(protected=Exists(factors)).prefetch_related("memberships__publication")


def members_of(publication: Publication) -> QuerySet[Membership]:
    """Who works for the publication; whether signing in takes them a second step is annotated as `protected`."""
    factors = Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=SECOND_FACTORS)
    members = Membership.objects.filter(publication=publication).annotate(protected=Exists(factors))
    return members.select_related("user").order_by("user__name", "user__email")


def waiting_invitations(publication: Publication) -> QuerySet[Invitation]:
    """Neither accepted nor taken back; those that ran out are among them, to be renewed."""
    waiting = Invitation.objects.filter(publication=publication, accepted_at=None, revoked_at=None)
    return waiting.select_related("invited_by").order_by("-sent_at")


def invitation_with(secret: str) -> Invitation | None:
    """Whatever has become of it."""
    found = Invitation.objects.filter(secret_hash=SetupLink.hash_of(secret))
    return found.select_related("publication", "invited_by").first()


def user_with(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def audit_older_than(moment: datetime) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(at__lt=moment)


def audit_of(publication: Publication, *, target: str, about: str, numbers: Sequence[int]) -> QuerySet[AuditEntry]:
    """What was done to numbered things of a target, by actions whose names begin with `about`; oldest first."""
    entries = AuditEntry.objects.filter(publication=publication, target=target, action__startswith=about)
    return entries.filter(detail__number__in=numbers).select_related("actor").order_by("id")
