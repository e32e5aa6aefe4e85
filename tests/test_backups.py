"""Backups taken and put back on a real server: whole or not at all, and without whoever erased since."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4
from zipfile import ZipFile

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.common.backups.archive import DUMP, MANIFEST
from apps.common.backups.tools import reaching
from apps.common.writing import today
from apps.debates.models import Ballot, Debate, VoteLog
from apps.participants.erasures import Noted, append, list_file, listed_here, remembered
from apps.responses.actions import erase_response
from apps.responses.models import Response
from tests.debates.factories import make_statement, vote
from tests.responses.factories import make_identity, make_inquiry, record
from tests.running_site import ROOT, running_site, site_environment, site_folder
from tests.test_durability import RESPONSE, SLUG, STATEMENTS, Reader, new_token_at, request

pytestmark = pytest.mark.xdist_group("faults")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def in_use(transactional_db) -> Iterator[Any]:
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


def test_what_was_kept_comes_back_and_what_came_later_is_gone(in_use, backup):
    record(in_use, {"Q1": 5}, identity=make_identity(in_use, b"later"))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_a_later_version (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)")

    said = restore(backup, "--replace")

    assert answers() == [1, 2, 3]
    assert (Ballot.objects.count(), VoteLog.objects.count()) == (1, 1)
    assert "of_a_later_version" not in connection.introspection.table_names()
    assert "rows put back as they were on" in said
    call_command("verify_ledger", in_use.slug, stdout=StringIO())
    record(in_use, {"Q1": 4}, identity=make_identity(in_use, b"new"))  # the sequences go on


def test_the_file_is_closed_to_others_and_holds_no_key(backup, settings):
    assert backup.stat().st_mode & 0o777 == 0o600
    assert settings.SECRET_KEY.encode() not in backup.read_bytes()
    assert list(backup.parent.glob(".kept*")) == []


def test_a_file_that_is_there_is_replaced_only_if_told(backup):
    before, inode = backup.read_bytes(), backup.stat().st_ino

    with pytest.raises(CommandError, match="is there already") as raised:
        call_command("backup", backup)

    assert (raised.value.returncode, backup.read_bytes()) == (1, before)
    call_command("backup", backup, "--replace", stdout=StringIO())
    assert backup.stat().st_ino != inode


def test_whoever_erased_since_stays_erased(in_use, backup):
    erased = make_identity(in_use, b"a").pseudonym
    erase_response(pseudonym=erased)

    said = restore(backup, "--replace")

    assert answers() == [2, 3]
    assert not Ballot.objects.filter(pk=erased).exists()
    assert "1 readers erased again" in said
    assert {each.number for each in listed_here()} <= {each.number for each in remembered()}


def test_the_list_in_the_database_that_is_dropped_is_enough(in_use, backup):
    erase_response(pseudonym=make_identity(in_use, b"a").pseudonym)
    list_file().unlink()

    restore(backup, "--replace")

    assert answers() == [2, 3]


def test_a_copy_of_the_list_from_elsewhere_is_enough(in_use, backup, tmp_path):
    erase_response(pseudonym=make_identity(in_use, b"a").pseudonym)
    copy = list_file().rename(tmp_path / "copy")
    make_empty()

    restore(backup, "--erasures", str(copy))

    assert answers() == [2, 3]


def test_without_any_list_it_says_what_that_means(backup):
    list_file().unlink(missing_ok=True)
    make_empty()

    assert "There is no list of erasures here" in restore(backup)


def test_whoever_erased_and_answered_again_before_the_backup_keeps_the_new_answers(in_use, tmp_path):
    erase_response(pseudonym=make_identity(in_use, b"a").pseudonym)
    record(in_use, {"Q1": 5}, identity=make_identity(in_use, b"a"))
    path = tmp_path / "later.backup"
    call_command("backup", path, stdout=StringIO())

    restore(path, "--replace")

    assert answers() == [2, 3, 5]


def test_every_start_replays_what_a_restore_had_no_time_for(in_use, backup):
    record(in_use, {"Q1": 5}, identity=make_identity(in_use, b"d"))
    hashed = remembered_hash(in_use, b"d")
    append([hashed])

    call_command("replay_erasures", stdout=StringIO())

    assert answers() == [1, 2, 3]
    assert hashed in remembered()


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


def rewritten(path: Path, **changes: Any) -> None:
    with ZipFile(path) as archive:
        manifest, dump = json.loads(archive.read(MANIFEST)), archive.read(DUMP)
    with ZipFile(path, "w") as archive:
        archive.writestr(DUMP, dump)
        archive.writestr(MANIFEST, json.dumps({**manifest, **changes}))


def newer_tables(path: Path) -> None:
    rewritten(path, migrations=["responses.0999_from_tomorrow"])


def newer_format(path: Path) -> None:
    rewritten(path, format="toikake-backup/2")


def newer_server(path: Path) -> None:
    rewritten(path, server=99)


def no_manifest_of_ours(path: Path) -> None:
    rewritten(path, tables={'x"; DROP TABLE y': 1})


def too_old(path: Path) -> None:
    rewritten(path, made_at=(datetime.now(UTC) - timedelta(days=36)).isoformat())


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


def test_an_older_backup_comes_back_where_somebody_insists(backup):
    too_old(backup)

    restore(backup, "--replace", "--past-its-time")

    assert answers() == [1, 2, 3]


def test_another_key_is_named_and_stops_nothing(backup, settings):
    settings.SECRET_KEY = "another key of more than thirty-two characters"

    assert "taken under another SECRET_KEY" in restore(backup, "--replace")


@pytest.mark.django_db
def test_database_without_tables_has_nothing_to_keep(tmp_path):
    with own_database() as url:
        tried = manage(site_environment(tmp_path, DATABASE_URL=url), "backup", str(tmp_path / "empty.backup"))

    assert (tried.returncode, "nothing to keep" in tried.stderr) == (2, True)
    assert not (tmp_path / "empty.backup").exists()


def test_a_plain_role_that_owns_its_database_takes_and_restores(backup, tmp_path):
    """As the README makes one on a server of one's own."""
    with own_database() as url:
        environment = site_environment(
            tmp_path, DATABASE_URL=url, SECRET_KEY="of this test only, and long enough to be one"
        )

        first = manage(environment, "restore", str(backup))
        kept = manage(environment, "backup", str(tmp_path / "again.backup"))
        again = manage(environment, "restore", str(tmp_path / "again.backup"), "--replace")
        verdict = manage(environment, "verify_ledger", SLUG)

    assert [each.returncode for each in (first, kept, again, verdict)] == [0, 0, 0, 0], first.stderr + again.stderr
    assert verdict.stdout == f"{SLUG}: rows, logs, codes and ballots agree.\n"


