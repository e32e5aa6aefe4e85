"""Ballots with the pseudonyms of their readers, to be laid beside their answers by the worker. They go no further."""

from dataclasses import dataclass

from apps.common.lots import drawn
from apps.common.streams import copied
from apps.debates.models import Statement

PSEUDONYM_BYTES = 16
FRAME, HEAD, TAIL = 6, 19, 2  # what COPY puts before each row, before all rows, and behind them
BALLOTS = """
COPY (
    SELECT pseudonym || substring(votes || %(zeros)s FROM 1 FOR %(statements)s)
    FROM debates_ballot WHERE debate_id = %(debate)s AND length(pseudonym) = 16{drawn}
) TO STDOUT (FORMAT binary)
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """`stream`: rows of `frame` bytes that say nothing, a pseudonym, and a byte for each of `statements`, as COPY sends
    them. `stances`: by number, of the statements that take a side."""

    stream: bytes
    statements: int
    stances: dict[int, str]

    @property
    def width(self) -> int:
        return FRAME + PSEUDONYM_BYTES + self.statements

    @property
    def readers(self) -> int:
        return (len(self.stream) - HEAD - TAIL) // self.width


def ballots_beside(debate_id: int, *, share: float = 1) -> Beside:
    """In no order, of all readers or of those whom `common.lots` draws."""
    known = dict(Statement.objects.filter(debate_id=debate_id).values_list("number", "stance"))
    statements = max(known, default=0)
    values = {"debate": debate_id, "statements": statements, "zeros": bytes(statements)}
    with copied(BALLOTS.format(drawn=drawn(share)), values) as copy:
        stream = b"".join(copy)
    return Beside(stream, statements, {number: stance for number, stance in known.items() if stance})
