"""A site in use, in a data folder of its own, and its backup."""

from collections.abc import Iterator
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from apps.common.health import all_migrated
from apps.debates.models import Debate
from tests.debates.factories import make_statement, vote
from tests.responses.factories import make_identity, make_inquiry, record

AFRESH = "SELECT setval(format('%%I.%%I', schemaname, sequencename), %s) FROM pg_sequences WHERE schemaname = 'public'"
"""Numbers of rows go on where none was before: processes keep versions and pages by their number, which never changes;
what is restored brings old numbers back."""
MANY, TIMES = 1_000_000, count(1)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def alone(transactional_db) -> Iterator[None]:
    """Nobody beside the test: a live server of an earlier one may hold a connection, and `restore` would refuse. A test
    that fails while the tables are gone takes none of the later ones along."""
    connection.close()
    connection.close_pool()  # or those that the threads of a server hold in it are never given back
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    yield
    if not all_migrated():
        call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(AFRESH, [MANY * next(TIMES)])


@pytest.fixture
def in_use(alone) -> Any:
    """An inquiry with three readers, of whom the first voted, too."""
    inquiry = make_inquiry()
    debate = Debate.objects.create(inquiry=inquiry)
    make_statement(debate, 1)
    for token, answer in ((b"a", 1), (b"b", 2), (b"c", 3)):
        record(inquiry, {"Q1": answer}, identity=make_identity(inquiry, token))
    vote(debate, make_identity(inquiry, b"a"), 1)
    return inquiry


@pytest.fixture
def backup(in_use, tmp_path) -> Path:
    path = tmp_path / "kept.backup"
    call_command("backup", path, stdout=StringIO())
    return path
