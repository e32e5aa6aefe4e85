"""What is debated: statements, one reader's ballot, and who may be meant by a number in a file."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Max, Min, Q, QuerySet

from apps.debates.choices import Choice, votes_in
from apps.debates.models import (
    Ballot,
    Debate,
    OpinionMap,
    Origin,
    Standing,
    Statement,
    StatementState,
    VoteKey,
    VoteLog,
)
from apps.debates.seeds import seeds_in
from apps.inquiries.models import Inquiry, State
from apps.inquiries.queries import open_inquiries
from apps.surveys.queries import newest_version
from apps.surveys.statements import folded


def debate_by_slug(slug: str) -> Debate | None:
    return Debate.objects.select_related("inquiry").filter(inquiry__slug=slug).first()


def debates_that_take_votes() -> QuerySet[Debate]:
    """Of all inquiries that are open by their state; whether at this hour does not matter to whoever counts."""
    return Debate.objects.select_related("inquiry").filter(inquiry__state=State.OPEN).order_by("pk")


def inquiries_to_debate(now: datetime) -> list[Inquiry]:
    """Those that are debated, and those that are open at this hour with statements to begin with."""
    begun = [debate.inquiry for debate in debates_that_take_votes()]
    return begun + [each for each in open_inquiries(now) if each not in begun and has_seeds(each)]


def has_seeds(inquiry: Inquiry) -> bool:
    version = newest_version(inquiry.pk)
    return any(seeds_in(version.definition)) if version else False


def standing_of(debate_id: int) -> Standing | None:
    """The votes as they were last counted."""
    return Standing.objects.filter(pk=debate_id).first()


def statements_of(debate: Debate) -> QuerySet[Statement]:
    """All statements in the order of their numbers, whatever their state."""
    return Statement.objects.filter(debate=debate).order_by("number")


def served_statements(debate: Debate) -> QuerySet[Statement]:
    return statements_of(debate).filter(state=StatementState.APPROVED)


def statements_by_number(debate_id: int, numbers: Collection[int]) -> dict[int, Statement]:
    return {each.number: each for each in Statement.objects.filter(debate_id=debate_id, number__in=numbers)}


def statement_counts(debate_id: int) -> dict[str, int]:
    """How many statements are in each state; states without any are missing."""
    rows = Statement.objects.filter(debate_id=debate_id).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many statements wait for their review, and since when the oldest of a reader does."""

    statements: int
    since: date | None


def waiting_statements(inquiry_ids: Iterable[int]) -> dict[int, Waiting]:
    """By inquiry; those where nothing waits are missing."""
    waiting = Statement.objects.filter(debate_id__in=inquiry_ids, state=StatementState.WAITING)
    rows = (
        waiting.order_by()
        .values_list("debate_id")
        .annotate(n=Count("pk"), since=Min("day", filter=Q(origin=Origin.READER)))
    )
    return {inquiry_id: Waiting(n, since) for inquiry_id, n, since in rows}


@dataclass(frozen=True, slots=True)
class DebateCounts:
    """Readers who gave a vote that stands, who gave five or more, and who wrote a statement."""

    voted: int
    voted_five: int
    wrote: int


# A byte for each statement, written as two figures; 00 is no vote, and no other byte holds a zero at its end.
DEBATE_COUNTS = """
    SELECT count(*) FILTER (WHERE votes > 0), count(*) FILTER (WHERE votes >= 5),
        (SELECT count(DISTINCT author) FROM debates_statement WHERE debate_id = %(debate)s AND author IS NOT NULL)
    FROM (
        SELECT length(replace(encode(votes, 'hex'), '00', '')) / 2 AS votes
        FROM debates_ballot WHERE debate_id = %(debate)s
    ) AS ballots
"""


def debate_counts(debate_id: int) -> DebateCounts:
    with connection.cursor() as cursor:
        cursor.execute(DEBATE_COUNTS, {"debate": debate_id})
        return DebateCounts(*cursor.fetchone())


def same_statement(debate: Debate, folded_text: str) -> Statement | None:
    """The first statement that says the same in other widths, kana, cases or spaces; one taken back is as if unsaid.

    The editors' statements say it in each of their languages.
    """
    said = statements_of(debate).exclude(state=StatementState.WITHDRAWN)
    if same := said.filter(folded=folded_text).first():
        return same
    seeds = said.filter(origin=Origin.SEED)
    return next((each for each in seeds if folded_text in map(folded, each.texts.values())), None)


@dataclass(frozen=True, slots=True)
class OwnVotes:
    """One reader's votes by statement number."""

    votes: dict[int, Choice]
    revision: int


def own_votes(pseudonym: bytes) -> OwnVotes:
    """Empty for a reader who has not voted yet."""
    row = Ballot.objects.filter(pk=pseudonym).values_list("votes", "revision").first()
    return OwnVotes(votes_in(bytes(row[0])), row[1]) if row else OwnVotes({}, 0)


def vote_was_kept(pseudonym: bytes, key: UUID) -> bool:
    """Whether a vote of this reader arrived under this key; known for seven days."""
    return VoteKey.objects.filter(pk=(pseudonym, key)).exists()


