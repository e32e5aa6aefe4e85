"""What all writes of readers share: prepared statements, a server that is sure, the ways in which they can fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone


class KeyReused(Exception):
    """The same key came with another body."""


class Busy(Exception):
    """The database did not answer in time. Nothing is known to be kept; the same key may be sent again."""


class Unconfirmed(Exception):
    """The server wrote and warned while it did: the answer is there, but perhaps not yet as safe as was asked for."""


@contextmanager
def confirmed() -> Iterator[None]:
    """Raises Unconfirmed where the writes inside reported success under a warning.

    That is how PostgreSQL says that the wait for a synchronous standby was cut short: committed here, there unknown.
    """
    wrapper = connections[DEFAULT_DB_ALIAS]
    wrapper.ensure_connection()
    connection, warnings = wrapper.connection, []

    def hear(notice: psycopg.errors.Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            warnings.append(notice.message_primary)

    connection.add_notice_handler(hear)
    try:
        yield
    finally:
        connection.remove_notice_handler(hear)
    if warnings:
        raise Unconfirmed(warnings[0])


def prepared_cursor() -> Any:
    """Django's cursor pastes the values into the text, so the server plans each time anew; this one lets it prepare."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    wrapper.ensure_connection()
    cursor: Any = psycopg.Cursor(wrapper.connection)
    return wrapper.make_debug_cursor(cursor) if wrapper.queries_logged else wrapper.make_cursor(cursor)


def today() -> date:
    """The day as it is where the site is. Nothing finer is kept of what a reader does."""
    return datetime.now(timezone.get_default_timezone()).date()
