"""Who may do what. Roles belong to a publication; nobody's role reaches beyond it."""

from django.db.models import QuerySet

from apps.accounts.models import Membership, Publication, Role, User

EVERY_ROLE = tuple(Role)


def membership(user: User, publication: Publication, *roles: Role) -> Membership | None:
    """The user's membership in this publication, if it carries one of the roles (any role where none is named)."""
    return Membership.objects.filter(user=user, publication=publication, role__in=roles or EVERY_ROLE).first()


def publications_for(user: User, *roles: Role) -> QuerySet[Publication]:
    """The publications in which the user has one of the roles; other gates narrow by this."""
    return Publication.objects.filter(memberships__user=user, memberships__role__in=roles or EVERY_ROLE)


def may_enter(user: User, *roles: Role) -> bool:
    """Whether the user has one of the roles anywhere."""
    return Membership.objects.filter(user=user, role__in=roles or EVERY_ROLE).exists()


def is_last_owner(member: Membership) -> bool:
    others = Membership.objects.filter(publication=member.publication, role=Role.OWNER, user__is_active=True)
    return member.role == Role.OWNER and not others.exclude(pk=member.pk).exists()
