"""Answers on their way into files: one packed record a reader, so that a million come in seconds.

No receipt leaves the database, no time but the day, and a pseudonym only as far as the worker's memory, where something
is laid beside the answers. Records come in no order; whoever writes them sorts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from apps.common.streams import copied
from apps.responses.models import Response, Status
from apps.responses.packing import DEVICE, MARKS, STATUS

STATUSES = tuple(Status.values)
FIXED = ("status", "finished", "simulated", "screen", "language", "device")  # one byte each, in this order
NONE = 255
DAY_BYTES, DIGEST_BYTES, PSEUDONYM_BYTES = 4, 16, 16
ROWS_AT_ONCE = 20_000
RECORDS_AT_ONCE = 4_000_000  # a value of PostgreSQL ends at one gigabyte
RECORDS_IN_A_PIECE = 8_192  # what comes as a whole is copied as a whole, five times on its way
ROOM_TO_JOIN = "SET LOCAL work_mem = '128MB'"  # a million readers and their coins are joined without a file then


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of one version. `given`: questions answered by writing; `words`: ways into `answers` to texts.

    `themes`: number of a book of codes, its question and one of its codes; only together with words. `named`: with the
    pseudonym at the end of each record.
    """

    version_id: int
    slots: int
    given: tuple[str, ...]
    coins: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    languages: tuple[str, ...]
    themes: tuple[tuple[int, str, int], ...] = ()
    named: bool = False

    @property
    def bytes_of_codes(self) -> int:
        """Slots, whether something was written, the fixed ones, coins and themes. The day follows, and a digest of
        words."""
        return self.slots + len(self.given) + len(self.coins) + len(FIXED) + len(self.themes)

    @property
    def width(self) -> int:
        return self.bytes_in_order + (PSEUDONYM_BYTES if self.named else 0)

    @property
    def bytes_in_order(self) -> int:
        """By which records are put in order."""
        return self.bytes_of_codes + DAY_BYTES + (DIGEST_BYTES if self.words else 0)


def packed(numbers: Sequence[str]) -> str:
    """SQL for as many bytes; what is not there, or too large for one, is 255. Joining them one by one takes longer."""
    found = rf"'\x{'ff' * len(numbers)}'::bytea"
    for place, number in enumerate(numbers):
        found = f"set_byte({found}, {place}, least(coalesce({number}, {NONE}), {NONE}))"
    return found


def place_of(column: str, names: Sequence[str]) -> tuple[str, list[str]]:
    """SQL of the place of a text among the names, and its values. Comparing them one by one is much faster than an
    array of the server."""
    cases = " ".join(f"WHEN {column} = %s THEN {place}" for place in range(len(names)))
    return f"CASE {cases} ELSE {NONE} END" if names else str(NONE), list(names)


def of_answers(wanted: Wanted) -> tuple[str, list[Any]]:
    """The SQL of what the answers tell, with its values. A text left blank is stored as 97 or null; both say so by
    97."""
    given = "CASE WHEN answers ? %s THEN CASE WHEN answers->%s IN ('97', 'null') THEN 97 ELSE 1 END END"
    language, named = place_of("language", wanted.languages)
    status, device = (f"(get_byte(answer.record, {MARKS}) >> {shift - 24}) & 3" for shift in (STATUS, DEVICE))
    fixed = [status, "answer.finished::int", "answer.simulated::int", "screen::int", language, device]
    values = [name for each in wanted.given for name in (each, each)] + named
    return f"codes || {packed([*(given for _name in wanted.given), *fixed])}", values


def of_coins(wanted: Wanted) -> tuple[str, list[Any]]:
    return packed(["(participant.coins->>%s)::int" for _name in wanted.coins]), list(wanted.coins)


# What holds for a text, as `coding.Coded.final` says it: settled, or seen alike by everybody who coded these words.
THEMES = """
    CROSS JOIN LATERAL (
        SELECT CASE WHEN bool_or(settles) THEN (array_agg(codes) FILTER (WHERE settles))[1]
            WHEN count(DISTINCT codes) = 1 THEN (array_agg(codes))[1] END AS seen
        FROM responses_coding WHERE book_id = %s AND response_id = answer.pseudonym
            AND jsonb_typeof(answer.answers->%s) = 'string'
            AND words_sha256 = sha256(convert_to(answer.answers->>%s, 'UTF8'))
    ) AS book_{book}
"""


