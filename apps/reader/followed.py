"""What became of a reader's votes and statements, in plain words."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from apps.debates.card_words import LABELS
from apps.debates.models import RejectionReason, Statement, StatementState
from apps.debates.policy import EXPLAINED
from apps.debates.queries import own_statements, statements_voted_on
from apps.debates.rules import can_withdraw
from apps.inquiries.models import Inquiry
from apps.reader.cards import card_for, votes_of
from apps.reader.statements import Card
from apps.reader.visit import Visit
from apps.reports.rules import public_map

FEWEST_VOTES = 10  # below that, counts would say too much about single readers

WHAT_BECAME = {
    StatementState.WAITING: gettext_lazy("It is being reviewed once more and takes no votes in the meantime."),
    StatementState.REJECTED: gettext_lazy("It is no longer published, so your vote on it is no longer counted."),
    StatementState.WITHDRAWN: gettext_lazy("Its author has withdrawn it, so your vote on it is no longer counted."),
    StatementState.MERGED: gettext_lazy("It was merged with a statement that says the same:"),
}
WHAT_FOLLOWS = {
    StatementState.WAITING: gettext_lazy("A moderator reads it before other readers see it."),
    StatementState.APPROVED: gettext_lazy("Other readers see it among their cards."),
    StatementState.MERGED: gettext_lazy("It was merged with a statement that says the same:"),
    StatementState.WITHDRAWN: gettext_lazy("You have withdrawn it. It is no longer shown."),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """One vote. `became` and `into`: what happened to the statement since, where it takes no votes any more."""

    card: Card
    became: str
    into: Card | None


def votes_cast(visit: Visit) -> list[Cast]:
    """All that stand, the newest first."""
    own = votes_of(visit)
    if not own or visit.identity is None:
        return []
    statements = statements_voted_on(visit.inquiry.pk, visit.identity.pseudonym, own)
    return [
        Cast(
            card=card_for(visit, statement, own),
            became=str(WHAT_BECAME.get(StatementState(statement.state), "")),
            into=card_for(visit, statement.merged_into, own) if statement.merged_into else None,
        )
        for statement in statements
    ]


@dataclass(frozen=True, slots=True)
class Followed:
    """One's own statement: its state, what that means in a sentence, and its votes as the public sees them."""

    card: Card
    label: str
    sentence: str
    into: Card | None
    served: bool
    votes: int
    counts: tuple[tuple[str, int], ...]
    can_withdraw: bool
    fewest: int = FEWEST_VOTES


def followed_statements(visit: Visit) -> list[Followed]:
    """What this reader wrote, in the order in which it was written."""
    written = own_statements(visit.identity.pseudonym) if visit.identity else []
    counts = public_counts(visit.inquiry) if written else {}
    return [
        Followed(
            card=card_for(visit, statement),
            label=str(statement.get_state_display()),
            sentence=what_follows(statement),
            into=card_for(visit, statement.merged_into) if statement.merged_into else None,
            served=statement.served,
            **counted(counts.get(statement.number, {})),
            can_withdraw=can_withdraw(statement),
        )
        for statement in written
    ]


def what_follows(statement: Statement) -> str:
    if statement.state == StatementState.REJECTED:
        return str(EXPLAINED[RejectionReason(statement.reason)])
    return str(WHAT_FOLLOWS[StatementState(statement.state)])


def public_counts(inquiry: Inquiry) -> dict[int, dict[str, int | None]]:
    """Votes by statement, as they stand in the map that everybody may see now."""
    public = public_map(inquiry, timezone.now()).stored
    return {row["number"]: row for row in public.summary.get("statements", [])} if public else {}


def counted(row: dict[str, int | None]) -> dict[str, Any]:
    """What is withheld is not spoken of."""
    if (row.get("votes") or 0) < FEWEST_VOTES:
        return {"votes": 0, "counts": ()}
    return {
        "votes": row["votes"],
        "counts": tuple(
            (str(label), n) for choice, label in LABELS.items() if (n := row.get(choice.word, 0)) is not None
        ),
    }
