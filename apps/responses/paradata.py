"""How answers were given, of all readers at once (paradata): for whoever judges how far they can be trusted.

A pseudonym comes along so that it can be laid beside the answers, and goes no further than the worker's memory.
"""

from collections.abc import Iterator, Sequence

from django.db import connection

from apps.common.lots import drawn
from apps.common.streams import copied
from apps.responses.json_columns import is_column, unfolded

PSEUDONYM_BYTES, TIME_BYTES = 16, 4
WITHOUT_COIN = 255
RECORDS = """
COPY (
    SELECT coalesce(string_agg(pseudonym || {times} || {coins} || set_byte('\\x00'::bytea, 0, signals), ''::bytea), '')
    FROM responses_response AS answer JOIN participants_participant AS participant USING (pseudonym)
        {unfolded_times} {unfolded_coins}
    WHERE answer.inquiry_id = %s{drawn}
) TO STDOUT (FORMAT binary)
"""
WRITTEN = """
SELECT pseudonym, answers ->> %s FROM responses_response
WHERE inquiry_id = %s AND jsonb_typeof(answers -> %s) = 'string' AND answers ->> %s <> ''{drawn}
"""


def width(questions: Sequence[str], coins: Sequence[str]) -> int:
    """Of one record: pseudonym, the time on each question, the side of each coin, signals."""
    return PSEUDONYM_BYTES + TIME_BYTES * len(questions) + len(coins) + 1


def paradata(inquiry_id: int, *, questions: Sequence[str], coins: Sequence[str], share: float = 1) -> bytes:
    """One record a reader, in no order, of all of them or of those whom `common.lots` draws.

    Times are milliseconds, big-endian, 0 where none was measured.
    """
    times = [f'int4send(coalesce(spent."{name}", 0))' for name in questions]
    sides = [one_byte(f'coin."{name}"' if is_column(name) else "(participant.coins ->> %s)::int") for name in coins]
    query = RECORDS.format(
        times=" || ".join(times) or "''::bytea",
        coins=" || ".join(sides) or "''::bytea",
        drawn=drawn(share),
        unfolded_times=unfolded("visible_ms", "spent", questions),
        unfolded_coins=unfolded("participant.coins", "coin", [name for name in coins if is_column(name)]),
    )
    looked_up = [name for name in coins if not is_column(name)]
    with copied(query, [*looked_up, inquiry_id]) as copy:
        copy.set_types(["bytea"])
        (row,) = copy.rows()
    return row[0]


def one_byte(number: str) -> str:
    return f"set_byte('\\x00'::bytea, 0, least(coalesce({number}, {WITHOUT_COIN}), {WITHOUT_COIN}))"


def written(inquiry_id: int, question: str, *, share: float = 1) -> Iterator[tuple[bytes, str]]:
    """Pseudonym and words of everybody who wrote something there."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN.format(drawn=drawn(share)), [question, inquiry_id, question, question])
        yield from ((bytes(pseudonym), text) for pseudonym, text in cursor)
