"""Rows that come out of the database, or go into it, in one stream."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import Copy


@contextmanager
def copied(query: str, values: Sequence[object] | Mapping[str, object]) -> Iterator[Copy]:
    """What `COPY (…) TO STDOUT` sends. Of psycopg itself: Django's cursor takes no values here while DEBUG is on."""
    with connection.cursor() as cursor:
        inner: Any = cursor.cursor
        with inner.copy(query, values) as copy:
            yield copy


def copy_rows(statement: str, rows: Iterable[Sequence[object]]) -> None:
    """What `COPY … FROM STDIN` takes in: all rows, or none where one of them breaks a promise."""
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
