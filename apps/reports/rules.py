"""When an epoch is due, and who may see it when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from apps.debates.models import OpinionMap
from apps.debates.queries import stored_map
from apps.inquiries.models import Inquiry, ResultsShown
from apps.reports.models import ResultEpoch
from apps.reports.privacy import profile_of
from apps.reports.queries import Changes, Telling, epoch, recent_newest


class Waiting(StrEnum):
    """Why there is nothing to see yet."""

    NOT_ENOUGH = "not_enough"
    AFTER_CLOSE = "after_close"


@dataclass(frozen=True)
class PublicResults:
    """The epoch that everybody may see, or why there is none and from how many answers on there will be one.

    `debated`: whether there are statements to vote on, `mapped`: whether a map of the votes was made. `reports`: the
    numbers of those that were published.
    """

    epoch: ResultEpoch | None
    waiting: Waiting | None
    smallest_base: int
    debated: bool
    mapped: bool
    reports: tuple[int, ...] = ()


@dataclass(frozen=True)
class PublicMap:
    """The map that everybody may see, or why there is none and from how many readers on there will be one.

    `telling`: the statements that may be told of."""

    stored: OpinionMap | None
    waiting: Waiting | None
    smallest_base: int
    telling: Telling


def epoch_due(*, inquiry: Inquiry, last: ResultEpoch | None, changes: Changes, now: datetime) -> bool:
    """The first one when enough have answered, the next ones as the privacy profile lets them follow."""
    profile = profile_of(inquiry.privacy_profile)
    if last is None:
        return changes.written >= profile.smallest_base
    return profile.may_follow(
        waited=now - last.created_at,
        written=changes.written,
        erased=changes.erased,
        closed=inquiry.is_closed(now),
    )


def may_publish_results(inquiry: Inquiry, now: datetime) -> bool:
    """Where an election is asked about, nothing is shown before the inquiry has closed."""
    return inquiry.results_shown == ResultsShown.ALWAYS or inquiry.is_closed(now)


def shown_epoch(inquiry: Inquiry, newest_epoch: int | None, now: datetime) -> ResultEpoch | None:
    """The newest epoch, if everybody may see it at this moment."""
    counted = epoch(newest_epoch) if newest_epoch and may_publish_results(inquiry, now) else None
    smallest = profile_of(inquiry.privacy_profile).smallest_base
    return counted if counted is not None and counted.answered >= smallest else None


def public_results(inquiry: Inquiry, now: datetime) -> PublicResults:
    newest = recent_newest(inquiry.pk)
    shown = shown_epoch(inquiry, newest.epoch, now)
    waiting = Waiting.NOT_ENOUGH if may_publish_results(inquiry, now) else Waiting.AFTER_CLOSE
    return PublicResults(
        epoch=shown,
        waiting=None if shown else waiting,
        smallest_base=profile_of(inquiry.privacy_profile).smallest_base,
        debated=bool(newest.telling.numbers),
        mapped=newest.opinion_map is not None,
        reports=newest.reports if may_publish_results(inquiry, now) else (),
    )


def public_map(inquiry: Inquiry, now: datetime) -> PublicMap:
    """By the same rules as results. One that says "not enough votes yet" is a map, too, where enough readers voted."""
    newest = recent_newest(inquiry.pk)
    smallest = profile_of(inquiry.privacy_profile).smallest_base
    if not may_publish_results(inquiry, now):
        return PublicMap(None, Waiting.AFTER_CLOSE, smallest, newest.telling)
    stored = stored_map(newest.opinion_map) if newest.opinion_map else None
    if stored is None or stored.readers < smallest:
        return PublicMap(None, Waiting.NOT_ENOUGH, smallest, newest.telling)
    return PublicMap(stored, None, smallest, newest.telling)
