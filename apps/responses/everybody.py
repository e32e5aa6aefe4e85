"""All readers of an inquiry at once, for whoever counts: answers and what was noted about them, by version.

A pseudonym comes along so that what lies in other tables can be laid beside the answers. It puts rows in order, and
goes no further than the worker's memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection

from apps.responses.models import Status
from apps.responses.queries import languages

STATUSES = tuple(Status.values)
DEVICES = ("phone", "tablet", "computer", "other")
NO_ARM = 15
"""Of a reader for whom no way was drawn."""
NAMELESS = 255
"""Place of a language that was not among those asked for."""
FIRST_DAY = date(2000, 1, 1)
"""From which PostgreSQL counts."""
STATUS, DEVICE, FINISHED, SIMULATED, LANGUAGE = 28, 26, 25, 24, 16
"""Where each begins in the number of 32 bits; the screen fills the rest of it."""


def places(column: str, names: Sequence[str], shift: int, otherwise: int) -> tuple[str, list[str]]:
    """SQL of the place of a text among the names, and its values. Comparing them one by one is much faster than an
    array of the server."""
    cases = " ".join(f"WHEN {column} = %s THEN {place << shift}" for place in range(len(names)))
    return f"CASE {cases} ELSE {otherwise << shift} END" if names else str(otherwise << shift), list(names)


# Each thing joined for itself: the server has no rows to put together then, and we none to take apart. One version at a
# time is faster than all of them by group, because the server divides the work then.
RECORDS = """
    COPY (
        SELECT
            count(*), string_agg(pseudonym, NULL), string_agg(codes, NULL), string_agg(date_send(started_day), NULL),
            string_agg(int4send({noted}), NULL), {arms}, max(changed_day){written}
        FROM responses_response AS answer {joined}
        WHERE answer.inquiry_id = %s AND answer.version_id = %s
    ) TO STDOUT (FORMAT binary)
"""
ARMS = f"string_agg(int2send(coalesce((participant.coins ->> 'arm')::smallint, {NO_ARM}::smallint)), NULL)"
NO_ARMS = "NULL::bytea"
WRITTEN = ", count(answers -> %s), count(*) FILTER (WHERE jsonb_typeof(answers -> %s) = 'string')"
"""Who saw an open question, and who wrote something: a third of what it takes to look once more."""
JOINED = "JOIN participants_participant AS participant USING (pseudonym)"
TYPES = ["int8", "bytea", "bytea", "bytea", "bytea", "bytea", "date"]


@dataclass(frozen=True, slots=True)
class Records:
    """All readers of one version, in the same order everywhere, which is none.

    Of each `pseudonyms` 16 bytes, `codes` one a slot, `days` four (since `FIRST_DAY`), `noted` four (status, device,
    finished, simulated, language, screen), `arms` two; None where none was asked for. Numbers are big-endian.
    `written`: of each open question that was asked for, how many saw it and how many wrote something.
    """

    version_id: int
    readers: int
    pseudonyms: bytes
    codes: bytes
    days: bytes
    noted: bytes
    arms: bytes | None
    last_day: date
    written: tuple[tuple[int, int], ...] = ()


def all_records(
    inquiry_id: int, *, version_ids: Sequence[int], with_arms: bool, texts: Sequence[str] = ()
) -> tuple[list[Records], tuple[str, ...]]:
    """Of each version that somebody answered, and the languages whose places stand in the records. Arms are looked up
    only where they were drawn. `texts`: open questions of which it is counted who wrote something."""
    offered = sorted(code for code, _name in settings.LANGUAGES)
    found = records_of(inquiry_id, version_ids, offered, with_arms, texts)
    if all(map(is_named, found)):
        return found, tuple(offered)
    spoken = sorted(languages(inquiry_id))  # one that was offered once: to ask for it takes as long as all the rest
    return records_of(inquiry_id, version_ids, spoken, with_arms, texts), tuple(spoken)


def records_of(
    inquiry_id: int, version_ids: Sequence[int], names: Sequence[str], with_arms: bool, texts: Sequence[str]
) -> list[Records]:
    noted = (
        places("status", STATUSES, STATUS, 0),
        places("device", DEVICES, DEVICE, len(DEVICES) - 1),
        places("language", names, LANGUAGE, NAMELESS),
    )
    flags = (
        f"CASE WHEN {column} THEN {1 << shift} ELSE 0 END"
        for column, shift in (("answer.finished", FINISHED), ("answer.simulated", SIMULATED))
    )
    query = RECORDS.format(
        noted=" + ".join([*(sql for sql, _bound in noted), *flags, "screen"]),
        arms=ARMS if with_arms else NO_ARMS,
        written=WRITTEN * len(texts),
        joined=JOINED if with_arms else "",
    )
    values = [*(value for _sql, bound in noted for value in bound), *(each for name in texts for each in (name, name))]
    found = (one_version(query, [*values, inquiry_id, version], version) for version in version_ids)
    return [each for each in found if each]


def one_version(query: str, values: list[object], version_id: int) -> Records | None:
    """As binary: bytes sent as text would be twice as many."""
    with connection.cursor() as cursor, cursor.copy(query, values) as copy:
        copy.set_types([*TYPES, *["int8"] * (2 * query.count(WRITTEN))])
        (row,) = copy.rows()
    counts = row[len(TYPES) :]
    written = tuple(zip(counts[::2], counts[1::2], strict=True))
    return Records(version_id, *(*row[: len(TYPES)], written)) if row[0] else None


def is_named(records: Records) -> bool:
    """Whether everybody's language was among those asked for. The second byte of what was noted is its place."""
    return NAMELESS not in records.noted[1::4]
