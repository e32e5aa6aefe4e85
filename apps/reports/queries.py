"""Epochs that are stored, what has happened since, and answers that are not codes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from apps.common.recent import recent
from apps.debates.models import Statement
from apps.inquiries.models import Inquiry, State
from apps.reports.maps.rows import Spoken, spoken
from apps.reports.models import FrozenReport, ResultEpoch
from apps.responses.models import Response
from apps.surveys.definition import Question
from apps.surveys.kinds import kind_of


@dataclass(frozen=True)
class Changes:
    """Since the last epoch: readers who wrote, readers whose answers are gone, and the last log row there is."""

    written: int
    erased: int
    watermark: int

    @property
    def any(self) -> bool:
        return bool(self.written or self.erased)


@dataclass(frozen=True)
class Moment:
    """Which answers something was counted from: those up to a row of the log, of so many readers."""

    log_watermark: int
    answered: int


def epoch_key(inquiry_id: int) -> int | None:
    """Which epoch is the newest: its id. One small query; the epoch itself never changes."""
    newest = ResultEpoch.objects.filter(inquiry_id=inquiry_id).order_by("-number")
    return newest.values_list("id", flat=True).first()


def latest_epoch(inquiry_id: int) -> ResultEpoch | None:
    key = epoch_key(inquiry_id)
    return epoch(key) if key else None


@dataclass(frozen=True, slots=True)
class Telling:
    """Which statements of a debate readers may be told of now: published ones that still have their words."""

    debate_id: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Newest:
    """What there is to see of an inquiry: ids of the newest epoch and of the newest map, the statements, and which
    reports were published, the newest first."""

    epoch: int | None
    opinion_map: int | None
    telling: Telling
    reports: tuple[int, ...]


NEWEST = """
    SELECT (SELECT id FROM reports_resultepoch WHERE inquiry_id = %(inquiry)s ORDER BY number DESC LIMIT 1),
           (SELECT id FROM debates_opinionmap WHERE debate_id = %(inquiry)s ORDER BY number DESC LIMIT 1),
           ARRAY(
               SELECT number FROM debates_statement
               WHERE debate_id = %(inquiry)s AND state = 'approved' AND text <> '' ORDER BY number
           ),
           ARRAY(SELECT number FROM reports_frozenreport WHERE inquiry_id = %(inquiry)s ORDER BY number DESC)
"""


def newest(inquiry_id: int) -> Newest:
    """One small query for all pages that lead to one another."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, {"inquiry": inquiry_id})
        epoch_id, map_id, numbers, reports = cursor.fetchone()
        return Newest(epoch_id, map_id, Telling(inquiry_id, tuple(numbers)), tuple(reports))


recent_newest = recent(newest)


@lru_cache(maxsize=64)
def epoch(epoch_id: int) -> ResultEpoch:
    """Kept by the process: an epoch never changes."""
    return ResultEpoch.objects.select_related("version").defer("version__definition").get(id=epoch_id)


def inquiries_to_count(slugs: Sequence[str] = ()) -> list[Inquiry]:
    """Inquiries whose answers may have changed: open ones, and closed ones from which answers can still be erased."""
    found = Inquiry.objects.filter(state__in=[State.OPEN, State.CLOSED]).order_by("pk")
    return list(found.filter(slug__in=slugs) if slugs else found)


def real_answers(inquiry_id: int) -> int:
    return Response.objects.filter(inquiry_id=inquiry_id, simulated=False).count()


# The log is append-only but for erasures, which take their rows along: readers whose first row is newer than the last
# epoch came, so whoever is missing from the sum has gone.
CHANGES = """
    SELECT count(DISTINCT pseudonym), count(*) FILTER (WHERE revision = 1), coalesce(max(id), %(watermark)s),
           coalesce(%(present)s::bigint, (SELECT count(*) FROM responses_response WHERE inquiry_id = %(inquiry)s))
    FROM responses_responselog WHERE inquiry_id = %(inquiry)s AND id > %(watermark)s
"""


