"""What the desk shows. The number of queries depends neither on the answers nor on the number of inquiries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.rules import publications_for
from apps.debates.queries import waiting_statements
from apps.desk import figures
from apps.desk.alarms.queries import Watched
from apps.desk.standings import PLANNED, standing
from apps.inquiries.models import Inquiry, State
from apps.reports.models import ResultEpoch
from apps.responses.models import Response, Status

ORDER = [State.OPEN, PLANNED, State.DRAFT, State.CLOSED, State.ARCHIVED]


@dataclass(frozen=True)
class QueueLength:
    """How many statements wait for a moderator, and for how many days the oldest of a reader has."""

    statements: int
    days: int | None


def queues_of(inquiries: Sequence[Inquiry], *, now: datetime) -> dict[int, QueueLength]:
    """By inquiry; those where nothing waits are missing."""
    waiting = waiting_statements([inquiry.pk for inquiry in inquiries])
    return {pk: QueueLength(found.statements, days_since(found.since, now)) for pk, found in waiting.items()}


def days_since(day: date | None, now: datetime) -> int | None:
    return max(0, (timezone.localdate(now) - day).days) if day else None


@dataclass(frozen=True)
class Line:
    """One inquiry in the list."""

    inquiry: Inquiry
    standing: str
    today: int
    readers: int
    complete_share: float
    epoch: ResultEpoch | None
    queue: QueueLength | None

    @property
    def watched(self) -> Watched:
        waiting = (self.queue.statements, self.queue.days) if self.queue else ()
        return Watched(self.inquiry, self.readers, self.epoch, *waiting)


def inquiries_of(user: User, *, now: datetime) -> list[Line]:
    """The inquiries of all publications the user works for: the open ones first, then the newest."""
    inquiries = list(
        Inquiry.objects.filter(publication__in=publications_for(user)).select_related("publication", "article")
    )
    counts = counts_of(inquiries, now=now)
    epochs = {epoch.inquiry_id: epoch for epoch in newest_epochs(inquiries)}
    queues = queues_of(inquiries, now=now)
    lines = [
        line(each, counts.get(each.pk, NOBODY), epochs.get(each.pk), queues.get(each.pk), now) for each in inquiries
    ]
    return sorted(lines, key=lambda line: ORDER.index(line.standing))


class Counted(NamedTuple):
    readers: int
    complete: int
    today: int


NOBODY = Counted(readers=0, complete=0, today=0)


def line(
    inquiry: Inquiry, counts: Counted, epoch: ResultEpoch | None, queue: QueueLength | None, now: datetime
) -> Line:
    return Line(
        inquiry=inquiry,
        standing=standing(inquiry, now),
        today=counts.today,
        readers=counts.readers,
        complete_share=figures.per_cent(counts.complete, counts.readers),
        epoch=epoch,
        queue=queue,
    )


def counts_of(inquiries: Sequence[Inquiry], *, now: datetime) -> dict[int, Counted]:
    """By inquiry; those without answers are missing."""
    counted = (
        Response.objects.filter(inquiry__in=inquiries)
        .order_by()
        .values_list("inquiry_id")
        .annotate(
            readers=Count("pk"),
            complete=Count("pk", filter=Q(status=Status.COMPLETE)),
            today=Count("pk", filter=Q(started_day=timezone.localdate(now))),
        )
    )
    return {inquiry_id: Counted(*counts) for inquiry_id, *counts in counted}


def newest_epochs(inquiries: Sequence[Inquiry]) -> list[ResultEpoch]:
    epochs = ResultEpoch.objects.filter(inquiry__in=inquiries).defer("content")
    return list(epochs.order_by("inquiry_id", "-number").distinct("inquiry_id"))
