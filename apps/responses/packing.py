"""What is counted of a reader, packed by the database into one value, so that a million of them come at once.

First the pseudonym (16 bytes), then marks (4), the day on which the reader began (4), the language (8), and from `HEAD`
on the codes, one byte a slot. Marks are a number; from its lowest bit: screen (16), nothing (8), simulated, finished,
device (2), status (2). Numbers are big-endian, and days begin with `FIRST_DAY`.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import BinaryField, Case, Expression, F, Func, Value, When
from django.db.models.expressions import Combinable, CombinedExpression

from apps.common.device_classes import DEVICES

STATUS, DEVICE, FINISHED, SIMULATED = 28, 26, 25, 24
"""Where each begins among the marks; the screen stands in the lower half."""
MARKS, DAY, LANGUAGE, HEAD = 16, 20, 24, 32
"""Before how many bytes each begins."""
FIRST_DAY = date(2000, 1, 1)
"""From which PostgreSQL counts."""


def record(statuses: Sequence[str]) -> CombinedExpression:
    language = Func(F("language"), Value(HEAD - LANGUAGE), function="rpad")
    head = followed_by(F("participant"), Func(marks(statuses), function="int4send"))
    for following in (
        Func(F("started_day"), function="date_send"),
        Func(language, Value("escape"), function="decode"),  # text as its bytes
        F("codes"),
    ):
        head = followed_by(head, following)
    return head


def followed_by(one: Combinable, other: Combinable) -> CombinedExpression:
    return CombinedExpression(one, "||", other, output_field=BinaryField())


def marks(statuses: Sequence[str]) -> CombinedExpression:
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