def of_themes(wanted: Wanted) -> tuple[str, list[Any], str, list[Any]]:
    """SQL for a byte of each theme (1 seen, 0 not, nothing where it is not known) with its values, and what it is read
    from with the values of that."""
    books = dict.fromkeys((book, question) for book, question, _code in wanted.themes)
    told = [
        f"CASE WHEN book_{book}.seen IS NOT NULL THEN (book_{book}.seen @> to_jsonb(%s::int))::int END"
        for book, _question, _code in wanted.themes
    ]
    read = "".join(THEMES.format(book=book) for book, _question in books)
    return (
        packed(told),
        [code for _book, _question, code in wanted.themes],
        read,
        [value for book, question in books for value in (book, question, question)],
    )


DAY = "int4send(started_day - DATE '1970-01-01')"


def name_of(wanted: Wanted) -> str:
    return " || pseudonym" if wanted.named else ""


def joined_records(wanted: Wanted, inquiry_id: int, *, seen: Callable[[int], object]) -> Iterator[bytes]:
    """The records of all readers one behind the other, in a few pieces: the server joins what would come row by row."""
    (told, answer_values), (coins, coin_values) = of_answers(wanted), of_coins(wanted)
    room = RECORDS_IN_A_PIECE * wanted.width
    # Answers are looked up by their readers, and not the other way round: as what may be missing, they are packed
    # before they are joined, so that the server keeps a quarter of the bytes at hand.
    query = f"""
        COPY (
            SELECT substr(records, {room} * place + 1, {room}) FROM (
                SELECT string_agg(answer.told || {coins} || answer.day, ''::bytea) AS records
                FROM participants_participant AS participant LEFT JOIN (
                    SELECT pseudonym, {told} AS told, {DAY}{name_of(wanted)} AS day FROM responses_response AS answer
                    WHERE inquiry_id = %s AND version_id = %s AND pseudonym >= %s AND pseudonym < %s
                ) AS answer USING (pseudonym)
                WHERE participant.inquiry_id = %s AND pseudonym >= %s AND pseudonym < %s
            ) AS everybody, generate_series(0, length(records) / {room}) AS place
        ) TO STDOUT (FORMAT binary)
    """  # noqa: S608 - made of names of columns; every value is bound
    with connection.cursor() as cursor:
        cursor.execute(ROOM_TO_JOIN)
        for first, beyond in parts(inquiry_id, wanted.version_id):
            between = (first, beyond)
            of_both = [inquiry_id, wanted.version_id, *between, inquiry_id, *between]
            with copied(query, [*coin_values, *answer_values, *of_both]) as copy:
                copy.set_types(["bytea"])
                for (piece,) in copy.rows():
                    if piece:
                        yield piece
                        seen(len(piece) // wanted.width)


def parts(inquiry_id: int, version_id: int) -> Iterator[tuple[bytes, bytes]]:
    """Bounds of pseudonyms, which are spread evenly, between which not too many lie."""
    number = 1 + Response.objects.filter(inquiry_id=inquiry_id, version_id=version_id).count() // RECORDS_AT_ONCE
    between = [(2**32 * part // number).to_bytes(4) for part in range(1, number)]
    yield from zip([b"", *between], [*between, b"\xff" * 17], strict=True)  # pseudonyms have 16 bytes


def worded_records(wanted: Wanted, inquiry_id: int, *, seen: Callable[[int], object]) -> Iterator[tuple[bytes, str]]:
    """Each reader's record, with the words that are wanted as a JSON list."""
    (told, answer_values), (coins, coin_values) = of_answers(wanted), of_coins(wanted)
    themes, theme_values, read, read_values = of_themes(wanted)
    words = ", ".join("answers #> %s::text[]" for _way in wanted.words)
    digest = f"substr(sha256(convert_to(words, 'UTF8')), 1, {DIGEST_BYTES})"
    query = f"""
        COPY (
            SELECT record || {digest}{name_of(wanted)}, words FROM (
                SELECT {told} || {coins} || {themes} || {DAY} AS record, jsonb_build_array({words})::text AS words,
                    pseudonym
                FROM responses_response AS answer JOIN participants_participant AS participant USING (pseudonym)
                {read}
                WHERE answer.inquiry_id = %s AND answer.version_id = %s
            ) AS packed
        ) TO STDOUT (FORMAT binary)
    """  # noqa: S608 - made of names of columns; every value is bound
    ways = [list(way) for way in wanted.words]
    bound = [*answer_values, *coin_values, *theme_values, *ways, *read_values, inquiry_id, wanted.version_id]
    with connection.cursor() as cursor:
        cursor.execute(ROOM_TO_JOIN)
        with copied(query, bound) as copy:
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
