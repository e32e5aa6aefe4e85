"""What the desk shows. The number of queries depends neither on the answers nor on the number of inquiries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.rules import publications_for
from apps.debates.queries import waiting_statements
from apps.desk import figures, words
from apps.desk.figures import Bar, Step, Timeline
from apps.desk.standings import PLANNED, standing
from apps.inquiries.models import Inquiry, State
from apps.reports.models import ResultEpoch
from apps.reports.privacy import profile_of
from apps.reports.queries import changes_since, latest_epoch
from apps.reports.rules import may_publish_results
from apps.responses import queries as responses
from apps.responses.arms import Came, furthest_by_arm
from apps.responses.models import Response, Status
from apps.responses.queries import ResponseCounts
from apps.surveys.arms import Arm, in_arm
from apps.surveys.definition import Definition
from apps.surveys.queries import Instrument, published_instrument

SOURCES_SHOWN = 20
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


@dataclass(frozen=True)
class Publishing:
    """What the public sees, and what the next epoch waits for: so many answers, or a moment."""

    epoch: ResultEpoch | None
    hidden_until_close: bool
    missing: int
    due_at: datetime | None


@dataclass(frozen=True)
class Monitor:
    """One inquiry, live."""

    counts: ResponseCounts
    complete_share: float
    views: int
    version: int | None
    steps: list[Step]
    days: Timeline
    hours: Timeline
    sources: list[Bar]
    devices: list[Bar]
    languages: list[Bar]
    publishing: Publishing
    queue: QueueLength | None


def monitor(inquiry: Inquiry, *, now: datetime) -> Monitor:
    here = timezone.localtime(now)
    counts = responses.response_counts(inquiry.pk, today=here.date())
    funnel = responses.funnel(inquiry.pk)
    instrument = published_instrument(inquiry.pk)
    views = funnel.opened.get("cover", 0)
    since = now - timedelta(hours=figures.HOURS_SHOWN)
    return Monitor(
        counts=counts,
        complete_share=figures.per_cent(counts.complete, counts.readers),
        views=views,
        version=instrument.number if instrument else None,
        steps=steps(inquiry, instrument, funnel.furthest, counts.finished),
        days=figures.by_day(responses.answers_by_day(inquiry.pk), today=here.date()),
        hours=figures.by_hour(responses.answers_by_hour(inquiry.pk, since=since), now=here),
        sources=figures.bars(words.sources(most_sources(inquiry), whole=views), whole=views),
        devices=figures.bars(words.devices(responses.devices(inquiry.pk)), whole=counts.readers),
        languages=figures.bars(words.languages(responses.languages(inquiry.pk)), whole=counts.readers),
        publishing=publishing(inquiry, now),
        queue=queues_of([inquiry], now=now).get(inquiry.pk),
    )


def steps(inquiry: Inquiry, instrument: Instrument | None, furthest: dict[int, int], finished: int) -> list[Step]:
    sent = _("Answers sent")
    if instrument is None or not inquiry.has_control_arms:
        return figures.steps(words.screens(instrument), furthest, finished=finished, sent=sent)
    came = furthest_by_arm(inquiry.pk)
    ways = [one_way(instrument.definition, Arm(arm), each, sent) for arm, each in came.items()]
    everything = in_arm(instrument.definition, Arm.B)
    return figures.merged(ways, [*words.screens_of(everything), sent])


def one_way(definition: Definition, arm: Arm, came: Came, sent: str) -> list[Step]:
    """The screens of this arm, counted along its own way."""
    way = in_arm(definition, arm)
    numbers = [way.number(step) for step in range(1, len(way.screens) + 1)]
    local = Counter[int]()
    for screen, readers in came.furthest.items():
        local[sum(number <= screen for number in numbers)] += readers
    return figures.steps(words.screens_of(way), local, finished=came.finished, sent=sent)


def most_sources(inquiry: Inquiry) -> dict[str, int]:
    return responses.sources(inquiry.pk, most=SOURCES_SHOWN)


def publishing(inquiry: Inquiry, now: datetime) -> Publishing:
    epoch = latest_epoch(inquiry.pk)
    profile = profile_of(inquiry.privacy_profile)
    changes = changes_since(inquiry.pk, epoch)
    needed = profile.fewest_changes if epoch else profile.smallest_base
    missing = max(0, needed - changes.written - changes.erased)
    return Publishing(
        epoch=epoch,
        hidden_until_close=not may_publish_results(inquiry, now),
        missing=missing,
        due_at=max(now, epoch.created_at + profile.shortest_wait) if epoch and not missing else None,
    )
