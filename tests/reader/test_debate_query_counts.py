"""A card costs the same whether there are three statements or three hundred, and however many readers voted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.debates import dealing
from apps.debates.actions import open_debate
from apps.debates.models import Statement
from tests.debates.factories import make_reader, make_statement, vote
from tests.reader.voters import DEBATE, VOTES, WRITE

# As if nobody had asked before. What all readers share, the inquiry, its version, and for cards the debate, its
# statements and their counts, is remembered for a moment: a card then costs one query, or two after a vote.
QUERIES = {
    "first card": 5 + 1,
    "first vote": 2 + 2,
    "next card": 5 + 2 + 3,
    "next vote": 2 + 1,
    "my votes": 2 + 5,
    "write": 2 + 1,
}


@pytest.mark.parametrize(("statements", "readers"), [(3, 0), (300, 0), (300, 20)])
def test_queries_do_not_grow(voter, another_voter, inquiry, monkeypatch, statements, readers):
    debate = open_debate(inquiry=inquiry)
    Statement.objects.filter(debate=debate, number__gt=statements).delete()
    for number in range(25, statements + 1):
        make_statement(debate, number)
    for _ in range(readers):
        vote(debate, make_reader(debate), 1)
    monkeypatch.setattr(dealing, "note_exposures", lambda _shown: None)  # written together, once a second

    another_voter.open(DEBATE)  # the inquiry's secret is fetched once in the life of a process

    found = dict(measured(voter))

    assert found == QUERIES


def measured(voter):
    with Taken() as queries:
        card = voter.open(DEBATE)
    yield "first card", len(queries)
    with Taken() as queries:
        voted = voter.press(card, vote=f"{voter.card(card)}-agree")
    yield "first vote", len(queries)
    with Taken() as queries:
        card = voter.follow(voted)
    yield "next card", len(queries)
    with Taken() as queries:
        voter.press(card, vote=f"{voter.card(card)}-agree")
    yield "next vote", len(queries)
    with Taken() as queries:
        voter.open(VOTES)
    yield "my votes", len(queries)
    with Taken() as queries:
        voter.open(WRITE)
    yield "write", len(queries)


class Taken(CaptureQueriesContext):
    """Without the savepoints, which only a test needs: it is itself a transaction."""

    def __init__(self):
        super().__init__(connection)

    def __len__(self):
        return sum("SAVEPOINT" not in str(query["sql"]) for query in self.captured_queries)
