"""Taking a backup: one moment of the database, while everybody goes on writing."""

import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from apps.common.backups.archive import FORMAT, Manifest, mark_of, pieces, write_archive
from apps.common.backups.faults import BackupFault
from apps.common.backups.tools import Process, last_words, started, version_of_server, version_of_tools
from apps.common.snapshots import one_moment
from apps.common.whole_files import whole_file

# Whoever was signed in is so no more after a restore; what is only remembered for speed is remembered anew.
LEFT_OUT = ("django_session", "usersessions_usersession", "common_cache")
BEGUN = re.compile(r'dumping contents of table "(?:public\.)?"?([^"]+)"')
SIZES = """
SELECT relname, pg_table_size(oid) FROM pg_class
WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY relname
"""


def table_sizes() -> dict[str, int]:
    """Bytes of each table on the disk; the steps of a progress bar."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES)
        return dict(cursor.fetchall())


def take_backup(path: Path, *, replace: bool = False, seen: Callable[[int], object] = lambda _bytes: None) -> Manifest:
    """Write the file, readable by its owner only. Raises BackupFault, AlreadyThere and OSError; then there is none."""
    refuse_newer_server()
    sizes = table_sizes()
    if "django_migrations" not in sizes:
        raise BackupFault("This database has no tables of Toikake yet; there is nothing to keep.")
    with whole_file(path, replace=replace) as beside, one_moment():
        snapshot, tables, migrations = look(sizes)

        def told(size: int, checksum: str) -> Manifest:
            moment = datetime.now(UTC).isoformat(timespec="seconds")
            key, server = mark_of(settings.SECRET_KEY), version_of_server()
            return Manifest(FORMAT, moment, server, migrations, key, tables, size, checksum)

        with dumping(snapshot, Watching(sizes, seen)) as dump:
            manifest = write_archive(beside, dump, told)
    return manifest


def refuse_newer_server() -> None:
    server, tools = version_of_server(), version_of_tools()
    if server > tools:
        raise BackupFault(
            f"The server is PostgreSQL {server} and the pg_dump at hand is of {tools}, which cannot read it."
            " Take the backup with the pg_dump of that server."
        )


def look(sizes: dict[str, int]) -> tuple[str, dict[str, int], list[str]]:
    """The moment by the name that the server gives it, and what there is then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        tables = {}
        for name in sizes:
            cursor.execute(f'SELECT count(*) FROM public."{name}"')  # noqa: S608 - a table's own name
            tables[name] = 0 if name in LEFT_OUT else cursor.fetchone()[0]
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return snapshot, tables, [name for (name,) in cursor.fetchall()]


class Watching:
    """Reads what pg_dump says while it works: which table is next, and what went wrong."""

    def __init__(self, sizes: dict[str, int], seen: Callable[[int], object]) -> None:
        self.sizes, self.seen, self.said, self.now = sizes, seen, list[str](), ""

    def __call__(self, errors: IO[bytes]) -> None:
        for line in errors:
            text = line.decode(errors="replace")
            if begun := BEGUN.search(text):
                self.seen(self.sizes.get(self.now, 0))
                self.now = begun[1]
            elif "error" in text or "fatal" in text.lower():
                self.said.append(text)
        self.seen(self.sizes.get(self.now, 0))


@contextmanager
def dumping(snapshot: str, watch: Watching) -> Iterator[Iterator[bytes]]:
    """The bytes of PostgreSQL's own format. Raises BackupFault at the end where pg_dump failed."""
    process: Process = started(
        "pg_dump",
        *("--format=custom", "--compress=gzip:1", "--no-owner", "--no-privileges", "--verbose"),
        *(f"--exclude-table-data=public.{name}" for name in LEFT_OUT),
        f"--snapshot={snapshot}",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        if process.stdout is None or process.stderr is None:
            raise AssertionError(process.args)
        ear = threading.Thread(target=watch, args=[process.stderr])
        ear.start()
        try:
            yield pieces(process.stdout)
        except BaseException:
            process.kill()
            raise
        finally:
            ear.join()
        if process.wait():
            raise BackupFault(f"The database could not be read: {last_words(watch.said)}")
