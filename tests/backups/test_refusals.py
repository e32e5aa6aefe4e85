"""What cannot be used is refused in a sentence, and nothing changes."""

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest

from apps.common.backups.archive import MANIFEST
from apps.common.backups.tools import reaching
from tests.backups.doing import answers, refused, rewritten, too_old


def test_a_used_database_is_not_dropped_without_a_word(backup):
    assert "--replace drops what it holds" in refused(backup)
    assert answers() == [1, 2, 3]


def test_others_at_work_are_not_pushed_aside(backup):
    place, password = reaching()
    with psycopg.connect(place, password=password):
        assert "Others are connected to this database (1)" in refused(backup, "--replace")
    assert answers() == [1, 2, 3]


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def one_byte_changed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)


def another_file(path: Path) -> None:
    path.write_text("id,answer\n1,2\n")


def another_zip(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"\xff\xd8")


def newer_tables(path: Path) -> None:
    rewritten(path, migrations=["responses.0999_from_tomorrow"])


def newer_format(path: Path) -> None:
    rewritten(path, format="toikake-backup/2")


def newer_server(path: Path) -> None:
    rewritten(path, server=99)


def no_manifest_of_ours(path: Path) -> None:
    rewritten(path, tables={'x"; DROP TABLE y': 1})


def row_missing(path: Path) -> None:
    """As if the dump held less than it should: found only when everything has been put back."""
    with ZipFile(path) as archive:
        tables = json.loads(archive.read(MANIFEST))["tables"]
    rewritten(path, tables={**tables, "responses_response": 4})


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (Path.unlink, "There is no file"),
        (cut_short, "is no whole backup"),
        (one_byte_changed, "damaged"),
        (another_file, "is no whole backup"),
        (another_zip, "is no backup of Toikake"),
        (newer_tables, "comes from a newer Toikake (responses.0999_from_tomorrow"),
        (newer_format, "Use a newer one"),
        (newer_server, "comes from PostgreSQL 99 and this server is"),
        (no_manifest_of_ours, "is no backup of Toikake"),
        (too_old, "The backup is 36 days old; they may be used for 35"),
        (row_missing, "nothing was changed: ERROR:  rows of responses_response"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_changes(
    backup: Path, spoil: Callable[[Path], None], sentence: str
):
    spoil(backup)

    said = refused(backup, "--replace")

    assert sentence in said
    assert answers() == [1, 2, 3]
