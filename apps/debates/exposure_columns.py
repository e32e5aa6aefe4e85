"""What was shown, as arrays. Imported where something is computed only: web processes have no numpy."""

import numpy as np
from django.db import connection, transaction

from apps.analysis.opinion_map.exposed_rates import NO_VOTE, Exposures
from apps.debates.matrices import HEAD, TAIL, VALUE
from apps.debates.models import Debate

# As in `matrices`: rows of one length, so that the stream is an array.
EXPOSURES = """
COPY (
    SELECT seen.number, seen.probability, (CASE WHEN length(ballot.votes) >= seen.number
        THEN get_byte(ballot.votes, seen.number - 1) ELSE 0 END)::int2
    FROM debates_exposure AS seen LEFT JOIN debates_ballot AS ballot USING (pseudonym)
    WHERE seen.debate_id = %(debate)s ORDER BY seen.pseudonym, seen.position
) TO STDOUT (FORMAT binary)
"""
ROW = np.dtype(
    [
        ("fields", ">i2"),
        ("length", ">i4"),
        ("number", ">i4"),
        ("length_of_probability", ">i4"),
        ("probability", ">f8"),
        ("length_of_choice", ">i4"),
        ("choice", ">i2"),
    ]
)


def exposures_of(debate: Debate) -> Exposures:
    """Everything that was shown, by statement number, with the vote that stands now."""
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(EXPOSURES, {"debate": debate.pk}) as copy:
        stream = b"".join(copy)
    rows = np.frombuffer(stream, dtype=ROW, offset=HEAD, count=(len(stream) - HEAD - TAIL) // ROW.itemsize)
    choice = rows["choice"].astype(np.int64)
    value = np.where(choice == 0, NO_VOTE, VALUE[choice]).astype(np.int8)
    return Exposures(rows["number"].astype(np.int64), rows["probability"].astype(np.float64), value)
