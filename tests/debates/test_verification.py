"""Each promise about ballots, broken by hand behind the back of the house."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.common.writing import today
from apps.debates.actions import erase_ballot
from apps.debates.models import Ballot, VoteKey, VoteLog
from apps.debates.verification import PROMISES, ballot_faults
from tests.debates.factories import make_debate, make_reader, propose, undo, vote, vote_on_all
from tests.debates.polis.folders import write
from tests.responses.hands import at_once

HOLDS_LAST, HOLDS_ONLY, COUNTS, NO_LOG, NO_KEY = PROMISES


@pytest.fixture
def debate(db):
    """One reader with votes of each kind, a changed one, one taken back; another with one vote."""
    debate = make_debate()
    reader = make_reader(debate)
    vote_on_all(debate, reader, "+-0?++")
    vote_on_all(debate, reader, "-")
    undo(debate, reader, 6)
    propose(debate, reader, "読者の意見。")
    vote(debate, make_reader(debate), 2)
    return debate


def meddle(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE debates_votelog DISABLE TRIGGER vote_rows_stay_as_written")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE debates_votelog ENABLE TRIGGER vote_rows_stay_as_written")


def first() -> bytes:
    return bytes(VoteLog.objects.order_by("id").values_list("pseudonym", flat=True)[0])


def test_untouched_ballots_keep_every_promise(debate):
    assert list(ballot_faults(debate.pk)) == []


@pytest.mark.parametrize(
    ("change", "promises"),
    [
        ("UPDATE debates_ballot SET votes = set_byte(votes, 1, 4) WHERE pseudonym = %s", [HOLDS_LAST]),
        ("UPDATE debates_ballot SET votes = set_byte(votes, 1, 0) WHERE pseudonym = %s", [HOLDS_LAST, HOLDS_ONLY]),
        ("UPDATE debates_ballot SET votes = set_byte(votes, 5, 1) WHERE pseudonym = %s", [HOLDS_LAST, HOLDS_ONLY]),
        ("UPDATE debates_ballot SET votes = votes || '\\x0100'::bytea WHERE pseudonym = %s", [HOLDS_ONLY]),
        ("UPDATE debates_ballot SET votes = '' WHERE pseudonym = %s", [HOLDS_LAST, HOLDS_ONLY]),
        ("UPDATE debates_ballot SET revision = 9 WHERE pseudonym = %s", [COUNTS]),
        ("DELETE FROM debates_votelog WHERE revision = 1 AND pseudonym = %s", [COUNTS]),
        ("DELETE FROM debates_votelog WHERE revision = 3 AND pseudonym = %s", [HOLDS_ONLY, COUNTS]),
        ("UPDATE debates_votelog SET choice = 3 WHERE revision = 7 AND pseudonym = %s", [HOLDS_LAST]),
        ("DELETE FROM debates_ballot WHERE pseudonym = %s", [NO_LOG, NO_KEY]),
    ],
)
def test_broken_promise_is_found(debate, change, promises):
    who = first()

    meddle(change, who)

    assert list(ballot_faults(debate.pk)) == [(promise, who.hex()) for promise in promises]


def test_key_that_is_left_over_is_found(debate):
    VoteKey.objects.create(pseudonym=b"nobody".ljust(16), key=uuid4(), body_sha256=b"", reply={}, day=today())

    assert list(ballot_faults(debate.pk)) == [(NO_KEY, b"nobody".ljust(16).hex())]


def test_command_tells_of_ballots(debate):
    meddle("UPDATE debates_ballot SET revision = 9 WHERE pseudonym = %s", first())
    complaint = StringIO()

    with pytest.raises(CommandError, match="1 promises are broken in debate"):
        call_command("verify_ledger", "debate", stderr=complaint)

    assert complaint.getvalue() == f"broken: {COUNTS} ({first().hex()})\n"


def test_imported_ballots_keep_the_promises(db, tmp_path):
    said = StringIO()

    call_command("import_polis", write(tmp_path), "--slug", "rides", stdout=StringIO())
    call_command("verify_ledger", "rides", stdout=said)

    assert said.getvalue() == "rides: rows, logs, codes and ballots agree.\n"


@pytest.mark.django_db(transaction=True)
def test_erasing_among_votes_leaves_whole_ballots_or_none():
    debate = make_debate()
    reader = make_reader(debate)

    def vote_or_erase(n: int) -> None:
        if n % 7 == 6:
            erase_ballot(pseudonym=reader.pseudonym)
        else:
            vote(debate, reader, n % 6 + 1)

    at_once(vote_or_erase, range(140))

    assert list(ballot_faults(debate.pk)) == []
    assert Ballot.objects.count() <= 1
