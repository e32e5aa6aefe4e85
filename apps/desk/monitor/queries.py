"""Everything on the monitor of one inquiry. The number of queries does not depend on the answers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.debates.queries import debate_counts
from apps.desk import figures, words
from apps.desk.alarms.queries import Watched, alarms_of
from apps.desk.alarms.words import Alarm
from apps.desk.figures import Bar, Step, Timeline
from apps.desk.monitor.debate import Stage, stages
from apps.desk.monitor.rates import Rates, rates
from apps.desk.monitor.signs import Signs, seconds, signs_of
from apps.desk.queries import QueueLength, queues_of
from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import keeps_to, profile_of
from apps.reports.models import ResultEpoch
from apps.reports.queries import changes_since, latest_epoch
from apps.reports.rules import may_publish_results
from apps.responses import queries as responses
from apps.responses.arms import Came, furthest_by_arm
from apps.responses.spread import ResponseCounts, spread
from apps.surveys.arms import Arm, in_arm
from apps.surveys.definition import Definition
from apps.surveys.queries import Instrument, published_instrument

SOURCES_SHOWN = 20


@dataclass(frozen=True)
class Publishing:
    """What the public sees, and what the next epoch waits for: so many answers, or a moment."""

    epoch: ResultEpoch | None
    hidden_until_close: bool
    counted_anew: bool
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
    rates: Rates
    stages: list[Stage]
    days: Timeline
    hours: Timeline
    sources: list[Bar]
    devices: list[Bar]
    languages: list[Bar]
    publishing: Publishing
    queue: QueueLength | None
    signs: Signs
    alarms: list[Alarm]


def monitor(inquiry: Inquiry, *, now: datetime) -> Monitor:
    here = timezone.localtime(now)
    answers, opened = spread(inquiry.pk, today=here.date()), responses.views_by_screen(inquiry.pk)
    counts = answers.counts
    instrument = published_instrument(inquiry.pk)
    views = opened.get("cover", 0)
    since = now - timedelta(hours=figures.HOURS_SHOWN)
    queue, published = queues_of([inquiry], now=now).get(inquiry.pk), publishing(inquiry, now)
    signs = signs_of(inquiry, answers=counts.readers)
    watched = Watched(inquiry, counts.readers, published.epoch, *((queue.statements, queue.days) if queue else ()))
    return Monitor(
        counts=counts,
        complete_share=figures.per_cent(counts.complete, counts.readers),
        views=views,
        version=instrument.number if instrument else None,
        steps=timed(steps(inquiry, instrument, answers.furthest, counts.finished), signs.times or {}),
        rates=rates(views=views, began=counts.readers, sent=counts.finished),
        stages=stages(opened, debate_counts(inquiry.pk), again=signs.again),
        days=figures.by_day(answers.days, today=here.date()),
        hours=figures.by_hour(responses.answers_by_hour(inquiry.pk, since=since), now=here),
        sources=figures.bars(words.sources(most_sources(inquiry), whole=views), whole=views),
        devices=figures.bars(words.devices(answers.devices), whole=counts.readers),
        languages=figures.bars(words.languages(answers.languages), whole=counts.readers),
        publishing=published,
        queue=queue,
        signs=signs,
        alarms=alarms_of([watched], now=now),
    )


def timed(way: list[Step], times: Mapping[int, float]) -> list[Step]:
    """With how long each screen was in view; behind the screens stands the sending, which takes no time."""
    return [
        replace(step, seconds=seconds(times[screen])) if screen in times and screen < len(way) else step
        for screen, step in enumerate(way, start=1)
    ]


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
        counted_anew=epoch is not None and not keeps_to(epoch.profile, inquiry.privacy_profile),
        missing=missing,
        due_at=max(now, epoch.created_at + profile.shortest_wait) if epoch and not missing else None,
    )
