"""Themes of the answers to one question: who has coded what, and what is left to do.

The lot says which texts two people code. Nobody sees what another one saw before all of those are done by two.
"""
# ruff: noqa: S608 - only constants of this file are joined into a statement

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.responses.code_books import book_of, check_codes
from apps.responses.models import CodeBook, Coding, Response
from apps.responses.texts import HANDLE, TEXTS, fetched, values

FEW = 50
"""Up to so many texts, two people code all of them: a tenth of those would say nothing about agreement."""

# The lot is a number from 0 to 99 that stays with a text. Codings of words that were changed since do not count.
BASE = f"""
WITH text AS ({TEXTS}),
drawn AS (
    SELECT pseudonym, handle, words, language, digest, lot, count(*) OVER () <= {FEW}
        OR get_byte(lot, 0) * 256 + get_byte(lot, 1) < %(share)s * 65536 / 100 AS twice
    FROM (SELECT text.*, sha256(convert_to(%(seed)s::text, 'UTF8') || pseudonym) AS lot FROM text) AS lots
),
coded AS (
    SELECT drawn.pseudonym, count(*) FILTER (WHERE NOT settles) AS coders, bool_or(settles) AS settled,
        bool_or(NOT settles AND coder_id = %(coder)s) AS mine
    FROM drawn JOIN responses_coding AS coding ON coding.response_id = drawn.pseudonym
        AND coding.book_id = %(book)s AND coding.words_sha256 = drawn.digest
    GROUP BY drawn.pseudonym
),
state AS (
    SELECT drawn.*, coalesce(coders, 0) AS coders, coalesce(settled, FALSE) AS settled, coalesce(mine, FALSE) AS mine
    FROM drawn LEFT JOIN coded USING (pseudonym)
)
"""
MINE_TO_CODE = "NOT mine AND NOT settled AND coders < CASE WHEN twice THEN 2 ELSE 1 END"


class TextGone(Exception):
    """The text was changed or deleted since the page showed it."""


class NotYours(Exception):
    """Somebody has coded or settled it meanwhile, or it is too late to change what one saw."""


@dataclass(frozen=True, slots=True)
class ToCode:
    handle: str
    words: str
    language: str
    twice: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """`left`: what the one who asks may still code. `compared`: whether all that two people code is coded by two."""

    texts: int
    coded: int
    twice: int
    twice_done: int
    mine: int
    left: int
    settled: int

    @property
    def compared(self) -> bool:
        return 0 < self.twice == self.twice_done


@dataclass(frozen=True, slots=True)
class Coded:
    """What people saw in one text: (coder, codes) each; `settled`: what was said after they had differed."""

    handle: str
    codings: tuple[tuple[int, tuple[int, ...]], ...]
    settled: tuple[int, ...] | None

    @property
    def differ(self) -> bool:
        return len({codes for _coder, codes in self.codings}) > 1

    @property
    def final(self) -> tuple[int, ...] | None:
        """None while it is not known: nobody coded it, or two differ and nobody has settled it."""
        if self.settled is not None:
            return self.settled
        return self.codings[0][1] if self.codings and not self.differ else None


def asked_for(book: CodeBook, coder: User | None = None) -> dict[str, Any]:
    return values(book.inquiry_id, book.question) | {
        "book": book.pk,
        "seed": book.seed,
        "share": book.double_share,
        "coder": coder.pk if coder else None,
    }


def finished_books(inquiry_id: int) -> list[CodeBook]:
    """Those of which everything that two people code is coded by two: only then their codings are shown to anybody."""
    questions = CodeBook.objects.filter(inquiry_id=inquiry_id).order_by("question").values_list("question", flat=True)
    books = [book for question in questions if (book := book_of(inquiry_id, question))]
    return [book for book in books if progress(book).compared]


def progress(book: CodeBook, coder: User | None = None) -> Progress:
    statement = f"""
        {BASE} SELECT count(*), count(*) FILTER (WHERE coders > 0 OR settled), count(*) FILTER (WHERE twice),
            count(*) FILTER (WHERE twice AND (coders > 1 OR settled)), count(*) FILTER (WHERE mine),
            count(*) FILTER (WHERE {MINE_TO_CODE}), count(*) FILTER (WHERE settled)
        FROM state
    """
    return Progress(*fetched(statement, asked_for(book, coder))[0])


def next_text(book: CodeBook, coder: User) -> ToCode | None:
    """Those that two people code come first; the rest in an order of one's own, so that two seldom meet."""
    rows = fetched(
        f"{BASE} SELECT handle, words, language, twice FROM state WHERE {MINE_TO_CODE} ORDER BY twice DESC,"
        " CASE WHEN twice THEN lot ELSE sha256(lot || convert_to(%(coder)s::text, 'UTF8')) END LIMIT 1",
        asked_for(book, coder),
    )
    return ToCode(*rows[0]) if rows else None


