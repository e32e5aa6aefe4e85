"""Readers of the built-in inquiry whose manners are known: answers, times, votes on the editors' statements."""

from typing import Any

from apps.debates.actions import open_debate
from apps.debates.models import Debate
from apps.inquiries.models import Inquiry
from apps.participants.queries import Identity
from tests.debates.factories import vote_on_all
from tests.responses.factories import make_identity, record

CLOSED = {
    "Q1": 4, "Q2": {"a": 3, "b": 2}, "Q4": 2, "Q5": 1, "Q6": 1, "Q7": {"code": 1}, "Q8": {"code": 2}, "Q9": [1, 2, 3],
}  # fmt: skip
MAIN = ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9")
PACE = dict.fromkeys(MAIN, 9_000)


def debated(inquiry: Inquiry) -> Debate:
    """With its 24 statements planted: pro, con and bridging ones."""
    return open_debate(inquiry=inquiry)


def came(
    inquiry: Inquiry, number: int, answers: dict[str, Any] | None = None, *, votes: str = "", **changes: Any
) -> Identity:
    """One reader, finished, at an ordinary pace; `votes`: one sign a statement, in their order."""
    who = make_identity(inquiry, number.to_bytes(16))
    given = {"finished": True, "visible_ms": PACE, "coins": {"dir_main": 0}, **changes}
    record(inquiry, CLOSED if answers is None else answers, identity=who, **given)
    if votes:
        vote_on_all(Debate.objects.get(inquiry=inquiry), who, votes)
    return who
