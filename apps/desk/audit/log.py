"""What was done in a publication, as its owners may look it up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from apps.accounts.models import AuditEntry, Membership, Publication, User
from apps.common.templatetags.toikake import in_language
from apps.desk.audit import words
from apps.inquiries.models import Inquiry

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the log."""

    actor: int | None = None
    action: str = ""
    target: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    action: str
    sentence: str
    who: str
    target: str


@dataclass(frozen=True, slots=True)
class Log:
    page: Page[AuditEntry]
    lines: list[Line]


def log(publication: Publication, wanted: Wanted) -> Log:
    page = Paginator(entries_of(publication, wanted), AT_ONCE).get_page(wanted.page)
    return Log(page=page, lines=lines(publication, list(page)))


def belonging_to(publication: Publication) -> Q:
    """Its own entries, and what the people who work here did to their accounts, which belong to no publication."""
    here = Membership.objects.filter(publication=publication)
    of_people = Q(actor__in=here.values("user")) | Q(target__in=here.values("user__email"))
    return Q(publication=publication) | (Q(publication=None) & of_people)


def entries_of(publication: Publication, wanted: Wanted) -> QuerySet[AuditEntry]:
    """The newest first."""
    narrowed = {
        "actor": wanted.actor,
        "action": wanted.action,
        "target__icontains": wanted.target,
        "at__date__gte": wanted.since,
        "at__date__lte": wanted.until,
    }
    given = {name: value for name, value in narrowed.items() if value}
    found = AuditEntry.objects.filter(belonging_to(publication), **given)
    return found.select_related("actor").order_by("-id")


def lines(publication: Publication, entries: Iterable[AuditEntry]) -> list[Line]:
    titles = titles_of(publication)
    return [
        Line(each.at, each.action, words.sentence(each, titles), words.who(each), titles.get(each.target, each.target))
        for each in entries
    ]


def titles_of(publication: Publication) -> dict[str, str]:
    titles = Inquiry.objects.filter(publication=publication).values_list("slug", "title")
    return {slug: in_language(title) or slug for slug, title in titles}


def actors_in(publication: Publication) -> list[User]:
    """Whoever works here, and whoever once did something here."""
    here = Q(memberships__publication=publication)
    acted = Q(pk__in=AuditEntry.objects.filter(publication=publication, actor__isnull=False).values("actor"))
    return list(User.objects.filter(here | acted).distinct().order_by("name", "email"))
