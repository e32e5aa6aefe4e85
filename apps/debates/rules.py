"""What readers and moderators may do with a statement, and how it is said that they may not."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from apps.debates.models import Debate, OpinionMap, Statement, StatementState
from apps.debates.queries import MapChanges, debates_that_have_maps, map_changes, newest_map
from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import DAILY_STEP, keeps_to, profile_of

VOTES_BEFORE_WRITING = 5
REST_AFTER_A_MAP = 10  # times as long as it took, so that maps take a tenth of a processor at the most
MOST_STATEMENTS = 10_000  # every ballot has a byte for each, also for those that were never shown


class StatementUnknown(Exception):
    """There is no such statement in this debate, or it is not this reader's."""


class StatementNotServed(Exception):
    """The statement takes no votes: it waits, was not published, was merged or withdrawn."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class TooFewVotes(Exception):
    """Writing comes after voting: others are heard first."""

    def __init__(self, cast: int) -> None:
        super().__init__(cast)
        self.cast, self.needed = cast, VOTES_BEFORE_WRITING


class SaidAlready(Exception):
    """The same was written before; its number is here."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class TooManyStatements(Exception):
    """This reader has written as many as one may in an hour or a day; in so many seconds the next one is possible."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class DebateFull(Exception):
    """So many were written that ballots would grow without bounds."""


class ReviewRefused(Exception):
    """A statement in this state cannot be reviewed this way. `statement`: as it is now."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(statement.number, statement.state)
        self.statement = statement


class Overtaken(ReviewRefused):
    """Somebody decided on it while the page was open."""


class StillHeld(ReviewRefused):
    """It seems to hold personal data, and nobody has said that it does not."""


class ReviewsRefused(Exception):
    """Of several statements these could not be reviewed, so none was."""

    def __init__(self, refusals: Sequence[ReviewRefused]) -> None:
        super().__init__([refusal.statement.number for refusal in refusals])
        self.refusals = refusals


def can_approve(statement: Statement) -> bool:
    """What has lost its words says nothing that one could vote on."""
    return statement.state in {StatementState.WAITING, StatementState.REJECTED, StatementState.MERGED} and bool(
        statement.text
    )


def can_reject(statement: Statement) -> bool:
    return statement.state in {StatementState.WAITING, StatementState.APPROVED, StatementState.MERGED}


def can_merge(statement: Statement, into: Statement) -> bool:
    """Only into one that readers see, and not into itself."""
    apart = statement.pk != into.pk and statement.debate_id == into.debate_id
    reviewable = statement.state != StatementState.WITHDRAWN and statement.merged_into_id != into.pk
    return apart and into.served and reviewable


def can_reopen(statement: Statement) -> bool:
    """Every decision can be taken back, as long as there are words to decide on."""
    return statement.state in {StatementState.APPROVED, StatementState.REJECTED, StatementState.MERGED} and bool(
        statement.text
    )


def can_withdraw(statement: Statement) -> bool:
    return statement.state != StatementState.WITHDRAWN


def map_due(inquiry: Inquiry, last: OpinionMap | None, changes: MapChanges, now: datetime) -> bool:
    """As results are (`Profile.may_follow`), and after a rest where drawing takes long. What moderators changed is left
    out where a map is shown, so drawing it anew may wait for a day."""
    profile = profile_of(inquiry.privacy_profile)
    if last is None:
        return changes.voted >= profile.smallest_base
    waited = now - last.created_at
    if waited < timedelta(seconds=REST_AFTER_A_MAP * last.seconds):
        return False
    if not keeps_to(last.profile, inquiry.privacy_profile):
        return profile.may_begin_again(waited=waited, changed=changes.voted + changes.erased)
    if changes.other_statements and waited >= DAILY_STEP:
        return True
    return profile.may_follow(
        waited=waited, written=changes.voted, erased=changes.erased, closed=inquiry.is_closed(now)
    )


def debates_with_a_map_due(now: datetime) -> list[tuple[Debate, OpinionMap | None]]:
    """With the last map of each, those first whose last one is the oldest."""
    found = [(debate, newest_map(debate.pk)) for debate in debates_that_have_maps()]
    due = [(debate, last) for debate, last in found if map_due(debate.inquiry, last, map_changes(debate.pk, last), now)]
    return sorted(due, key=lambda pair: pair[1].created_at.timestamp() if pair[1] else 0.0)
