"""What is noted about a response, in one number, so that a million of them come at once.

The database makes the number from the columns beside it. From the lowest bit: screen (16), room for the language
(8), simulated, finished, device (2), status (2).
"""

from collections.abc import Mapping, Sequence

from django.db.models import Case, Expression, F, Value, When
from django.db.models.expressions import CombinedExpression

DEVICES = ("phone", "tablet", "computer", "other")
STATUS, DEVICE, FINISHED, SIMULATED, LANGUAGE = 28, 26, 25, 24, 16
"""Where each begins; the screen fills the rest."""


def noted(statuses: Sequence[str]) -> CombinedExpression:
    """Without the language, whose place is known only to whoever asks."""
    return (
        place_of("status", statuses, STATUS)
        + place_of("device", DEVICES, DEVICE)
        + flag("finished", FINISHED)
        + flag("simulated", SIMULATED)
        + F("screen")
    )


def place_of(column: str, names: Sequence[str], shift: int) -> Case:
    """Constraints see to it that there is no other."""
    *others, last = (place << shift for place in range(len(names)))
    return chosen(dict(zip(names, others, strict=False)), column, last)


def flag(column: str, shift: int) -> Case:
    return chosen({True: 1 << shift}, column, 0)


def chosen(numbers: Mapping[object, int], column: str, otherwise: int) -> Case:
    whens: list[Expression] = [When(**{column: each}, then=Value(number)) for each, number in numbers.items()]
    return Case(*whens, default=Value(otherwise))
