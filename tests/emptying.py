"""What a test with real commits leaves behind is deleted, where there is something.

Django empties all fifty tables after each such test and makes anew what it keeps in them itself: a sixth of a second of
work, where a test leaves a few rows in a few tables.
"""

from time import monotonic, sleep
from typing import Any

from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

KEPT = {"django_content_type", "auth_permission"}
"""What `migrate` writes, and no test changes."""
PATIENCE = 60
"""Seconds for a request that a browser sent at the last moment."""
LARGE = 32 * 2**20
"""Bytes of all tables, deleted rows among them, from which on their room is taken back as Django does it."""


def empty_tables(_test_case: Any) -> None:
    if not may_pass_by_triggers() or not when_nobody_is_there():
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)  # numbers stand for one thing only


def may_pass_by_triggers() -> bool:
    """By those that hold the keys of other tables together, and those by which the audit log refuses to be deleted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        return bool(cursor.fetchone()[0])


def when_nobody_is_there() -> bool:
    """A request that still runs leaves nothing to the next test. Nothing is held while it is waited for: it may be
    waiting for what we would hold."""
    until = monotonic() + PATIENCE
    while True:
        try:
            return delete_rows()
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable) or monotonic() > until:
                raise
        sleep(0.02)


@transaction.atomic
def delete_rows() -> bool:
    """Whether it was done."""
    tables = sorted({*connection.introspection.django_table_names(only_existing=True, include_views=False)} - KEPT)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE NOWAIT")
        cursor.execute("SELECT sum(pg_table_size(name::regclass)) FROM unnest(%s::text[]) AS name", [tables])
        if cursor.fetchone()[0] > LARGE:
            return False
        cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM {table} LIMIT 1)" for table in tables))
        filled = [table for (table,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role TO replica")
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")
    return True
