"""How the votes of a debate stand. Imported by the worker only: web processes have no numpy."""

from collections.abc import Mapping

import numpy as np

from apps.debates.choices import Choice
from apps.debates.matrices import READERS_AT_ONCE, read_ballots
from apps.debates.models import Debate, Standing
from apps.debates.queries import served_statements, standing_of, vote_watermark


def count_votes(debate: Debate) -> dict[int, list[int]]:
    """Statement number → how many readers chose each of the four; every number given out so far is there."""
    _ids, ballots = read_ballots(debate)
    counts = np.zeros((len(Choice), ballots.shape[1]), dtype=np.int64)
    for start in range(0, len(ballots), READERS_AT_ONCE):
        block = ballots[start : start + READERS_AT_ONCE]
        for choice in Choice:
            counts[choice] += (block == choice).sum(axis=0)
    return {number: column.tolist() for number, column in enumerate(counts[1:].T, start=1)}


def refresh_standing(*, debate: Debate) -> bool:
    """Count anew where votes were cast or statements published since the last time; says whether it did.

    What waits for its review is not born yet.
    """
    before, watermark = standing_of(debate.pk), vote_watermark(debate.pk)
    known = {int(number) for number in before.counts} if before else set()
    served = set(served_statements(debate).values_list("number", flat=True))
    if before and before.watermark == watermark and served <= known:
        return False
    counted = {number: row for number, row in count_votes(debate).items() if number in served | known}
    counts = with_births(counted, before.counts if before else None)
    Standing.objects.update_or_create(debate=debate, defaults={"watermark": watermark, "counts": counts})
    return True


def with_births(counts: Mapping[int, list[int]], before: Mapping[str, list[int]] | None) -> dict[str, list[int]]:
    """Each row longer by the number of votes that the debate had when the statement was first counted.

    What was there at the first count was there from the beginning.
    """
    cast = sum(map(sum, counts.values())) if before is not None else 0
    known = before or {}
    return {str(n): [*row, known[str(n)][-1] if str(n) in known else cast] for n, row in counts.items()}
