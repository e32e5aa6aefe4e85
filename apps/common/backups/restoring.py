"""Putting a backup back, in one transaction: until its last word the database is as it was.

pg_restore turns the file into SQL, which goes to psql between our own BEGIN and COMMIT. The COMMIT is sent only when
everything before it has come whole; whatever dies on the way leaves the transaction without it.
"""

import contextlib
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import psycopg
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from apps.common.backups.archive import Manifest, Seen, dump_of, pieces
from apps.common.backups.faults import BackupFault
from apps.common.backups.tools import Process, last_words, reaching, started, version_of_server
from apps.common.preparing import PREPARATION_LOCK

USABLE = timedelta(days=35)
UNKNOWN_BEFORE_17 = b"SET transaction_timeout"  # pg_restore of 18 says so to every server
LINES_OF_HEAD = 60
LEAVING_SECONDS = 2.0

EMPTIED = """
BEGIN;
SET LOCAL lock_timeout = '30s';
DO $$
DECLARE command text;
BEGIN
    FOR command IN
        SELECT format('DROP %s IF EXISTS public.%I CASCADE', CASE relkind WHEN 'v' THEN 'VIEW'
            WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, relname)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
        ORDER BY relkind = 'S'  -- most sequences go with their tables, and cannot go without
    LOOP EXECUTE command; END LOOP;
    FOR command IN
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    LOOP EXECUTE command; END LOOP;
    FOR command IN
        SELECT format('DROP TYPE IF EXISTS %s CASCADE', kind.oid::regtype)
        FROM pg_type AS kind LEFT JOIN pg_class AS row ON row.oid = kind.typrelid
        WHERE typnamespace = 'public'::regnamespace AND (typtype IN ('e', 'd', 'r') OR row.relkind = 'c')
            AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = kind.oid AND deptype = 'e')
    LOOP EXECUTE command; END LOOP;
END $$;
"""
# Numbers that were given out after the backup are not given again: browsers may still hold a page that they name.
AHEAD = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, coalesce(last_value, 0) + 1000000)
FROM pg_catalog.pg_sequences WHERE schemaname = 'public' AND data_type = 'bigint'::regtype;
"""
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usename IS NOT NULL AND pid <> pg_backend_pid()
"""


def refuse_unusable(manifest: Manifest, *, past_its_time: bool = False) -> None:
    """What can be known before anything is touched. Raises BackupFault."""
    there = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if newer := sorted(set(manifest.migrations) - there):
        raise BackupFault(
            f"The backup comes from a newer Toikake ({newer[-1]} is not known here). Update first, then restore."
        )
    if (server := version_of_server()) < manifest.server:
        raise BackupFault(
            f"The backup comes from PostgreSQL {manifest.server} and this server is {server}."
            f" Restore it into {manifest.server} or newer."
        )
    age = datetime.now(UTC) - manifest.moment
    if age > USABLE and not past_its_time:
        raise BackupFault(
            f"The backup is {age.days} days old; they may be used for {USABLE.days}. Whoever let their answers be"
            " deleted long ago would be back. --past-its-time restores it all the same."
        )


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else is connected, and no site that starts meanwhile goes on before we have ended. Raises BackupFault."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    place, password = reaching()
    with psycopg.connect(place, password=password, autocommit=True) as own:
        if not scalar(own, f"SELECT pg_try_advisory_lock({PREPARATION_LOCK})"):
            raise BackupFault("A site is being started on this database; stop it first.")
        if others := still_there(own):
            raise BackupFault(
                f"Others are connected to this database ({others}). Stop the site and its workers, then restore."
            )
        yield


def still_there(own: "psycopg.Connection[tuple[int, ...]]") -> int:
    """How many others are connected. Those who have just left, we among them, the server notices a moment later."""
    until = time.monotonic() + LEAVING_SECONDS
    while (others := scalar(own, OTHERS)) and time.monotonic() < until:
        time.sleep(0.05)
    return others


def scalar(own: "psycopg.Connection[tuple[int, ...]]", query: str) -> int:
    row = own.execute(query.encode()).fetchone()
    return row[0] if row else 0


def put_back(path: Path, manifest: Manifest, seen: Seen) -> None:
    """Raises BackupFault; then the database is what it was."""
    reading = started("pg_restore", "--no-owner", "--no-privileges", "--file=-", **piped())
    writing = started("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", **piped(subprocess.DEVNULL))
    ears = [Ear(reading), Ear(writing)]
    feeder = threading.Thread(target=feed, args=[reading, path, seen])
    try:
        for each in (*ears, feeder):
            each.start()
        with contextlib.suppress(BrokenPipeError):  # psql has said why
            passed_on(reading, writing, manifest)
        whole = False
        feeder.join()
        if not reading.wait():
            with contextlib.suppress(BrokenPipeError):
                tell(writing, f"{checked(manifest)}{AHEAD}COMMIT;\n".encode())
                whole = True
        with contextlib.suppress(BrokenPipeError):
            if writing.stdin:
                writing.stdin.close()
        ended = writing.wait()
    finally:
        for process in (reading, writing):
            process.kill()
            process.wait()
        for each in ears:
            each.join()
    if ended or not whole:
        said = [line for each in reversed(ears) for line in each.said]
        raise BackupFault(f"The backup could not be put back, and nothing was changed: {last_words(said)}")


def piped(out: int = subprocess.PIPE) -> dict[str, int]:
    return {"stdin": subprocess.PIPE, "stdout": out, "stderr": subprocess.PIPE}


class Ear(threading.Thread):
    """What a process complains of."""

    def __init__(self, process: Process) -> None:
        super().__init__(daemon=True)
        self.process, self.said = process, list[str]()

    def run(self) -> None:
        for line in self.process.stderr or ():
            self.said.append(line.decode(errors="replace"))


def feed(reading: Process, path: Path, seen: Seen) -> None:
    with contextlib.suppress(BrokenPipeError, ValueError, BackupFault):
        for piece in dump_of(path):
            tell(reading, piece)
            seen(len(piece))
    with contextlib.suppress(BrokenPipeError):
        if reading.stdin:
            reading.stdin.close()


def passed_on(reading: Process, writing: Process, manifest: Manifest) -> None:
    if reading.stdout is None:
        raise AssertionError(reading.args)
    tell(writing, EMPTIED.encode())
    for line in head(reading.stdout):
        tell(writing, line)
    for piece in pieces(reading.stdout):
        tell(writing, piece)


def head(script: IO[bytes]) -> Iterator[bytes]:
    """The first lines, down to the one that older servers do not know, without it."""
    for _number in range(LINES_OF_HEAD):
        line = script.readline()
        if line.startswith(UNKNOWN_BEFORE_17):
            return
        yield line


def tell(process: Process, words: bytes) -> None:
    if process.stdin is None:
        raise AssertionError(process.args)
    process.stdin.write(words)


def checked(manifest: Manifest) -> str:
    """SQL that ends the transaction unless every table has as many rows as it had."""
    counts = "".join(
        f"IF (SELECT count(*) FROM public.{name}) <> {rows} THEN RAISE EXCEPTION 'rows of {name}'; END IF;\n"  # noqa: S608
        for name, rows in manifest.tables.items()  # names of letters and numbers only: `read_manifest` saw to that
    )
    return f"DO $$ BEGIN\n{counts}END $$;\n"