@pytest.mark.slow
def test_a_backup_taken_while_readers_write_is_one_moment():
    """From an embedded database into another one, killed once on the way."""
    with site_folder() as folder, site_folder() as other:
        path = folder / "kept.backup"
        with running_site(folder) as site:
            consent = json.loads(request(site, "GET", f"/api/v1/inquiries/{SLUG}")[1])["consent"]["sha256"]
            request(
                site, "GET", f"{STATEMENTS}/next", headers={"X-Toikake-Token": new_token_at(site)}
            )  # opens the debate
            stop = threading.Event()
            readers = [Reader(site, consent, stop) for _ in range(2)]
            for reader in readers:
                reader.start()
            while not all(len(reader.acknowledged) > 20 for reader in readers):
                stop.wait(0.05)
            before = [write for reader in readers for write in reader.acknowledged]
            taken = manage(site_environment(folder), "backup", str(path))
            stop.set()
            for reader in readers:
                reader.join(90)
        environment = site_environment(other)
        killed = killed_on_the_way(environment, path)
        restored = manage(environment, "restore", str(path))
        verdict = manage(environment, "verify_ledger", SLUG)
        keys = manage(environment, "shell", "-c", KEYS)

    assert [reader.surprises for reader in readers] == [[], []]
    assert (taken.returncode, restored.returncode) == (0, 0), taken.stderr + restored.stderr
    assert killed != 0
    assert verdict.stdout == f"{SLUG}: rows, logs, codes and ballots agree.\n"
    assert {write.key for write in before if write.path == RESPONSE} <= set(keys.stdout.split())


KEYS = """
from apps.responses.models import IdempotencyKey
print(*IdempotencyKey.objects.values_list("key", flat=True))
"""


def killed_on_the_way(environment: dict[str, str], path: Path) -> int:
    """The command, killed as soon as it has psql at work."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "restore", str(path)], env=environment, cwd=ROOT
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and not any(program(pid) == "psql" for pid in children.read_text().split()):
        pass
    process.send_signal(signal.SIGKILL)
    return process.wait(30)


def program(pid: str) -> str:
    try:
        return Path(os.readlink(f"/proc/{pid}/exe")).name
    except OSError:
        return ""


@contextmanager
def own_database() -> Iterator[str]:
    """An empty one on the server of the tests, of a role that may do nothing else; its address."""
    place, password = reaching()
    with psycopg.connect(place, password=password, autocommit=True) as server:
        host = quote(str(server.info.host), safe="")
        server.execute("CREATE ROLE plain_owner LOGIN PASSWORD 'only-here' NOSUPERUSER")
        server.execute("CREATE DATABASE plain_owner OWNER plain_owner")
        try:
            yield f"postgresql://plain_owner:only-here@{host}:{server.info.port}/plain_owner"
        finally:
            server.execute("DROP DATABASE plain_owner WITH (FORCE)")
            server.execute("DROP ROLE plain_owner")


def manage(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def make_empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()


def remembered_hash(inquiry: Any, token: bytes) -> Noted:
    """The line that another database wrote for this reader."""
    return Noted(uuid4(), today(), sha256(make_identity(inquiry, token).pseudonym).digest()[:16])
