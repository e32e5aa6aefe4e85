"""What readers wrote to one question. No pseudonym leaves: staff name a text by its handle, which leads to nobody."""
# ruff: noqa: S608 - only constants of this file are joined into a statement

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from apps.common.lots import drawn
from apps.participants.seals import key_for
from apps.responses.models import Response

HANDLES = "text handles"
"""The purpose of the key that they are made with."""
HANDLE = "encode(substr(sha256(%(key)s || pseudonym), 1, 10), 'hex')"
"""SQL of a handle: ten bytes, made with a key of ours from the pseudonym of a response."""
# An emptied text still says that something was written; there is nothing to read in it any more.
TEXTS = f"""
SELECT pseudonym, answers, language, started_day, simulated, answers->>%(question)s AS words,
    sha256(convert_to(answers->>%(question)s, 'UTF8')) AS digest,
    {HANDLE} AS handle
FROM responses_response
WHERE inquiry_id = %(inquiry)s AND jsonb_typeof(answers->%(question)s) = 'string' AND answers->>%(question)s <> ''
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Readers who saw the question, and those who left it blank."""

    shown: int
    blank: int


@dataclass(frozen=True, slots=True)
class Written:
    """`group`: the code that this reader chose at another question, where one was named."""

    words: str
    language: str
    day: date
    group: int | None


def values(inquiry_id: int, question: str) -> dict[str, Any]:
    """What TEXTS asks for."""
    return {"inquiry": inquiry_id, "question": question, "key": key_for(HANDLES)}


def fetched(statement: str, asked: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()


def count_readers(inquiry_id: int) -> int:
    return Response.objects.filter(inquiry_id=inquiry_id).count()


def count_asked(inquiry_id: int, question: str, *, share: float = 1) -> Asked:
    statement = f"""
        SELECT count(*), count(*) FILTER (WHERE answers->>%(question)s = '97') FROM responses_response
        WHERE inquiry_id = %(inquiry)s AND answers ? %(question)s{drawn(share)}
    """
    return Asked(*fetched(statement, {"inquiry": inquiry_id, "question": question})[0])


def written_texts(inquiry_id: int, question: str, *, by: str = "", share: float = 1) -> list[Written]:
    """All of them, or those of a share of the readers drawn by lot. `by`: a question of one choice.

    Their order says nothing about who wrote them or when.
    """
    group = "(CASE jsonb_typeof(answers->%(by)s) WHEN 'object' THEN answers->%(by)s->>'code' ELSE answers->>%(by)s END)"
    statement = f"""
        SELECT words, language, started_day, CASE WHEN answers ? %(by)s THEN {group}::int END
        FROM ({TEXTS}{drawn(share)}) AS text ORDER BY handle
    """
    return [Written(*row) for row in fetched(statement, {**values(inquiry_id, question), "by": by})]
