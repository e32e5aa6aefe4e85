"""PostgreSQL's own programs from the wheel, pointed at our database, embedded or not."""

import os
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from apps.common.backups.faults import BackupFault
from apps.common.embedded import EmbeddedDatabaseError, places

Process = subprocess.Popen[bytes]


def program(name: str) -> Path:
    try:
        return places.binaries(places.Account(os.geteuid(), os.getegid())) / name
    except EmbeddedDatabaseError as error:
        raise BackupFault(str(error)) from error


def version_of_tools() -> int:
    """18 for `pg_dump (PostgreSQL) 18.4`."""
    said = subprocess.run([program("pg_dump"), "--version"], capture_output=True, check=True, text=True).stdout  # noqa: S603
    return int(said.split()[2].partition(".")[0])


def version_of_server() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def reaching() -> tuple[str, str]:
    """How our database is reached, as its programs read it, and the password, which no list of processes shows."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    place = {name: value for name, value in connection.get_connection_params().items() if name in known}
    password = place.pop("password", None) or ""
    return make_conninfo("", **place), str(password)


def started(name: str, *arguments: str, **pipes: Any) -> Process:
    """Under an environment that holds nothing of ours but the password."""
    place, password = reaching()
    kept = {key: os.environ[key] for key in ("HOME", "PATH") if key in os.environ}
    to_database = [f"--dbname={place}", "--no-password"] if name != "pg_restore" else []
    return subprocess.Popen(  # noqa: S603 (our own words only)
        [program(name), *to_database, *arguments], env={**kept, "LC_ALL": "C", "PGPASSWORD": password}, **pipes
    )


def last_words(said: list[str]) -> str:
    """The first line of a complaint: those that follow may repeat a row."""
    complaints = [line for line in said if "error:" in line.lower() or "fatal:" in line.lower()]
    return (complaints or said or ["nothing"])[0].strip()
