"""The moderation queue as its page shows it. Votes are not among what is read here: nobody decides by them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from apps.accounts.models import AuditEntry, User
from apps.accounts.queries import audit_of
from apps.common.templatetags.toikake import said_in
from apps.debates import rules
from apps.debates.alike import Alike, alike_to_each
from apps.debates.likeness import likeness, shape
from apps.debates.models import Statement, StatementState
from apps.debates.queries import statement_counts
from apps.debates.wording import folded
from apps.desk.moderation import words
from apps.desk.moderation.differing import Piece, differing
from apps.inquiries.models import Inquiry

AT_ONCE = 20
TABS = (
    StatementState.WAITING,
    StatementState.APPROVED,
    StatementState.REJECTED,
    StatementState.MERGED,
    StatementState.WITHDRAWN,
)
DECISIONS = ("statement.approved", "statement.rejected", "statement.merged", "statement.reopened")
TAKEN_BACK_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the statements a page shows."""

    state: str = StatementState.WAITING
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Near:
    """Another statement that says nearly the same, laid beside the one that is reviewed."""

    statement: Statement
    per_cent: int
    mine: list[Piece]
    theirs: list[Piece]
    takes_it_in: bool  # the reviewed one can be merged into it


@dataclass(frozen=True, slots=True)
class Happened:
    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement with all that helps to decide on it."""

    statement: Statement
    text: str
    elsewhere: list[tuple[str, str]]  # the other languages of the editors' statements, and their words
    masked: bool
    days: int
    near: list[Near]
    held: list[str]
    history: list[Happened]
    can_approve: bool
    can_reject: bool
    can_merge: bool
    can_reopen: bool


@dataclass(frozen=True, slots=True)
class Last:
    """The user's last decision, where it still stands and is young enough to be a slip."""

    number: int
    state: str
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Queue:
    tabs: list[tuple[StatementState, int]]
    page: Page[Statement]
    entries: list[Entry]
    last: Last | None


def queue(inquiry: Inquiry, asked: Asked, *, by: User, shown: int | None = None) -> Queue:
    """`shown`: the number of the statement whose held words were asked for."""
    counts = statement_counts(inquiry.pk)
    page = Paginator(wanted(inquiry, asked), AT_ONCE).get_page(asked.page)
    return Queue(
        tabs=[(state, counts.get(state, 0)) for state in TABS],
        page=page,
        entries=entries(inquiry, list(page), shown=shown),
        last=last_decision(inquiry, by),
    )


def wanted(inquiry: Inquiry, asked: Asked) -> QuerySet[Statement]:
    """What waits: the oldest first; what is decided: the latest first. Held words are not searched."""
    found = Statement.objects.filter(debate_id=inquiry.pk, state=asked.state).select_related(
        "merged_into", "moderated_by"
    )
    if asked.words:
        says = Q(folded__contains=folded(asked.words)) | Q(text__icontains=asked.words)
        for code, _name in settings.LANGUAGES:
            says |= Q(**{f"texts__{code}__icontains": asked.words})
        if asked.state != StatementState.APPROVED:
            says &= Q(held=[])
        number = int(asked.words) if asked.words.isdecimal() else 0
        found = found.filter(says | Q(number=number))
    if asked.state == StatementState.WAITING:
        return found.order_by("number")
    return found.order_by(F("moderated_at").desc(nulls_last=True), "-number")


def entries(inquiry: Inquiry, statements: list[Statement], *, shown: int | None) -> list[Entry]:
    said = {each.number: words_of(each) for each in statements if each.number == shown or not each.masked}
    near = alike_to_each(inquiry.pk, said)
    history = history_of(inquiry, [each.number for each in statements])
    today = timezone.localdate()
    return [
        entry(each, near.get(each.number, []), history.get(each.number, []), today=today, shown=shown)
        for each in statements
    ]


def entry(statement: Statement, near: list[Alike], history: list[Happened], *, today: date, shown: int | None) -> Entry:
    text = said_in(statement.texts) or statement.text
    return Entry(
        statement=statement,
        text=text,
        elsewhere=[(name, line) for name, line in statement.texts.items() if line != text],
        masked=statement.masked and statement.number != shown,
        days=max(0, (today - statement.day).days),
        near=[beside(statement, text, each) for each in near],
        held=words.held_for(statement.held),
        history=history,
        can_approve=rules.can_approve(statement),
        can_reject=rules.can_reject(statement),
        can_merge=statement.state != StatementState.WITHDRAWN,
        can_reopen=rules.can_reopen(statement),
    )


def beside(statement: Statement, text: str, alike: Alike) -> Near:
    other = alike.statement
    theirs = max(words_of(other), key=lambda line: likeness(shape(text), shape(line)))
    mine_pieces, their_pieces = ([], []) if other.masked else differing(text, theirs)
    return Near(
        statement=other,
        per_cent=min(99, round(100 * alike.likeness)) if alike.likeness < 1 else 100,
        mine=mine_pieces,
        theirs=their_pieces,
        takes_it_in=rules.can_merge(statement, other),
    )


def words_of(statement: Statement) -> list[str]:
    return list(dict.fromkeys([statement.text, *statement.texts.values()]))


def history_of(inquiry: Inquiry, numbers: list[int]) -> dict[int, list[Happened]]:
    """Number → what staff did about it, the first thing first."""
    found: dict[int, list[Happened]] = {}
    for each in audit_of(inquiry.publication, target=inquiry.slug, about="statement.", numbers=numbers):
        happened = Happened(each.at, words.who(each), words.what(each))
        found.setdefault(each.detail["number"], []).append(happened)
    return found


def last_decision(inquiry: Inquiry, by: User) -> Last | None:
    young = timezone.now() - TAKEN_BACK_WITHIN
    own = AuditEntry.objects.filter(publication=inquiry.publication, actor=by, target=inquiry.slug, at__gt=young)
    last = own.filter(action__in=DECISIONS).order_by("-id").first()
    if last is None or last.detail["to"] == StatementState.WAITING:
        return None
    number, state = last.detail["number"], last.detail["to"]
    stands = Statement.objects.filter(debate_id=inquiry.pk, number=number, state=state, moderated_by=by)
    return Last(number, state, words.what(last), last.at) if stands.exclude(text="").exists() else None