def own_coding(book: CodeBook, coder: User, handle: str) -> tuple[ToCode, tuple[int, ...]] | None:
    """A text that one has coded, to change what one saw."""
    rows = fetched(
        f"""{BASE} SELECT handle, words, language, twice, codes FROM state JOIN responses_coding AS coding
            ON coding.response_id = pseudonym AND coding.book_id = %(book)s AND coding.words_sha256 = digest
        WHERE NOT settles AND coder_id = %(coder)s AND handle = %(handle)s""",
        asked_for(book, coder) | {"handle": handle},
    )
    return (ToCode(*rows[0][:4]), tuple(json.loads(rows[0][4]))) if rows else None


def all_codings(book: CodeBook) -> list[Coded]:
    """Every text that somebody coded, without its words."""
    rows = fetched(
        f"""
        SELECT {HANDLE} AS handle,
            jsonb_agg(jsonb_build_array(coder_id, settles, coding.codes) ORDER BY settles, coder_id)
        FROM responses_coding AS coding JOIN responses_response AS answer ON answer.pseudonym = coding.response_id
        WHERE coding.book_id = %(book)s AND jsonb_typeof(answer.answers->%(question)s) = 'string'
            AND answer.answers->>%(question)s <> ''
            AND coding.words_sha256 = sha256(convert_to(answer.answers->>%(question)s, 'UTF8'))
        GROUP BY answer.pseudonym ORDER BY handle
        """,
        asked_for(book),
    )
    return [coded(handle, json.loads(codings)) for handle, codings in rows]


def coded(handle: str, codings: Sequence[tuple[int, bool, list[int]]]) -> Coded:
    settled = [tuple(codes) for _coder, settles, codes in codings if settles]
    seen = tuple((coder, tuple(codes)) for coder, settles, codes in codings if not settles)
    return Coded(handle, seen, settled[0] if settled else None)


def words_of(book: CodeBook, handles: Sequence[str]) -> dict[str, ToCode]:
    rows = fetched(
        f"{BASE} SELECT handle, words, language, twice FROM state WHERE handle = ANY(%(handles)s)",
        asked_for(book) | {"handles": list(handles)},
    )
    return {row[0]: ToCode(*row) for row in rows}


@transaction.atomic
def code_text(*, book: CodeBook, handle: str, codes: Sequence[int], by: User) -> Coding:
    """Keep which themes somebody saw; said again, it is changed. Raises TextGone, NotYours or BookRefused."""
    pseudonym, digest, twice, coders, settled, mine = _locked(book, handle, by)
    if settled or (mine and twice and progress(book, by).compared):
        raise NotYours
    if not mine and coders >= 2:
        raise NotYours
    check_codes(book, codes)
    values_of = {"codes": sorted(set(codes)), "words_sha256": digest, "at": timezone.now()}
    try:
        with transaction.atomic():
            coding, _made = Coding.objects.update_or_create(
                book=book, response_id=pseudonym, coder=by, settles=False, defaults=values_of
            )
    except IntegrityError as error:
        raise TextGone from error
    return coding


@transaction.atomic
def settle_text(*, book: CodeBook, handle: str, codes: Sequence[int], by: User) -> Coding:
    """What holds where two saw different themes; said again, it is changed.

    Raises TextGone, NotYours or BookRefused.
    """
    pseudonym, digest, _twice, coders, _settled, _mine = _locked(book, handle, by)
    if coders < 2 or not progress(book, by).compared:
        raise NotYours
    check_codes(book, codes)
    coding, _made = Coding.objects.update_or_create(
        book=book,
        response_id=pseudonym,
        settles=True,
        defaults={"coder": by, "codes": sorted(set(codes)), "words_sha256": digest, "at": timezone.now()},
    )
    return coding


def _locked(book: CodeBook, handle: str, by: User) -> tuple[bytes, bytes, bool, int, bool, bool]:
    """One text, held while it is decided on."""
    asked = asked_for(book, by) | {"handle": handle}
    statement = f"{BASE} SELECT pseudonym, digest, twice, coders, settled, mine FROM state WHERE handle = %(handle)s"
    rows = fetched(statement, asked)
    if not rows or not Response.objects.select_for_update().filter(pk=rows[0][0]).exists():
        raise TextGone
    rows = fetched(statement, asked)
    if not rows:
        raise TextGone
    pseudonym, digest, *rest = rows[0]
    return (bytes(pseudonym), bytes(digest), *rest)
