"""How far a report lies from everything else that is published: whoever has two of them can subtract one of them.

What differs is a group of readers, and a report breaks readers down. So between two reports lie at least as many as a
group must have, and between a report and the epochs before and behind it as many as between two epochs.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import Profile, profile_of
from apps.reports.models import FrozenReport, ResultEpoch
from apps.reports.queries import Changes, Moment, changes_between, changes_since


def between_reports(profile: Profile) -> Profile:
    return replace(profile, fewest_changes=max(profile.fewest_changes, profile.smallest_group))


def may_follow_report(inquiry: Inquiry, last: FrozenReport, changes: Changes, now: datetime, profile: Profile) -> bool:
    """As an epoch may follow another one; a report of the same answers always may."""
    waited, closed = now - last.published_at, inquiry.is_closed(now)
    return not changes.any or profile.may_follow(
        waited=waited, written=changes.written, erased=changes.erased, closed=closed
    )


def too_close(inquiry: Inquiry, seen: Moment, last: FrozenReport | None, now: datetime) -> int | None:
    """How many readers are wanted between this and something published that lies nearer; None where nothing does."""
    profile = profile_of(inquiry.privacy_profile)
    if any(0 < each.written + each.erased < profile.fewest_changes for each in from_epochs(inquiry, seen)):
        return profile.fewest_changes
    if last is None or (before := moment_of(last)) is None:
        return None
    wanted = between_reports(profile)
    changes = changes_between(inquiry.pk, before, seen)
    return None if may_follow_report(inquiry, last, changes, now, wanted) else wanted.fewest_changes


def epoch_too_close(inquiry: Inquiry, last: FrozenReport | None, now: datetime, *, anew: bool = False) -> bool:
    """Whether an epoch of this moment would differ from the last report by a few readers only. `anew`: the profile has
    become stricter, and nothing is shown until this epoch is there."""
    if last is None or (before := moment_of(last)) is None:
        return False
    changes, profile = changes_since(inquiry.pk, before), profile_of(inquiry.privacy_profile)
    if anew:
        waited, changed = now - last.published_at, changes.written + changes.erased
        return not profile.may_begin_again(waited=waited, changed=changed)
    return not may_follow_report(inquiry, last, changes, now, profile)


def from_epochs(inquiry: Inquiry, seen: Moment) -> Iterator[Changes]:
    """From the epoch before, and to the one that was published while the report was looked at."""
    epochs = ResultEpoch.objects.filter(inquiry=inquiry).only("log_watermark", "answered")
    before = epochs.filter(log_watermark__lte=seen.log_watermark).order_by("-number").first()
    after = epochs.filter(log_watermark__gt=seen.log_watermark).order_by("number").first()
    if before is not None:
        yield changes_between(inquiry.pk, Moment(before.log_watermark, before.answered), seen)
    if after is not None:
        yield changes_between(inquiry.pk, seen, Moment(after.log_watermark, after.answered))


def moment_of(report: FrozenReport) -> Moment | None:
    """Not known of reports from before this was kept."""
    if report.log_watermark is None or report.answered is None:
        return None
    return Moment(report.log_watermark, report.answered)
