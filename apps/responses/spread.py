"""All that a monitor counts of the answers, from one look at the rows: they are many, and the page renews itself."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from apps.responses.models import Response, Status

COLUMNS = ("screen", "device", "language", "started_day", "status", "finished")
Row = tuple[int, str, str, date, str, bool, int]


@dataclass(frozen=True, slots=True)
class ResponseCounts:
    """How many answered, and how far they came."""

    readers: int
    finished: int
    complete: int
    partial: int
    break_off: int
    today: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Readers by the furthest screen, device, language and the day on which they began."""

    counts: ResponseCounts
    furthest: dict[int, int]
    devices: dict[str, int]
    languages: dict[str, int]
    days: dict[date, int]


def spread(inquiry_id: int, *, today: date) -> Spread:
    """Few combinations occur, however many readers: the server adds up those, the rest is addition."""
    grouped = Response.objects.filter(inquiry_id=inquiry_id).order_by().values_list(*COLUMNS)
    rows: list[Any] = list(grouped.annotate(readers=Count("pk")))
    return Spread(
        counts=ResponseCounts(
            readers=total(rows),
            finished=total(rows, lambda row: row[5]),
            complete=total(rows, lambda row: row[4] == Status.COMPLETE),
            partial=total(rows, lambda row: row[4] == Status.PARTIAL),
            break_off=total(rows, lambda row: row[4] == Status.BREAK_OFF),
            today=total(rows, lambda row: row[3] == today),
        ),
        furthest=by(rows, 0),
        devices=by(rows, 1),
        languages=by(rows, 2),
        days=by(rows, 3),
    )


def total(rows: list[Row], where: Callable[[Row], bool] = lambda _row: True) -> int:
    return sum(row[-1] for row in rows if where(row))


def by(rows: list[Row], column: int) -> dict[Any, int]:
    found = Counter[Any]()
    for row in rows:
        found[row[column]] += row[-1]
    return dict(sorted(found.items()))