def statements_voted_on(debate_id: int, pseudonym: bytes, numbers: Collection[int]) -> list[Statement]:
    """Those of these numbers whatever their state, the one that this reader came to last first."""
    log = VoteLog.objects.filter(pseudonym=pseudonym, number__in=numbers)
    came = dict(log.values_list("number").annotate(first=Min("revision")))
    statements = Statement.objects.select_related("merged_into").filter(debate_id=debate_id, number__in=numbers)
    return sorted(statements, key=lambda each: (-came.get(each.number, 0), each.number))


def own_statements(pseudonym: bytes) -> list[Statement]:
    """What this reader wrote, whatever became of it."""
    return list(Statement.objects.select_related("merged_into").filter(author=pseudonym).order_by("number"))


def vote_watermark(debate_id: int) -> int:
    """The number of the last log row; it grows with every accepted vote."""
    return VoteLog.objects.filter(debate_id=debate_id).aggregate(last=Max("pk"))["last"] or 0


def map_key(debate_id: int) -> int | None:
    """Which map is the newest: its id. One small query; the map itself never changes."""
    newest = OpinionMap.objects.filter(debate_id=debate_id).order_by("-number")
    return newest.values_list("id", flat=True).first()


def maps_drawn_at(debate_ids: Collection[int]) -> dict[int, datetime]:
    """When the newest map of each was made; those without any are missing."""
    rows = OpinionMap.objects.filter(debate_id__in=debate_ids).order_by().values_list("debate_id")
    return dict(rows.annotate(last=Max("created_at")))


def newest_map(debate_id: int) -> OpinionMap | None:
    """For whoever writes: as the database has it now."""
    key = map_key(debate_id)
    return stored_map(key) if key else None


def newest_map_that_tells(story: str, debate_id: int) -> OpinionMap | None:
    """To which axes or groups the next map that tells the same keeps, whatever was told in between."""
    return OpinionMap.objects.filter(debate_id=debate_id, story=story).order_by("-number").first()


@lru_cache(maxsize=16)
def stored_map(map_id: int) -> OpinionMap:
    """Kept by the process: a map never changes."""
    return OpinionMap.objects.get(id=map_id)


def map_by_number(debate_id: int, number: int) -> OpinionMap | None:
    return OpinionMap.objects.filter(debate_id=debate_id, number=number).first()


@dataclass(frozen=True)
class MapChanges:
    """Since a map was drawn: readers who voted, readers whose votes are gone, whether other statements are shown."""

    voted: int
    erased: int
    other_statements: bool

    @property
    def any(self) -> bool:
        return bool(self.voted or self.erased or self.other_statements)


# The log is append-only but for erasures, which take their rows along: readers whose first row is newer than the map
# came, so whoever is missing from the sum has gone.
MAP_CHANGES = """
    SELECT count(DISTINCT pseudonym), count(*) FILTER (WHERE revision = 1),
           (SELECT count(*) FROM debates_ballot WHERE debate_id = %(debate)s)
    FROM debates_votelog WHERE debate_id = %(debate)s AND id > %(watermark)s
"""


def map_changes(debate_id: int, last: OpinionMap | None) -> MapChanges:
    """Before the first map everybody who ever voted is new; the log need not be read for that."""
    if last is None:
        return MapChanges(Ballot.objects.filter(debate_id=debate_id).count(), erased=0, other_statements=False)
    with connection.cursor() as cursor:
        cursor.execute(MAP_CHANGES, {"debate": debate_id, "watermark": last.watermark})
        voted, came, present = cursor.fetchone()
    return MapChanges(
        voted=voted,
        erased=max(0, last.ballots + came - present),
        other_statements=last.settings["statements"] != served_numbers(debate_id),
    )


def served_numbers(debate_id: int) -> list[int]:
    served = Statement.objects.filter(debate_id=debate_id, state=StatementState.APPROVED).order_by("number")
    return list(served.values_list("number", flat=True))


def debates_that_have_maps(slugs: Sequence[str] = ()) -> list[Debate]:
    """Of all inquiries that may have new votes: open ones, and closed ones from which votes can still be erased."""
    asked = Debate.objects.select_related("inquiry").filter(inquiry__state__in=[State.OPEN, State.CLOSED])
    return list((asked.filter(inquiry__slug__in=slugs) if slugs else asked).order_by("pk"))


def outside_ids(debate: Debate) -> dict[int, int]:
    """Statement number → the id by which files know it: the one it was imported under, or its own number.

    Statements that were written here after an import are counted on from the largest imported id.
    """
    rows = list(statements_of(debate).values_list("number", "imported_id"))
    imported = {number: there for number, there in rows if there is not None}
    beyond = max(imported.values(), default=0)
    here = (number for number, there in rows if there is None)
    if not imported:
        return {number: number for number in here}
    return imported | {number: beyond + place for place, number in enumerate(here, start=1)}


def reader_names(debate: Debate) -> dict[bytes, int]:
    """Pseudonym → the id by which files know the reader: the imported one, or one counted on in no telling order."""
    rows = Ballot.objects.filter(debate=debate).order_by(F("imported_id").asc(nulls_last=True), "pseudonym")
    names: dict[bytes, int] = {}
    beyond = 0
    for pseudonym, imported in rows.values_list("pseudonym", "imported_id"):
        names[bytes(pseudonym)] = beyond if imported is None else imported
        beyond = names[bytes(pseudonym)] + 1
    return names
