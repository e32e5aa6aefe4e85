"""Answers on their way into files: one packed record a reader, so that a million come in seconds.

No pseudonym leaves the database, no receipt, no time but the day. Records come in no order; whoever writes them sorts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from apps.responses.models import Status

STATUSES = tuple(Status.values)
DEVICES = ("phone", "tablet", "computer", "other")
FIXED = ("status", "finished", "simulated", "screen", "language", "device")  # one byte each, in this order
NONE = 255
DAY_BYTES, DIGEST_BYTES = 4, 16
ROWS_AT_ONCE = 20_000
ROOM_TO_JOIN = "SET LOCAL work_mem = '128MB'"  # a million readers and their coins are joined without a file then


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of one version. `given`: questions answered by writing; `words`: ways into `answers` to texts."""

    version_id: int
    slots: int
    given: tuple[str, ...]
    coins: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    languages: tuple[str, ...]

    @property
    def bytes_of_codes(self) -> int:
        """Slots, whether something was written, coins, and the fixed ones. The day follows, and a digest of words."""
        return self.slots + len(self.given) + len(self.coins) + len(FIXED)

    @property
    def width(self) -> int:
        return self.bytes_of_codes + DAY_BYTES + (DIGEST_BYTES if self.words else 0)


def packed(numbers: Sequence[str]) -> str:
    """SQL for as many bytes; what is not there, or too large for one, is 255. Joining them one by one takes longer."""
    found = rf"'\x{'ff' * len(numbers)}'::bytea"
    for place, number in enumerate(numbers):
        found = f"set_byte({found}, {place}, least(coalesce({number}, {NONE}), {NONE}))"
    return found


def record_of(asked: Asked) -> tuple[str, list[Any]]:
    """The SQL of a record with its values. A text left blank is stored as 97 or null; both say so by 97."""
    given = "CASE WHEN answers ? %s THEN CASE WHEN answers->%s IN ('97', 'null') THEN 97 ELSE 1 END END"
    numbers = [
        *(given for _name in asked.given),
        *("(participant.coins->>%s)::int" for _name in asked.coins),
        "array_position(%s::text[], status::text) - 1",
        "finished::int",
        "answer.simulated::int",
        "screen::int",
        "array_position(%s::text[], language::text) - 1",
        "array_position(%s::text[], device::text) - 1",
    ]
    names = [name for each in asked.given for name in (each, each)]
    values: list[Any] = [*names, *asked.coins, list(STATUSES), list(asked.languages), list(DEVICES)]
    return f"codes || {packed(numbers)} || int4send(started_day - DATE '1970-01-01')", values


def records(asked: Asked, inquiry_id: int, *, seen: Callable[[int], object]) -> Iterator[tuple[bytes, str | None]]:
    """Each reader's record, with the words that were asked for as a JSON list (None where none were asked for)."""
    record, values = record_of(asked)
    words = ", ".join("answers #> %s::text[]" for _way in asked.words)
    text = f"jsonb_build_array({words})::text" if words else "NULL::text"
    digest = f"substr(sha256(convert_to(words, 'UTF8')), 1, {DIGEST_BYTES})" if words else "''::bytea"
    query = f"""
        COPY (
            SELECT record || {digest}, words FROM (
                SELECT {record} AS record, {text} AS words
                FROM responses_response AS answer JOIN participants_participant AS participant USING (pseudonym)
                WHERE answer.inquiry_id = %s AND answer.version_id = %s
            ) AS packed
        ) TO STDOUT (FORMAT binary)
    """  # noqa: S608 - made of names of columns; every value is bound
    ways = [list(way) for way in asked.words]
    bound = [*values, *ways, inquiry_id, asked.version_id]
    with connection.cursor() as cursor:
        cursor.execute(ROOM_TO_JOIN)
        with cursor.copy(query, bound) as copy:
            copy.set_types(["bytea", "text"])
            for number, row in enumerate(copy.rows(), start=1):
                yield row
                if not number % ROWS_AT_ONCE:
                    seen(ROWS_AT_ONCE)


def versions_answered(inquiry_id: int) -> Sequence[int]:
    """Ids of the versions that somebody answered, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT version_id FROM responses_response WHERE inquiry_id = %s ORDER BY 1", [inquiry_id]
        )
        return [version for (version,) in cursor.fetchall()]
