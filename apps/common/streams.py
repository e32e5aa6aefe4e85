"""Rows that come out of the database in one stream."""

from collections.abc import Iterator, Mapping, Sequence
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
