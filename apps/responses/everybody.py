"""All readers of an inquiry at once, for whoever counts: answers and what was noted about them, packed by version.

A pseudonym comes along so that what lies in other tables can be laid beside the answers. It puts rows in order, and
goes no further than the worker's memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from apps.responses.models import Status

STATUSES = tuple(Status.values)
DEVICES = ("phone", "tablet", "computer", "other")
NO_ARM = 15
"""Of a reader for whom no way was drawn."""

# One number of 64 bits beside the codes is read faster than a column for each thing that was noted; and one version at
# a time faster than all of them by group, because the server divides the work then.
NOTED = """
    int8send(
        ((started_day - DATE '1970-01-01')::bigint << 32)
        | ((array_position(%(statuses)s::text[], status::text) - 1)::bigint << 30)
        | (answer.finished::int::bigint << 29)
        | (answer.simulated::int::bigint << 28)
        | ((array_position(%(devices)s::text[], device::text) - 1)::bigint << 26)
        | ((array_position(%(languages)s::text[], language::text) - 1)::bigint << 16)
        | ({arm}::bigint << 8)
        | least(screen, 255)::bigint
    )
"""
ARM = f"coalesce((participant.coins ->> 'arm')::int, {NO_ARM})"
RECORDS = """
    COPY (
        SELECT count(*), string_agg(pseudonym || codes || {noted}, ''::bytea), max(changed_day)
        FROM responses_response AS answer {joined}
        WHERE answer.inquiry_id = %(inquiry)s AND answer.version_id = %(version)s
    ) TO STDOUT (FORMAT binary)
"""
JOINED = "JOIN participants_participant AS participant USING (pseudonym)"


@dataclass(frozen=True, slots=True)
class Records:
    """All readers of one version, one record after the other and in no order: pseudonym, codes, what was noted."""

    version_id: int
    readers: int
    packed: bytes
    last_day: date


def all_records(
    inquiry_id: int, *, version_ids: Sequence[int], languages: Sequence[str], with_arms: bool
) -> list[Records]:
    """Of each version that somebody answered. `languages`: their places in it stand in the records. Arms are looked up
    only where they were drawn."""
    query = RECORDS.format(noted=NOTED.format(arm=ARM if with_arms else NO_ARM), joined=JOINED if with_arms else "")
    values = {
        "inquiry": inquiry_id,
        "statuses": list(STATUSES),
        "devices": list(DEVICES),
        "languages": list(languages),
    }
    found = [(each, one_row(query, {**values, "version": each})) for each in version_ids]
    return [Records(version, *row) for version, row in found if row[0]]


def one_row(query: str, values: dict[str, Any]) -> tuple[int, bytes, date]:
    """As binary: bytes sent as text would be twice as many."""
    with connection.cursor() as cursor, cursor.copy(query, values) as copy:
        copy.set_types(["int8", "bytea", "date"])
        (row,) = copy.rows()
    return row
