"""Twenty million votes from PostgreSQL into the matrix, and one reader's place as a page finds it.

`python -m bench.ballots 100000 1000` prints the figures as JSON. The database is a throw-away one.
"""

import json
import sys
from typing import Any

from bench.processes import timed, worked
from bench.servers import only_a_database

ROUNDS = 3
PLACED = 200


def measured(readers: int, statements: int) -> dict[str, Any]:
    with only_a_database():
        return figures(readers, statements)


def figures(readers: int, statements: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    from apps.debates.matrices import vote_matrix_of

    call_command("migrate", verbosity=0)
    debate = filled(readers, statements)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE debates_ballot")
    taken = [timed(lambda: vote_matrix_of(debate)) for _ in range(ROUNDS)]
    found = {
        "readers": readers,
        "statements": statements,
        "votes": taken[0][0].votes,
        "seconds_from_database": round(min(seconds for _, seconds in taken), 3),
        "milliseconds_to_place_one": round(milliseconds_to_place_one(), 3),
    }
    connection.close()
    return found


def filled(readers: int, statements: int) -> Any:
    """A debate with so many ballots, a fifth of all votes cast."""
    import numpy as np
    from django.db import connection

    from apps.accounts.models import Publication
    from apps.common.writing import today
    from apps.debates.models import Debate, Statement
    from apps.inquiries.models import Inquiry, State

    publication = Publication.objects.create(slug="bench", name="Bench")
    inquiry = Inquiry.objects.create(publication=publication, slug="bench", title={"en": "Bench"}, state=State.OPEN)
    debate = Debate.objects.create(inquiry=inquiry)
    Statement.objects.bulk_create(
        Statement(
            debate=debate,
            number=n,
            origin="seed",
            seed=f"S{n}",
            text=f"{n}",
            folded=f"{n}",
            state="approved",
            day=today(),
        )
        for n in range(1, statements + 1)
    )
    rng = np.random.default_rng(1)
    into = "COPY debates_ballot (pseudonym, debate_id, votes, revision, replaced) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for reader in range(readers):
            cast = rng.random(statements, dtype=np.float32) < 0.2
            votes = np.where(cast, rng.integers(1, 5, statements, dtype=np.uint8), np.uint8(0))
            copy.write_row((reader.to_bytes(16), debate.pk, votes.astype(np.uint8).tobytes(), 1, 0))
    return debate


def milliseconds_to_place_one() -> float:
    """A reader with twenty votes on a stored map of four groups, in plain Python."""
    from apps.debates.choices import Choice
    from apps.debates.maps.found import Found
    from apps.debates.maps.parameters import parameters_of
    from apps.debates.maps.runs import run_on
    from apps.debates.maps.standing_place import own_place
    from apps.debates.maps.summary import summary_of
    from apps.debates.models import OpinionMap
    from apps.inquiries.privacy import profile_of
    from bench.maps import planted

    run = run_on(planted(1000, 100)[0], seed=1)
    found = Found(run, list(range(len(run.probabilities))), (), None)
    stored = OpinionMap(parameters=parameters_of(found), summary=summary_of(found, profile_of("standard"), {}))
    numbers = run.votes.statements.tolist()
    ballots = [
        {number: Choice(1 + (number * 7 + reader) % 3) for number in numbers[reader % 40 : reader % 40 + 20]}
        for reader in range(PLACED)
    ]
    _, seconds = worked(lambda: [own_place(stored, votes) for votes in ballots])
    return 1000 * seconds / PLACED


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))