# The same between two moments. Who came in between and has gone since took their rows along: then fewer are found.
CHANGES_BETWEEN = """
    SELECT count(DISTINCT pseudonym), count(*) FILTER (WHERE revision = 1) FROM responses_responselog
    WHERE inquiry_id = %(inquiry)s AND id > %(earlier)s AND id <= %(later)s
"""
MOMENT = """
    SELECT coalesce(max(id), 0), (SELECT count(*) FROM responses_response WHERE inquiry_id = %(inquiry)s)
    FROM responses_responselog WHERE inquiry_id = %(inquiry)s
"""


def this_moment(inquiry_id: int) -> Moment:
    with connection.cursor() as cursor:
        cursor.execute(MOMENT, {"inquiry": inquiry_id})
        return Moment(*cursor.fetchone())


def changes_between(inquiry_id: int, earlier: Moment, later: Moment) -> Changes:
    with connection.cursor() as cursor:
        places = {"inquiry": inquiry_id, "earlier": earlier.log_watermark, "later": later.log_watermark}
        cursor.execute(CHANGES_BETWEEN, places)
        written, came = cursor.fetchone()
    more = later.answered - earlier.answered
    return Changes(written=max(written, more), erased=max(0, came - more), watermark=later.log_watermark)


def last_report(inquiry_id: int) -> FrozenReport | None:
    """The newest published report that knows its moment."""
    reports = FrozenReport.objects.filter(inquiry_id=inquiry_id, log_watermark__isnull=False).defer("content")
    return reports.order_by("-number").first()


def changes_since(inquiry_id: int, last: ResultEpoch | Moment | None, present: int | None = None) -> Changes:
    """`present`: how many answers there are, where that was counted at this moment already."""
    watermark, counted = (last.log_watermark, last.answered) if last else (0, 0)
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, {"inquiry": inquiry_id, "watermark": watermark, "present": present})
        written, came, newest, present = cursor.fetchone()
    # A row that was committed late, under an id below the watermark, shows in the number of readers only.
    return Changes(written=max(written, present - counted), erased=max(0, counted + came - present), watermark=newest)


# What was typed, a number or a date, as text; NULL where the question was seen and left blank.
VALUES = """
    SELECT CASE WHEN answers->%(question)s = %(blank)s::jsonb THEN NULL ELSE answers->>%(question)s END, count(*)
    FROM responses_response WHERE inquiry_id = %(inquiry)s AND answers ? %(question)s GROUP BY 1 ORDER BY 1
"""
# How many wrote something. Their words stay where they are.
WORDS = """
    SELECT CASE WHEN jsonb_typeof(answers->%(question)s) = 'string' THEN '' END, count(*)
    FROM responses_response WHERE inquiry_id = %(inquiry)s AND answers ? %(question)s GROUP BY 1 ORDER BY 1
"""


def written_answers(inquiry_id: int, question: Question) -> list[tuple[str | None, int]]:
    """How many readers gave each answer to a question that is answered by writing; words are not told apart."""
    statement = WORDS if question.kind == "open_text" else VALUES
    with connection.cursor() as cursor:
        blank = json.dumps(kind_of(question).blank)
        cursor.execute(statement, {"question": question.id, "inquiry": inquiry_id, "blank": blank})
        return cursor.fetchall()


@lru_cache(maxsize=32)
def statements_told(told: Telling, language: str) -> dict[int, Spoken]:
    """In a language, by number; kept by the process as long as nothing is published or taken off."""
    rows = Statement.objects.filter(debate_id=told.debate_id, number__in=told.numbers)
    fields = rows.values_list("number", "texts", "text", "language", "origin")
    return {
        number: spoken(number, texts, text, written_in, origin, shown_in=language)
        for number, texts, text, written_in, origin in fields
    }
