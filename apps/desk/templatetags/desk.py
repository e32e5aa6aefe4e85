"""Tags of the desk's own pages."""

from django import template
from django.http import HttpRequest

from apps.accounts.gate import signed_in
from apps.accounts.models import Publication, Role
from apps.accounts.rules import publications_for

register = template.Library()


@register.simple_tag
def owned_publications(request: HttpRequest) -> list[Publication]:
    """The publications whose people and log the user looks after; none for somebody between the two steps."""
    if not request.user.is_authenticated:
        return []
    return list(publications_for(signed_in(request), Role.OWNER).order_by("name", "pk"))
