"""The way in for many ballots at once, for simulated readers: logged and noted as shown, as `cast_vote` does it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.common.streams import copy_rows
from apps.common.writing import today
from apps.debates.actions import open_debate
from apps.debates.choices import Choice
from apps.debates.models import Ballot, RoutingPolicy
from apps.debates.queries import served_statements
from apps.debates.rules import StatementNotServed
from apps.inquiries.models import Inquiry
from apps.inquiries.rules import InquiryClosed
from apps.participants.queries import pseudonym

UNIFORM = "uniform-1"
"""How simulated readers are shown statements: any one that is left is as likely as any other."""

BALLOTS = "COPY debates_ballot (pseudonym, debate_id, votes, revision, replaced) FROM STDIN"
LOG = "COPY debates_votelog (pseudonym, debate_id, number, choice, revision, day) FROM STDIN"
EXPOSURES = (
    "COPY debates_exposure (pseudonym, position, debate_id, number, policy, probability, answered, day) FROM STDIN"
)


@dataclass(frozen=True, slots=True)
class BulkBallot:
    """One reader's votes in the order in which they were cast. `token`: the reader's secret bytes."""

    token: bytes
    votes: dict[int, Choice]
    day: date


@transaction.atomic
def record_ballots_in_bulk(*, inquiry: Inquiry, sent: Iterable[BulkBallot]) -> int:
    """Keep the votes of readers who have not voted before, all or none; returns how many ballots.

    Raises InquiryClosed, and StatementNotServed for a vote that a reader could not have cast.
    """
    if not inquiry.is_open(timezone.now()):
        raise InquiryClosed(inquiry)
    debate = open_debate(inquiry=inquiry)
    served = frozenset(served_statements(debate).values_list("number", flat=True))
    by_pseudonym = {pseudonym(inquiry.pk, each.token): each for each in sent if each.votes}
    for known in Ballot.objects.filter(pk__in=list(by_pseudonym)).values_list("pk", flat=True):
        del by_pseudonym[bytes(known)]
    if any(not each.votes.keys() <= served for each in by_pseudonym.values()):
        raise StatementNotServed("unknown")
    copy_rows(BALLOTS, (_ballot(who, debate.pk, each) for who, each in by_pseudonym.items()))
    copy_rows(LOG, (row for who, each in by_pseudonym.items() for row in _log(who, debate.pk, each)))
    RoutingPolicy.objects.get_or_create(version=UNIFORM, defaults={"settings": {}, "day": today()})
    copy_rows(
        EXPOSURES, (row for who, each in by_pseudonym.items() for row in _shown(who, debate.pk, each, len(served)))
    )
    return len(by_pseudonym)


def _ballot(who: bytes, debate: int, sent: BulkBallot) -> tuple[Any, ...]:
    packed = bytearray(max(sent.votes))
    for number, choice in sent.votes.items():
        packed[number - 1] = choice
    return who, debate, bytes(packed), len(sent.votes), 0


def _log(who: bytes, debate: int, sent: BulkBallot) -> Iterable[tuple[Any, ...]]:
    for revision, (number, choice) in enumerate(sent.votes.items(), start=1):
        yield who, debate, number, int(choice), revision, sent.day


def _shown(who: bytes, debate: int, sent: BulkBallot, served: int) -> Iterable[tuple[Any, ...]]:
    for position, number in enumerate(sent.votes, start=1):
        yield who, position, debate, number, UNIFORM, 1 / (served - position + 1), True, sent.day
