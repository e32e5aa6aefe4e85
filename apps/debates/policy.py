"""By which rules statements are published or not, as readers read them, and how often each was used."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from apps.debates.models import Origin, RejectionReason, Statement, StatementState

SMALLEST = 10  # fewer than so many are not told apart: their authors could be known by them
EXPLAINED = {
    RejectionReason.PERSONAL: _(
        "It names a private person, or holds somebody's address, number or account. Its words are deleted a week later."
    ),
    RejectionReason.INSULT: _(
        "It insults or threatens people. Hard criticism of what somebody did, said or decided is no insult."
    ),
    RejectionReason.OFF_TOPIC: _("It is about something other than the question of this article."),
    RejectionReason.UNCLEAR: _(
        "One can neither agree nor disagree with it as it is worded: a question, a half sentence, a link alone."
    ),
    RejectionReason.SEVERAL_IDEAS: _(
        "It holds more than one idea, so a vote would not say which is meant. Each may be sent on its own."
    ),
    RejectionReason.ADVERTISING: _("It advertises something, or wants to lead readers to another site."),
    RejectionReason.ELSEWHERE: _("It was not published where this conversation was first held."),
}
GIVEN_HERE = tuple(reason for reason in RejectionReason if reason != RejectionReason.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What became of readers' statements. `withheld` None: some, but too few to say how many.

    `reasons`: those that were given often enough; `other_reasons`: all others together, never just a few.
    """

    published: int
    merged: int
    withheld: int | None
    reasons: list[tuple[RejectionReason, int]]
    other_reasons: int


def reviewed_statements(debate_id: int) -> Reviewed:
    rows = (
        Statement.objects.filter(debate_id=debate_id, origin=Origin.READER)
        .order_by()
        .values_list("state", "reason")
        .annotate(n=Count("pk"))
    )
    counts = {(state, reason): n for state, reason, n in rows}
    given = {RejectionReason(why): n for (state, why), n in counts.items() if state == StatementState.REJECTED}
    withheld = sum(given.values())
    told = told_apart(given)
    return Reviewed(
        published=counts.get((StatementState.APPROVED, ""), 0),
        merged=counts.get((StatementState.MERGED, ""), 0),
        withheld=withheld if withheld == 0 or withheld >= SMALLEST else None,
        reasons=sorted(told.items(), key=lambda pair: -pair[1]),
        other_reasons=withheld - sum(told.values()) if told else 0,
    )


def told_apart(given: Mapping[RejectionReason, int]) -> dict[RejectionReason, int]:
    """The reasons that may be counted by themselves, so that what is left of the whole is none or many, too."""
    told = dict(sorted(((why, n) for why, n in given.items() if n >= SMALLEST), key=lambda pair: pair[1]))
    while told and 0 < sum(given.values()) - sum(told.values()) < SMALLEST:
        told.pop(next(iter(told)))
    return told
