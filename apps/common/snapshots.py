"""Reading several things as they stood at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """All queries inside see the same rows, whatever is written meanwhile."""
    with transaction.atomic():
        see_one_moment()
        yield


def see_one_moment() -> None:
    """The same for the rest of a transaction that has asked for nothing yet."""
    if not connection.savepoint_ids:  # inside another transaction it is too late to ask for that
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


@contextmanager
def only_run(name: str) -> Iterator[bool]:
    """Whether this process is the only one that does what the name says, until the block ends; it never waits.

    Unlike a lock of a transaction it leaves the database free meanwhile; a process that dies lets go of it as well.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
