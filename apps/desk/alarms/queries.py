"""The alarms of the whole site and of several inquiries, the pressing ones first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from apps.common.worker import failures, worker_state
from apps.debates.queries import maps_drawn_at
from apps.desk.alarms import facts, rules, words
from apps.desk.alarms.words import Alarm
from apps.desk.standings import standing
from apps.inquiries.models import Inquiry, State
from apps.inquiries.privacy import profile_of
from apps.reports.models import ResultEpoch

MAP_TASK = "apps.debates.tasks.draw_map_of"


@dataclass(frozen=True, slots=True)
class Watched:
    """An inquiry with what whoever asks knows of it already. `days`: for how long the oldest statement has waited."""

    inquiry: Inquiry
    answers: int
    epoch: ResultEpoch | None
    statements: int = 0
    days: int | None = None

    @property
    def key(self) -> int:
        return self.inquiry.pk


def alarms_of(watched: Sequence[Watched], *, now: datetime) -> list[Alarm]:
    watched = [each for each in watched if each.inquiry.state != State.ARCHIVED]
    open_now = [each for each in watched if standing(each.inquiry, now) == State.OPEN]
    inquiries = [each.inquiry for each in open_now]
    hours, opened = facts.hours_of(inquiries, now=now), facts.opened_at(inquiries)
    found = [*of_site(now), *of_maps(watched, now), *of_queues(watched, now)]
    found += of_counting(open_now, hours, now)
    for each in open_now:
        found += of_hours(each.inquiry, hours[each.key], now)
        if rules.nothing_came(opened_at=opened[each.key], answers=each.answers, now=now):
            found.append(words.nothing_came(each.inquiry, opened[each.key]))
    return sorted(found, key=lambda alarm: not alarm.urgent)


def of_site(now: datetime) -> Iterator[Alarm]:
    worker = worker_state(now)
    if rules.silent(worker.seen_at, now=now):
        yield words.worker_silent(worker.seen_at)
    elif worker.oldest_due and rules.late(worker.oldest_due, now=now):
        yield words.worker_late(worker.oldest_due)
    if rows := facts.gauge.read(now):
        yield words.overdue(rows)


def of_maps(watched: Sequence[Watched], now: datetime) -> Iterator[Alarm]:
    """A map that was drawn since then has made up for it."""
    failed = {str(each.arguments.get("slug")): each.at for each in failures(now) if each.task == MAP_TASK}
    concerned = [each.inquiry for each in watched if each.inquiry.slug in failed]
    drawn = maps_drawn_at([inquiry.pk for inquiry in concerned]) if concerned else {}
    for inquiry in concerned:
        at = failed[inquiry.slug]
        if inquiry.pk not in drawn or drawn[inquiry.pk] < at:
            yield words.map_failed(inquiry, at)


def of_queues(watched: Sequence[Watched], now: datetime) -> Iterator[Alarm]:
    for each in watched:
        if each.days is not None and rules.waits_long(each.days):
            day = timezone.localdate(now) - timedelta(days=each.days)
            yield words.queue_waits(each.inquiry, each.statements, day)


def of_hours(inquiry: Inquiry, hours: facts.Hours, now: datetime) -> Iterator[Alarm]:
    if found := rules.burst(hours.sent, now=now):
        yield words.burst(inquiry, found)
    for source, views in sorted(hours.by_source.items()):
        if found := rules.jump(views, hours.views, now=now):
            yield words.jump(inquiry, source, found)


def of_counting(watched: Sequence[Watched], hours: Mapping[int, facts.Hours], now: datetime) -> Iterator[Alarm]:
    """Hours only make it likely; whether there is something to count is asked of the log then, for all at once."""
    suspected = [(each, since) for each in watched if (since := uncounted_since(each, hours[each.key], now))]
    written = facts.written_since({each.key: watermark(each) for each, _since in suspected})
    for each, since in suspected:
        if written[each.key] >= needed(each):
            yield words.not_counted(each.inquiry, since)


def uncounted_since(each: Watched, hours: facts.Hours, now: datetime) -> datetime | None:
    wait = profile_of(each.inquiry.privacy_profile).shortest_wait + rules.COUNT_LATE
    if each.epoch and now < each.epoch.created_at + wait:
        return None
    counted_at = each.epoch.created_at if each.epoch else None
    return rules.uncounted_since(hours.sent, counted_at=counted_at, needed=needed(each), now=now)


def needed(each: Watched) -> int:
    """So many readers make new results."""
    profile = profile_of(each.inquiry.privacy_profile)
    return profile.fewest_changes if each.epoch else profile.smallest_base


def watermark(each: Watched) -> int:
    return each.epoch.log_watermark if each.epoch else 0
