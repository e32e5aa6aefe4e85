#!/usr/bin/env python
"""The way in for everything that is not a page: `python manage.py COMMAND`."""

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# These look after the database themselves (serve) or never ask it anything.
NEED_NO_DATABASE = {
    "serve", "help", "version", "check", "collectstatic", "findstatic", "diffsettings",
    "makemessages", "compilemessages", "translations", "startapp", "startproject",
}  # fmt: skip


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.umask(os.umask(0o022) | 0o022)  # whatever the caller lets others do: what we make, nobody else may change
    import psycopg
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from apps.common.embedded import EmbeddedDatabaseError

    try:
        with database_for(arguments):
            execute_from_command_line(arguments)
    except EmbeddedDatabaseError as error:
        give_up(str(error))
    except (OperationalError, psycopg.OperationalError) as error:
        give_up(refusal(error))
    except OSError as error:
        if sentence := sentence_about(error):
            give_up(sentence)
        raise
    except KeyboardInterrupt:
        give_up("interrupted")


@contextmanager
def database_for(arguments: list[str]) -> Iterator[None]:
    """The embedded database for as long as the command runs, where one is used and the command asks it anything."""
    if not needs_database(arguments):
        yield
        return
    from django.conf import settings

    if not settings.EMBEDDED_DATABASE:
        from django.db import connection

        from apps.common.reaching import wait_for_database

        wait_for_database(connection)
        yield
        return
    from apps.common.embedded import Cluster

    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # so that the database is left behind in order
    cluster = Cluster(settings.DATA_DIR)
    cluster.start()
    try:
        yield
    finally:
        cluster.stop()


def needs_database(arguments: list[str]) -> bool:
    command, options = next(iter(arguments[1:]), "help"), arguments[2:]
    if command.startswith("-") or "--help" in options or "-h" in options:
        return False
    return command not in NEED_NO_DATABASE or any(option.startswith("--database") for option in options)


def refusal(error: Exception) -> str:
    """What the database says; of what it says while it writes the first line only, for the others may repeat a row."""
    from psycopg.errors import DiskFull

    said = str(error)
    if isinstance(error, DiskFull) or isinstance(error.__cause__, DiskFull):
        return f"the disk of the database is full: {said.partition(chr(10))[0]}. Make room there and start again."
    return f"the database does not answer: {' '.join(said.split())}"


def sentence_about(error: OSError) -> str:
    """What keeps us from using the data folder; empty for what only a programmer can mend."""
    place = error.filename or "the data folder"
    if isinstance(error, PermissionError):
        return (
            f"this account may not use {place}. Start as the account that owns it, or set DATA_DIR to another folder."
        )
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:  # another folder would be an empty site
        return f"{place} cannot be written: {error.strerror}. Make room there and start again."
    if error.errno == errno.EROFS:
        return f"{place} cannot be written: {error.strerror}. Make it writable, or set DATA_DIR to another folder."
    if error.errno in {errno.EEXIST, errno.ENOTDIR, errno.EISDIR}:
        return f"{place} cannot be written: {error.strerror}. Set DATA_DIR to another folder."
    return ""


def give_up(sentence: str) -> None:
    sys.stderr.write(f"toikake: {sentence}\n")
    sys.exit(1)


if __name__ == "__main__":
    main(sys.argv)
