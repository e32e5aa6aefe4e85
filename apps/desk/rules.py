"""What a member of staff may see and do with an inquiry."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from apps.accounts.models import Membership, Publication, Role, User
from apps.desk.comparison import has_answers
from apps.desk.standings import PLANNED, standing
from apps.inquiries.models import Inquiry, State
from apps.surveys.queries import published_instrument

EDITORS = (Role.OWNER, Role.AUTHOR)
MODERATORS = (*EDITORS, Role.MODERATOR)
EXPORTERS = (*EDITORS, Role.ANALYST)


@dataclass(frozen=True)
class Entrusted:
    """An inquiry together with the role in which the user holds it."""

    inquiry: Inquiry
    role: str

    @property
    def may_edit(self) -> bool:
        return self.role in EDITORS

    @property
    def may_export(self) -> bool:
        return self.role in EXPORTERS

    @property
    def may_review(self) -> bool:
        return self.role in MODERATORS


def inquiry_for(user: User, slug: str, *roles: Role) -> Entrusted:
    """The gate: another publication's inquiry does not exist; one's own may need another role."""
    held = Membership.objects.filter(user=user, publication=OuterRef("publication")).values("role")
    inquiries = Inquiry.objects.select_related("publication", "article").annotate(held_role=Subquery(held))
    inquiry = inquiries.filter(slug=slug, held_role__isnull=False).first()
    if inquiry is None:
        raise Http404
    if roles and inquiry.held_role not in roles:
        raise PermissionDenied(who_may(roles))
    return Entrusted(inquiry=inquiry, role=inquiry.held_role)


def publication_for(user: User, slug: str, *roles: Role) -> Publication:
    """The gate: a publication one does not work for does not exist; one's own may need another role."""
    found = Membership.objects.filter(user=user, publication__slug=slug).select_related("publication").first()
    if found is None:
        raise Http404
    if roles and found.role not in roles:
        raise PermissionDenied(who_may(roles))
    return found.publication


def who_may(roles: Collection[Role]) -> str:
    if Role.ANALYST in roles:
        return _("Only owners, authors and analysts may do that here.")
    if set(roles) == {Role.OWNER}:
        return _("Only owners may do that here.")
    if Role.MODERATOR in roles:
        return _("Only owners, authors and moderators may do that here.")
    return _("Only owners and authors may do that here.")


def may_open(inquiry: Inquiry, now: datetime) -> bool:
    """Only what has questions can be opened, and what takes no answers now."""
    return standing(inquiry, now) in (State.DRAFT, State.CLOSED) and published_instrument(inquiry.pk) is not None


def may_close(inquiry: Inquiry, now: datetime) -> bool:
    return standing(inquiry, now) in (State.OPEN, PLANNED)


def hours_ahead(inquiry: Inquiry, now: datetime) -> dict[str, datetime | None]:
    """Of the hours that are set, those that still lie ahead: an inquiry that is opened keeps them."""
    hours = {"opens_at": inquiry.opens_at, "closes_at": inquiry.closes_at}
    return {name: moment if moment and moment > now else None for name, moment in hours.items()}


def may_delete(inquiry: Inquiry) -> bool:
    """Only what was never open, and has no simulated answers either."""
    return inquiry.state == State.DRAFT and not has_answers(inquiry)


def readers_see(inquiry: Inquiry) -> bool:
    return inquiry.state in (State.OPEN, State.CLOSED)


def shows_rules(inquiry: Inquiry) -> bool:
    """Whether there is a page about the survey; a conversation from elsewhere has none."""
    return readers_see(inquiry) and published_instrument(inquiry.pk) is not None
