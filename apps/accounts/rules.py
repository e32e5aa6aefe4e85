"""Who may do what. Roles belong to a publication; nobody's role reaches beyond it."""

from django.db.models import QuerySet

from apps.accounts.models import Invitation, Membership, Publication, Role, User

EVERY_ROLE = tuple(Role)


def publications_for(user: User, *roles: Role) -> QuerySet[Publication]:
    """The publications in which the user has one of the roles; other gates narrow by this."""
    return Publication.objects.filter(memberships__user=user, memberships__role__in=roles or EVERY_ROLE)


def may_enter(user: User, *roles: Role) -> bool:
    """Whether the user has one of the roles anywhere."""
    return Membership.objects.filter(user=user, role__in=roles or EVERY_ROLE).exists()


def is_last_owner(member: Membership) -> bool:
    others = Membership.objects.filter(publication=member.publication, role=Role.OWNER, user__is_active=True)
    return member.role == Role.OWNER and not others.exclude(pk=member.pk).exists()


def owned_alone(user: User) -> list[Publication]:
    """The publications that nobody could run without this user."""
    owned = Membership.objects.filter(user=user, role=Role.OWNER).select_related("publication")
    return [member.publication for member in owned.order_by("publication__name") if is_last_owner(member)]


def is_open(invitation: Invitation) -> bool:
    return invitation.accepted_at is None and invitation.revoked_at is None and not invitation.has_run_out


def may_reset_second_factor(owner: User, user: User) -> bool:
    """Of another person only, and nobody's who also works where the owner has no say, or who runs the installation."""
    elsewhere = Membership.objects.filter(user=user).exclude(publication__in=publications_for(owner, Role.OWNER))
    return owner != user and not user.is_staff and not elsewhere.exists()
