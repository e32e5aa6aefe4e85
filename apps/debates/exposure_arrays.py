"""What was shown to whom, with the vote that stands, as arrays. Imported by the worker only: web processes have no
numpy."""

import numpy as np

from apps.analysis.opinion_map.exposed_rates import NO_VOTE, Exposures
from apps.common.streams import copied
from apps.debates.matrices import HEAD, TAIL, VALUE
from apps.debates.models import Debate

SHOWN = """
COPY (
    SELECT card.number::bigint, card.probability, CASE
        WHEN length(ballot.votes) >= card.number THEN get_byte(ballot.votes, card.number - 1) ELSE 0 END::smallint
    FROM debates_exposure AS card LEFT JOIN debates_ballot AS ballot USING (pseudonym)
    WHERE card.debate_id = %(debate)s{order}
) TO STDOUT (FORMAT binary)
"""
ORDER = " ORDER BY card.pseudonym, card.position"
ROW = np.dtype(
    [("fields", ">i2"), ("a", ">i4"), ("number", ">i8"), ("b", ">i4"), ("drawn", ">f8"), ("c", ">i4"), ("vote", ">i2")]
)


def read_exposures(debate: Debate, *, in_order: bool = False) -> Exposures:
    """Of all statements. `in_order`: always in the same one, for files of the same bytes; it takes longer."""
    with copied(SHOWN.format(order=ORDER if in_order else ""), {"debate": debate.pk}) as copy:
        stream = b"".join(copy)
    rows = np.frombuffer(stream, dtype=ROW, offset=HEAD, count=(len(stream) - HEAD - TAIL) // ROW.itemsize)
    byte = rows["vote"].astype(np.int64)
    value = np.where(byte == 0, np.int8(NO_VOTE), VALUE[byte])
    return Exposures(rows["number"].astype(np.int64), rows["drawn"].astype(float), value.astype(np.int8))
