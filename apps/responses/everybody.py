"""All readers of an inquiry at once, for whoever counts: answers and what was noted about them, by version.

A pseudonym comes along so that what lies in other tables can be laid beside the answers. It puts rows in order, and
goes no further than the worker's memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from apps.common.streams import copied
from apps.responses.packing import LANGUAGE
from apps.responses.queries import languages

NO_ARM = 15
"""Of a reader for whom no way was drawn."""
NAMELESS = 255
"""Place of a language that was not among those asked for."""
FIRST_DAY = date(2000, 1, 1)
"""From which PostgreSQL counts."""


def places(column: str, names: Sequence[str], shift: int, otherwise: int) -> tuple[str, list[str]]:
    """SQL of the place of a text among the names, and its values. Comparing them one by one is much faster than an
    array of the server."""
    cases = " ".join(f"WHEN {column} = %s THEN {place << shift}" for place in range(len(names)))
    return f"CASE {cases} ELSE {otherwise << shift} END" if names else str(otherwise << shift), list(names)


# Each thing joined for itself: the server has no rows to put together then, and we none to take apart. One version at a
# time is faster than all of them by group, because the server divides the work then. All columns but those of texts
# and arms stand in one index. What was joined comes in pieces: as a single row it would be copied as a whole five times
# on its way, into memory that is new each time.
RECORDS = """
    COPY (
        SELECT coalesce(length(noted), 0) / 4, {pieces}, last_day{written_of_all}
        FROM (
            SELECT
                string_agg(pseudonym, NULL) AS pseudonyms, string_agg(codes, NULL) AS codes,
                string_agg(date_send(started_day), NULL) AS days,
                string_agg(int4send(noted + {language}), NULL) AS noted, {arms} AS arms,
                max(changed_day) AS last_day{written}
            FROM responses_response AS answer {joined}
            WHERE answer.inquiry_id = %s AND answer.version_id = %s
        ) AS everybody, generate_series(0, coalesce(greatest(length(pseudonyms), length(codes)), 0) / {room}) AS place
    ) TO STDOUT (FORMAT binary)
"""
JOINED_UP = ("pseudonyms", "codes", "days", "noted", "arms")
ROOM = 262_144
"""Bytes of each of them in a piece."""
ARMS = f"string_agg(int2send(coalesce((participant.coins ->> 'arm')::smallint, {NO_ARM}::smallint)), NULL)"
NO_ARMS = "NULL::bytea"
WROTE = 1 << 32
WRITTEN = f""",
    sum(CASE jsonb_typeof(answers -> %s) WHEN 'string' THEN {WROTE + 1} WHEN 'number' THEN 1
        WHEN 'null' THEN 1 END)::int8 AS written_{{place}}
"""
"""Who saw an open question, and who wrote something, in one number: each look into the answers takes its time."""
JOINED = "JOIN participants_participant AS participant USING (pseudonym)"
TYPES = ["int4", "bytea", "bytea", "bytea", "bytea", "bytea", "date"]


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
    query, values = asked_for(names, with_arms=with_arms, texts=texts)
    found = (one_version(query, [*values, inquiry_id, version], version, len(texts)) for version in version_ids)
    return [each for each in found if each]


def asked_for(names: Sequence[str], *, with_arms: bool, texts: Sequence[str]) -> tuple[str, list[object]]:
    language, named = places("language", names, LANGUAGE, NAMELESS)
    query = RECORDS.format(
        language=language,
        arms=ARMS if with_arms else NO_ARMS,
        joined=JOINED if with_arms else "",
        written="".join(WRITTEN.format(place=place) for place in range(len(texts))),
        written_of_all="".join(f", written_{place}" for place in range(len(texts))),
        pieces=", ".join(f"substr({name}, {ROOM} * place + 1, {ROOM})" for name in JOINED_UP),
        room=ROOM,
    )
    return query, [*named, *texts]


def one_version(query: str, values: list[object], version_id: int, texts: int) -> Records | None:
    """As binary: bytes sent as text would be twice as many."""
    with copied(query, values) as copy:
        copy.set_types([*TYPES, *["int8"] * texts])
        rows = list(copy.rows())
    readers, *pieces, last_day = zip(*(row[: len(TYPES)] for row in rows), strict=True)
    if not readers[0]:
        return None
    written = tuple(((both or 0) % WROTE, (both or 0) // WROTE) for both in rows[0][len(TYPES) :])
    columns = dict(zip(JOINED_UP, map(joined_up, pieces), strict=True))
    return Records(version_id, readers[0], **columns, last_day=last_day[0], written=written)


def joined_up(pieces: Sequence[bytes | None]) -> Any:
    return None if pieces[0] is None else b"".join(piece or b"" for piece in pieces)


def is_named(records: Records) -> bool:
    """Whether everybody's language was among those asked for. The second byte of what was noted is its place."""
    return NAMELESS not in records.noted[1::4]
