"""A reader's next cards: those still open in their hand first, then what the policy draws. Each is noted as shown."""

import struct
from dataclasses import dataclass
from hashlib import sha256

from django.utils import timezone

from apps.common.prepared import PreparedRow
from apps.common.recent import recent
from apps.debates.actions import open_debate
from apps.debates.choices import number_of_votes
from apps.debates.exposures import Shown, note_exposures, shown_but_unwritten
from apps.debates.models import Debate, Statement
from apps.debates.queries import served_statements, standing_of
from apps.debates.routing import AT_ONCE, Card, Deck
from apps.inquiries.models import Inquiry
from apps.inquiries.rules import InquiryClosed
from apps.participants.queries import Identity

# The ballot, and what was shown: position and number of each card, four bytes each.
OWN = PreparedRow(
    "toikake_own_cards",
    """
SELECT (SELECT votes FROM debates_ballot WHERE pseudonym = $1),
    (SELECT string_agg(int8send(position::bigint << 32 | number), NULL) FROM debates_exposure WHERE pseudonym = $1)
""",
)
SHOWN = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Table:
    """What lies ready for all readers of a debate at one moment."""

    deck: Deck
    statements: dict[int, Statement]
    written: dict[bytes, frozenset[int]]  # by their authors, who are not asked about their own


@dataclass(frozen=True, slots=True)
class Hand:
    """`votes`: how many of the reader's stand. `more`: whether something is left behind these cards."""

    cards: list[Statement]
    votes: int
    more: bool


def next_cards(*, inquiry: Inquiry, identity: Identity, want: int = AT_ONCE) -> Hand:
    """The reader's open cards and new ones, `want` at most. Asked again before they vote, they see the same.

    Raises InquiryClosed.
    """
    if not inquiry.is_open(timezone.now()):
        raise InquiryClosed(inquiry)
    table = recent_table(inquiry.pk) or opened_table(inquiry)
    votes, shown = _own(identity.pseudonym)
    voted = {number for number, byte in enumerate(votes, start=1) if byte}
    settled = voted | table.written.get(identity.pseudonym, frozenset())
    hand = [number for number in shown.values() if number in table.statements and number not in settled][:want]
    dealt = table.deck.deal(
        shown=shown,
        settled=settled,
        want=want - len(hand),
        draw=lambda position: drawn_number(identity.pseudonym, position),
    )
    note_exposures([Shown(inquiry.pk, identity.pseudonym, each) for each in dealt])
    hand += [each.number for each in dealt]
    more = any(number not in settled and number not in hand for number in table.statements)
    return Hand([table.statements[number] for number in hand], number_of_votes(votes), more)


def drawn_number(pseudonym: bytes, position: int) -> float:
    """In [0, 1): as random as the pseudonym is, and the same whenever and wherever this card is drawn."""
    digest = sha256(pseudonym + position.to_bytes(4)).digest()
    return int.from_bytes(digest[:6]) / 2**48


def _own(pseudonym: bytes) -> tuple[bytes, dict[int, int]]:
    """The reader's ballot, and the numbers they were shown by position in that order."""
    votes, cards = OWN.read(pseudonym)
    shown = dict(SHOWN.iter_unpack(cards or b"")) | shown_but_unwritten(pseudonym)
    return votes or b"", dict(sorted(shown.items()))


@recent
def recent_table(debate_id: int) -> Table | None:
    debate = Debate.objects.filter(pk=debate_id).first()
    return table_of(debate) if debate else None


def opened_table(inquiry: Inquiry) -> Table:
    return table_of(open_debate(inquiry=inquiry))


def table_of(debate: Debate) -> Table:
    statements = {each.number: each for each in served_statements(debate)}
    standing = standing_of(debate.pk)
    counts = standing.counts if standing else {}
    cast = sum(sum(row[:-1]) for row in counts.values())
    written: dict[bytes, set[int]] = {}
    for each in statements.values():
        if each.author is not None:
            written.setdefault(bytes(each.author), set()).add(each.number)
    return Table(
        Deck(card_of(each, counts.get(str(each.number)), cast) for each in statements.values()),
        statements,
        {author: frozenset(numbers) for author, numbers in written.items()},
    )


def card_of(statement: Statement, row: list[int] | None, cast: int) -> Card:
    """`row`: its votes by choice and the votes that the debate had when it came; none where it came just now."""
    agree, disagree, neither, unsure, born = row or [0, 0, 0, 0, cast]
    return Card(
        statement.number,
        statement.stance,
        agree,
        disagree,
        votes=agree + disagree + neither + unsure,
        born=born / cast if cast else 0.0,
    )
