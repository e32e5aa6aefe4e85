"""When an epoch is due, and who may see it when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from apps.inquiries.models import Inquiry, ResultsShown
from apps.reports.models import ResultEpoch
from apps.reports.privacy import Profile, profile_of
from apps.reports.queries import Changes, recent_epoch

DAILY_STEP = timedelta(days=1)


class Waiting(StrEnum):
    """Why there is nothing to see yet."""

    NOT_ENOUGH = "not_enough"
    AFTER_CLOSE = "after_close"


@dataclass(frozen=True)
class PublicResults:
    """The epoch that everybody may see, or why there is none and from how many answers on there will be one."""

    epoch: ResultEpoch | None
    waiting: Waiting | None
    smallest_base: int


def epoch_due(*, inquiry: Inquiry, last: ResultEpoch | None, changes: Changes, now: datetime) -> bool:
    """Whether so much has changed, and so much time passed, that the difference of two epochs shows no single reader.

    While answers come in, a few of them wait for more. Erasures, and the last answers after closing, must not wait for
    ever: they are taken in by daily steps.
    """
    profile = profile_of(inquiry.privacy_profile)
    if last is None:
        return changes.written >= profile.smallest_base
    waited = now - last.created_at
    if waited >= DAILY_STEP and (changes.erased or (inquiry.is_closed(now) and changes.written)):
        return True
    return waited >= profile.shortest_wait and enough(changes, profile)


def enough(changes: Changes, profile: Profile) -> bool:
    return changes.written + changes.erased >= profile.fewest_changes


def may_publish_results(inquiry: Inquiry, now: datetime) -> bool:
    """Where an election is asked about, nothing is shown before the inquiry has closed."""
    return inquiry.results_shown == ResultsShown.ALWAYS or inquiry.is_closed(now)


def public_results(inquiry: Inquiry, now: datetime) -> PublicResults:
    smallest = profile_of(inquiry.privacy_profile).smallest_base
    if not may_publish_results(inquiry, now):
        return PublicResults(epoch=None, waiting=Waiting.AFTER_CLOSE, smallest_base=smallest)
    epoch = recent_epoch(inquiry.pk)
    enough_to_show = epoch is not None and epoch.answered >= smallest
    return PublicResults(
        epoch=epoch if enough_to_show else None,
        waiting=None if enough_to_show else Waiting.NOT_ENOUGH,
        smallest_base=smallest,
    )
