"""Tags of the desk's own pages."""

from datetime import datetime

from django import template
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.gate import signed_in
from apps.accounts.models import Publication, Role
from apps.accounts.rules import publications_for
from apps.desk.doors import rooms_for

register = template.Library()
register.simple_tag(rooms_for)


@register.simple_tag
def owned_publications(request: HttpRequest) -> list[Publication]:
    """The publications whose people and log the user looks after; none for somebody between the two steps."""
    if not request.user.is_authenticated:
        return []
    return list(publications_for(signed_in(request), Role.OWNER).order_by("name", "pk"))


@register.filter
def is_ahead(moment: datetime | None) -> bool:
    return moment is not None and moment > timezone.now()
