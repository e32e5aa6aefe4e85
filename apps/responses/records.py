"""All readers of an inquiry at once, as packed records by version: answers and what was noted about them.

A pseudonym comes along so that what lies in other tables can be laid beside the answers. It puts rows in order, and
goes no further than the worker's memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from apps.common.streams import copied

NO_ARM = 15
"""Of a reader for whom no way was drawn."""

# One version at a time, its records one behind the other: the server has no rows to send one by one, and we none to
# take apart. Records stand in an index, arms do not. What was joined comes in pieces: as a single row it would be
# copied as a whole five times on its way, into memory that is new each time.
RECORDS = """
    COPY (
        SELECT readers, {pieces}, last_day
        FROM (
            SELECT
                count(*)::int4 AS readers, string_agg(record, NULL) AS records, {arms} AS arms,
                max(changed_day) AS last_day
            FROM responses_response AS answer {joined}
            WHERE answer.inquiry_id = %s AND answer.version_id = %s
        ) AS everybody, generate_series(0, coalesce(length(records), 0) / {room}) AS place
    ) TO STDOUT (FORMAT binary)
"""
JOINED_UP = ("records", "arms")
ROOM = 262_144
"""Bytes of each of them in a piece."""
ARMS = f"string_agg(int2send(coalesce((participant.coins ->> 'arm')::smallint, {NO_ARM}::smallint)), NULL)"
NO_ARMS = "NULL::bytea"
JOINED = "JOIN participants_participant AS participant USING (pseudonym)"
TYPES = ["int4", "bytea", "bytea", "date"]

WROTE = 1 << 32
WRITTEN = f"""
    sum(CASE jsonb_typeof(answers -> %s) WHEN 'string' THEN {WROTE + 1} WHEN 'number' THEN 1 WHEN 'null' THEN 1 END)
"""
"""Who saw an open question, and who wrote something, in one number: each look into the answers takes its time."""


@dataclass(frozen=True, slots=True)
class Records:
    """All readers of one version, in an order that is the same in both, and otherwise none.

    `records`: of each what `responses.packing` says; `arms`: two bytes of each, big-endian, None where none was asked
    for. `last_day`: on which somebody changed an answer.
    """

    version_id: int
    readers: int
    records: bytes | bytearray
    arms: bytes | bytearray | None
    last_day: date


def all_records(inquiry_id: int, *, version_ids: Sequence[int], with_arms: bool) -> list[Records]:
    """Of each version that somebody answered. Arms are looked up only where they were drawn."""
    query = asked_for(with_arms=with_arms)
    found = (one_version(query, inquiry_id, version_id, alone=not with_arms) for version_id in version_ids)
    return [each for each in found if each]


def asked_for(*, with_arms: bool) -> str:
    return RECORDS.format(
        arms=ARMS if with_arms else NO_ARMS,
        joined=JOINED if with_arms else "",
        pieces=", ".join(f"substr({name}, {ROOM} * place + 1, {ROOM})" for name in JOINED_UP),
        room=ROOM,
    )


def one_version(query: str, inquiry_id: int, version_id: int, *, alone: bool) -> Records | None:
    """As binary: bytes sent as text would be twice as many."""
    readers, last_day, records, arms = 0, None, bytearray(), bytearray()
    with by_one_process(alone), copied(query, [inquiry_id, version_id]) as copy:
        copy.set_types(TYPES)
        for readers, some_records, some_arms, last_day in copy.rows():  # noqa: B007 - the same in each row
            records += some_records or b""
            arms += some_arms or b""
    return Records(version_id, readers, records, None if alone else arms, last_day) if last_day else None


@contextmanager
def by_one_process(alone: bool) -> Iterator[None]:
    """Several processes of the server read an index faster, but hand over what they joined at a third of the speed."""
    if not alone:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        yield
        cursor.execute("SET LOCAL max_parallel_workers_per_gather TO DEFAULT")


def who_wrote(inquiry_id: int, questions: Sequence[str]) -> Mapping[str, tuple[int, int]]:
    """Of each open question how many saw it and how many wrote something."""
    if not questions:
        return {}
    columns = ", ".join([WRITTEN] * len(questions))
    query = f"SELECT {columns} FROM responses_response WHERE inquiry_id = %s"  # noqa: S608 - every value is bound
    with connection.cursor() as cursor:
        cursor.execute(query, [*questions, inquiry_id])
        found = [int(both or 0) for both in cursor.fetchone()]
    return {name: (both % WROTE, both // WROTE) for name, both in zip(questions, found, strict=True)}
