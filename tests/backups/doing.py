"""What tests of backups do: restore, look, run commands as an operator does."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.common.backups.archive import DUMP, MANIFEST
from apps.common.backups.tools import reaching
from apps.responses.models import Response
from tests.running_site import ROOT


def answers() -> list[int]:
    return sorted(each["Q1"] for each in Response.objects.values_list("answers", flat=True))


def restore(path: Path, *words: str) -> str:
    """What the command says, on both streams."""
    said, complained = StringIO(), StringIO()
    call_command("restore", path, *words, stdout=said, stderr=complained)
    return said.getvalue() + complained.getvalue()


def refused(path: Path, *words: str) -> str:
    """The sentence; the exit code is 2."""
    with pytest.raises(CommandError) as raised:
        restore(path, *words)
    assert raised.value.returncode == 2
    return str(raised.value)


def make_empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()


def rewritten(path: Path, **changes: Any) -> None:
    with ZipFile(path) as archive:
        manifest, dump = json.loads(archive.read(MANIFEST)), archive.read(DUMP)
    with ZipFile(path, "w") as archive:
        archive.writestr(DUMP, dump)
        archive.writestr(MANIFEST, json.dumps({**manifest, **changes}))


def too_old(path: Path) -> None:
    rewritten(path, made_at=(datetime.now(UTC) - timedelta(days=36)).isoformat())


def manage(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )


@contextmanager
def own_database() -> Iterator[str]:
    """An empty one on the server of the tests, of a role that may do nothing else; its address."""
    place, password = reaching()
    name = f"plain_owner_{os.getpid()}"  # roles belong to the server, which all processes of the suite share
    with psycopg.connect(place, password=password, autocommit=True) as server:
        host = quote(str(server.info.host), safe="")
        server.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'only-here' NOSUPERUSER")
        server.execute(f"CREATE DATABASE {name} OWNER {name}")
        try:
            yield f"postgresql://{name}:only-here@{host}:{server.info.port}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
            server.execute(f"DROP ROLE {name}")
