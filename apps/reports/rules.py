"""When an epoch is due, and who may see it when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from apps.debates.models import OpinionMap
from apps.debates.queries import stored_map
from apps.inquiries.models import Inquiry, ResultsShown
from apps.inquiries.privacy import keeps_to, profile_of
from apps.reports.models import ResultEpoch
from apps.reports.queries import Changes, Telling, epoch, recent_newest


class Waiting(StrEnum):
    """Why there is nothing to see yet."""

    NOT_ENOUGH = "not_enough"
    AFTER_CLOSE = "after_close"
    COUNTED_ANEW = "counted_anew"
    """Under a stricter profile, since a short while."""


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
    waited = now - last.created_at
    if not keeps_to(last.profile, inquiry.privacy_profile):
        return profile.may_begin_again(waited=waited, changed=changes.written + changes.erased)
    return profile.may_follow(
        waited=waited,
        written=changes.written,
        erased=changes.erased,
        closed=inquiry.is_closed(now),
    )


def may_publish_results(inquiry: Inquiry, now: datetime) -> bool:
    """Where an election is asked about, nothing is shown before the inquiry has closed."""
    return inquiry.results_shown == ResultsShown.ALWAYS or inquiry.is_closed(now)


def hidden_because(
    inquiry: Inquiry, newest: ResultEpoch | OpinionMap | None, readers: int, now: datetime
) -> Waiting | None:
    """Why the newest epoch, or map, is not everybody's to see; None where it is. `readers`: on how many it rests."""
    if not may_publish_results(inquiry, now):
        return Waiting.AFTER_CLOSE
    if newest is None or readers < profile_of(inquiry.privacy_profile).smallest_base:
        return Waiting.NOT_ENOUGH
    return None if keeps_to(newest.profile, inquiry.privacy_profile) else Waiting.COUNTED_ANEW


def shown_epoch(inquiry: Inquiry, newest_epoch: int | None, now: datetime) -> ResultEpoch | None:
    """The newest epoch, if everybody may see it at this moment."""
    counted = epoch(newest_epoch) if newest_epoch else None
    return counted if counted and hidden_because(inquiry, counted, counted.answered, now) is None else None


def public_results(inquiry: Inquiry, now: datetime) -> PublicResults:
    newest = recent_newest(inquiry.pk)
    counted = epoch(newest.epoch) if newest.epoch else None
    waiting = hidden_because(inquiry, counted, counted.answered if counted else 0, now)
    return PublicResults(
        epoch=None if waiting else counted,
        waiting=waiting,
        smallest_base=profile_of(inquiry.privacy_profile).smallest_base,
        debated=bool(newest.telling.numbers),
        mapped=newest.opinion_map is not None,
        reports=newest.reports if may_publish_results(inquiry, now) else (),
    )


def public_map(inquiry: Inquiry, now: datetime) -> PublicMap:
    """By the same rules as results. One that says "not enough votes yet" is a map, too, where enough readers voted."""
    newest = recent_newest(inquiry.pk)
    stored = stored_map(newest.opinion_map) if newest.opinion_map else None
    waiting = hidden_because(inquiry, stored, stored.readers if stored else 0, now)
    smallest = profile_of(inquiry.privacy_profile).smallest_base
    return PublicMap(None if waiting else stored, waiting, smallest, newest.telling)
