import errno
import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.db import OperationalError
from psycopg.errors import DiskFull

from apps.common.embedded import Cluster
from manage import needs_database, refusal, sentence_about
from tests.running_site import ROOT, site_environment, site_folder


@pytest.mark.parametrize(
    "words",
    [
        "",
        "--version",
        "help migrate",
        "migrate --help",
        "version",
        "check --deploy",
        "collectstatic --noinput",
        "translations --check",
        "serve --port 9000",
    ],
)
def test_commands_that_ask_the_database_nothing_do_not_start_it(words):
    assert not needs_database(["manage.py", *words.split()])


@pytest.mark.parametrize("words", ["migrate", "makemigrations --check", "shell", "work", "check --database default"])
def test_all_other_commands_find_it_running(words):
    assert needs_database(["manage.py", *words.split()])


def run(data_dir, *words, **environment):
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=site_environment(data_dir, **environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def running(cluster):
    cluster.start()
    try:
        yield
    finally:
        cluster.stop()


def test_command_starts_the_database_and_leaves_it_as_it_was():
    question = (
        "from django.db import connection as c; r = c.cursor(); r.execute('SELECT 6 * 7'); print(r.fetchone()[0])"
    )
    with site_folder() as folder:
        done = run(folder, "shell", "--no-imports", "-c", question)
        note = folder / "postgres" / "postmaster.pid"

        assert (done.returncode, done.stdout.strip()) == (0, "42"), done.stderr
        assert not note.exists()


def test_server_that_refuses_is_one_sentence_at_once():
    with site_folder() as folder, running(Cluster(folder)):
        place = quote(str(folder / "run"), safe="")
        done = run(folder, "showmigrations", DATABASE_URL=f"postgresql://toikake:guess@{place}/toikake")

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("toikake: the database does not answer: ")
    assert 'password authentication failed for user "toikake"' in done.stderr


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "this account may not use /data. Start as the account that owns it, or set DATA_DIR"),
        (errno.EROFS, "/data cannot be written: Read-only file system. Make it writable, or set"),
        (errno.ENOSPC, "/data cannot be written: No space left on device. Make room there and start again."),
        (errno.ECONNRESET, ""),
    ],
)
def test_trouble_with_the_data_folder_is_one_sentence(number, sentence):
    said = sentence_about(OSError(number, os.strerror(number), "/data"))

    assert said.startswith(sentence)
    assert bool(said) == bool(sentence)


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_disk_that_is_full_is_one_sentence_without_a_row(wrapped):
    full = DiskFull(
        "could not extend file: No space left on device\nCONTEXT:  COPY responses, line 1: somebody's words"
    )
    error = OperationalError(str(full)) if wrapped else full
    error.__cause__ = full if wrapped else None

    assert refusal(error) == (
        "the disk of the database is full: could not extend file: No space left on device."
        " Make room there and start again."
    )


def test_worker_without_tables_waits_for_them():
    with site_folder() as folder:
        worker = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "work"],
            env=site_environment(folder),
            stderr=subprocess.PIPE,
            text=True,
        )
        assert worker.stderr
        try:
            said = worker.stderr.readline()
            still_waiting = worker.poll() is None
        finally:
            worker.terminate()
            rest = worker.communicate(timeout=30)[1]

    assert (said, still_waiting) == ("toikake: the worker waits for the tables that `serve` makes\n", True)
    assert "Traceback" not in rest
