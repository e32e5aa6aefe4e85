"""What was answered: one reader's own answers, and columns of codes for those who count."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q, Sum

from apps.responses.models import IdempotencyKey, Response, ResponseLog, Status, VisitCount
from apps.responses.visits import OTHER_SOURCE

FEWEST_OF_A_HOST = 10
MOST_NAMED, MOST_HOSTS = 20, 10_000
OTHERS = OTHER_SOURCE
"""Under which those are told together that are too many, or too small, to be named."""
SENT_SCREENS = ("thanks", "api")
"""As what visits are counted when answers were sent."""


@dataclass(frozen=True, slots=True)
class OwnResponse:
    slug: str
    answers: dict[str, Any]
    status: str
    finished: bool
    revision: int
    screen: int
    coins: dict[str, int]
    version_id: int
    language: str
    receipt_hash: bytes


def own_response(pseudonym: bytes) -> OwnResponse | None:
    """What the holder of this pseudonym answered so far."""
    row = (
        Response.objects.filter(pk=pseudonym)
        .values_list(
            "inquiry__slug",
            "answers",
            "status",
            "finished",
            "revision",
            "screen",
            "participant__coins",
            "version_id",
            "language",
            "participant__receipt_hash",
        )
        .first()
    )
    return OwnResponse(*row[:-1], bytes(row[-1])) if row else None


def was_kept(pseudonym: bytes, key: UUID) -> bool:
    """Whether a write of this reader arrived under this key; known for seven days."""
    return IdempotencyKey.objects.filter(pk=(pseudonym, key)).exists()


@dataclass(frozen=True, slots=True)
class AnswerColumns:
    """All answers under one version, without any identity: `codes` holds `readers` rows of equal length."""

    version_id: int
    readers: int
    codes: bytes
    statuses: bytes  # one letter a reader: c(omplete), p(artial), b(reak-off)
    first_day: date
    last_day: date


# The order by status and codes says nothing about who answered when, and makes the same answers the same bytes.
COLUMNS = """
SELECT version_id, count(*), string_agg(codes, ''::bytea ORDER BY codes, status),
    string_agg(left(status, 1), '' ORDER BY codes, status), min(started_day), max(changed_day)
FROM responses_response WHERE inquiry_id = %s GROUP BY version_id ORDER BY version_id
"""


def answer_columns(inquiry_id: int) -> list[AnswerColumns]:
    """Everything that is counted, packed by version; the server joins the codes, so that nothing comes row by row."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [inquiry_id])
        rows = cursor.fetchall()
    return [
        AnswerColumns(version, readers, bytes(codes), statuses.encode(), first, last)
        for version, readers, codes, statuses, first, last in rows
    ]


def log_watermark(inquiry_id: int) -> int:
    """The number of the last log row; it grows with every accepted write."""
    return ResponseLog.objects.filter(inquiry_id=inquiry_id).aggregate(last=Max("pk"))["last"] or 0


def views_by_screen(inquiry_id: int) -> dict[str, int]:
    """How often each was opened: `cover`, `1`, …, `review`, `thanks`, `results`, `debate`, `write`, `stand`; `api`."""
    rows = VisitCount.objects.filter(inquiry_id=inquiry_id).values_list("screen").annotate(total=Sum("visits"))
    return dict(rows.order_by("-total", "screen"))


def answers_by_hour(inquiry_id: int, *, since: datetime) -> dict[datetime, int]:
    """Answers sent, hour by hour. An answer keeps no hour; this counts how often the page after sending was opened, and
    first answers by the API."""
    counts = VisitCount.objects.filter(inquiry_id=inquiry_id, screen__in=SENT_SCREENS, hour__gte=since)
    return dict(counts.values_list("hour").annotate(total=Sum("visits")).order_by("hour"))


def sources(inquiry_id: int, *, most: int = 20) -> dict[str, int]:
    """The hosts that readers came from, by cover views; empty for those who came directly."""
    rows = VisitCount.objects.filter(inquiry_id=inquiry_id, screen="cover").values_list("source")
    return dict(rows.annotate(total=Sum("visits")).order_by("-total", "source")[:most])


def host_counts(inquiry_id: int, *, fewest: int = FEWEST_OF_A_HOST, most: int = MOST_NAMED) -> dict[str, int]:
    """For whoever publishes: the same, with hosts that few came from told together. A host that only one reader can
    have come from would tell who it was."""
    counted = sources(inquiry_id, most=MOST_HOSTS)
    named = [host for host, views in counted.items() if host not in ("", OTHERS) and views >= fewest][:most]
    few = {host: views for host, views in counted.items() if host and host not in named}
    found = {host: views for host, views in counted.items() if host not in few}
    return found | ({OTHERS: sum(few.values())} if few else {})


def devices(inquiry_id: int) -> dict[str, int]:
    return _readers(inquiry_id, "device")


def languages(inquiry_id: int) -> dict[str, int]:
    return _readers(inquiry_id, "language")


def _readers(inquiry_id: int, by: str) -> dict[str, int]:
    return dict(Response.objects.filter(inquiry_id=inquiry_id).values_list(by).annotate(n=Count("pk")).order_by(by))


def counts_by_version() -> list[dict[str, Any]]:
    """For operators: readers of every inquiry and version by how far they came."""
    grouped = Response.objects.order_by("inquiry__slug", "version__number").values("inquiry__slug", "version__number")
    counted = grouped.annotate(
        readers=Count("pk"),
        complete=Count("pk", filter=Q(status=Status.COMPLETE)),
        partial=Count("pk", filter=Q(status=Status.PARTIAL)),
        break_off=Count("pk", filter=Q(status=Status.BREAK_OFF)),
        made_up=Count("pk", filter=Q(simulated=True)),
    )
    return [dict(line) for line in counted]
