import os
import pwd
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from apps.common.embedded import Cluster, EmbeddedDatabaseError, connection_settings, places

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")
NOBODY = pwd.getpwnam("nobody")


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder that the account of the server can pass; pytest's own temporary folders are closed to it."""
    with tempfile.TemporaryDirectory(prefix="toikake-test-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """Of a cluster that was made once: for tests of what comes later, which leave it stopped and as it was."""
    with tempfile.TemporaryDirectory(prefix="toikake-test-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with running(folder):
            pass
        yield folder


@contextmanager
def running(data_dir: Path) -> Iterator[Cluster]:
    cluster = Cluster(data_dir)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


def kill(cluster: Cluster) -> int:
    """As the kernel does when memory runs out; returns the number of the process that is gone."""
    pid = cluster.pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    while cluster.is_running():
        time.sleep(0.01)
    return pid


def machine(folder: Path) -> tuple[list[tuple[int, int, int]], list[pwd.struct_passwd]]:
    """What an installation must not change: mode and owner of the folder and of all above it, and the accounts."""
    steps = [step.stat() for step in [folder, *folder.parents]]
    return [(step.st_mode, step.st_uid, step.st_gid) for step in steps], pwd.getpwall()


def ask(data_dir: Path, question: str, **other: str) -> object:
    place = connection_settings(data_dir)
    words = {"host": place["HOST"], "port": place["PORT"], "user": place["USER"], "password": place["PASSWORD"]}
    with psycopg.connect(dbname=place["NAME"], **(words | other)) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def test_first_start_makes_a_database_that_keeps_its_promises(data_dir: Path) -> None:
    names = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums", "server_encoding", "listen_addresses")

    with running(data_dir):
        shown = {name: ask(data_dir, f"SHOW {name}") for name in names}

    assert shown == {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "data_checksums": "on",
        "server_encoding": "UTF8",
        "listen_addresses": "",
    }


def test_rows_outlive_a_stop(made: Path) -> None:
    with running(made):
        ask(made, "CREATE TABLE outliving AS SELECT 7 AS number")

    with running(made):
        number = ask(made, "SELECT number FROM outliving")

    assert number == 7


def test_no_one_enters_without_the_password(made: Path) -> None:
    with running(made), pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(made, "SELECT 1", password="guess")


def test_secrets_and_socket_are_closed_to_others(made: Path) -> None:
    with running(made) as cluster:
        sockets = Path(connection_settings(made)["HOST"])
        closed = [made / "postgres-password", made / "postgres.log", cluster.directory, sockets]
        modes = [stat.S_IMODE(path.stat().st_mode) for path in closed]

    assert modes == [0o600, 0o600, 0o700, 0o700]


@as_root
def test_another_local_user_does_not_reach_the_socket(made: Path) -> None:
    place = connection_settings(made)
    knock = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
    door = f"{place['HOST']}/.s.PGSQL.{place['PORT']}"
    stranger = pwd.getpwnam("daemon")

    with running(made):
        tried = subprocess.run(
            ["/usr/bin/env", "python3", "-c", knock, door],
            user=stranger.pw_uid,
            group=stranger.pw_gid,
            extra_groups=[],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
        )

    assert "PermissionError" in tried.stderr


def test_starting_twice_uses_the_running_server(made: Path) -> None:
    with running(made) as first, running(made) as second:
        pids = {first.pid, second.pid}

    assert len(pids) == 1


def test_the_last_one_out_stops_the_server(made: Path) -> None:
    with running(made) as outer:
        with running(made):
            pass
        still_running = outer.is_running()

    assert (still_running, outer.is_running()) == (True, False)


def test_parallel_first_starts_make_one_server(data_dir: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from apps.common.embedded import Cluster\n"
        "cluster = Cluster(Path(sys.argv[1])); cluster.start(); print(cluster.pid, flush=True); sys.stdin.read()"
    )
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(data_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    pids = {start.stdout.readline().strip() for start in starts if start.stdout}

    try:
        assert pids == {str(Cluster(data_dir).pid)}
    finally:
        for start in starts:
            start.communicate()
        with running(data_dir):  # they left without a word; the next one to leave stops it
            pass


def test_start_recovers_after_the_server_was_killed(made: Path) -> None:
    with running(made) as cluster:
        ask(made, "CREATE TABLE kept AS SELECT 7 AS number")
        killed = kill(cluster)

        with running(made) as again:
            assert again.pid != killed
            assert ask(made, "SELECT number FROM kept") == 7


def test_notes_of_a_dead_server_with_a_reused_number_are_ignored(made: Path) -> None:
    with running(made) as cluster:
        notes = [cluster.directory / "postmaster.pid", Path(connection_settings(made)["HOST"], places.SOCKET_NAME)]
        written = [note.read_text() for note in notes]
    for note, text in zip(notes, written, strict=True):
        lines = [str(os.getpid()), *text.splitlines()[1:]]
        note.write_text("\n".join(lines) + "\n")

    with running(made) as again:
        assert again.pid != os.getpid()
        assert ask(made, "SELECT 1") == 1


def test_deep_data_folder_moves_only_its_socket(data_dir: Path) -> None:
    deep = data_dir / ("long" * 15) / ("path" * 15)

    with running(deep) as cluster:
        sockets = Path(connection_settings(deep)["HOST"])
        answer = ask(deep, "SELECT 1")

    sockets.rmdir()
    assert (answer, cluster.directory, sockets.parent) == (1, deep / "postgres", Path("/tmp"))


def test_socket_folder_made_by_someone_else_is_refused(data_dir: Path) -> None:
    folder = data_dir / "run"
    folder.mkdir(mode=0o777)

    with pytest.raises(EmbeddedDatabaseError, match="0700"):
        places.private_directory(folder, places.running_account(data_dir))


def test_a_lost_or_torn_password_is_told_and_not_replaced(data_dir: Path) -> None:
    (data_dir / "postgres").mkdir()
    note = data_dir / "postgres-password"

    with pytest.raises(EmbeddedDatabaseError, match="postgres-password is missing, and"):
        connection_settings(data_dir)
    note.touch()
    with pytest.raises(EmbeddedDatabaseError, match="postgres-password is damaged"):
        connection_settings(data_dir)
    assert note.read_bytes() == b""


def test_cluster_of_another_version_is_refused_with_a_sentence(made: Path) -> None:
    note = Cluster(made).directory / "PG_VERSION"
    ours = note.read_text()
    note.write_text("17\n")

    try:
        with pytest.raises(EmbeddedDatabaseError, match="made by PostgreSQL 17"):
            Cluster(made).start()
    finally:
        note.write_text(ours)


@as_root
def test_root_hands_the_server_to_nobody(made: Path) -> None:
    with running(made) as cluster:
        owner = Path(f"/proc/{cluster.pid}").stat().st_uid

    assert owner == NOBODY.pw_uid


@as_root
def test_root_hands_the_server_to_the_owner_of_the_data_folder(data_dir: Path) -> None:
    owner = pwd.getpwnam("daemon")
    os.chown(data_dir, owner.pw_uid, owner.pw_gid)

    with running(data_dir) as cluster:
        account = Path(f"/proc/{cluster.pid}").stat().st_uid

    assert account == owner.pw_uid


@as_root
def test_root_leaves_closed_parents_closed_and_settles_apart(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, apart = data_dir / "closed", data_dir / "apart"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(places, "APART", apart)
    before = machine(closed)

    with running(closed / "var") as cluster:
        answer = ask(closed / "var", "SELECT 1")

    assert answer == 1
    assert cluster.directory.is_relative_to(apart)
    assert machine(closed) == before


@as_root
def test_database_settled_apart_is_found_again_when_its_parents_open(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = data_dir / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(places, "APART", data_dir / "apart")
    with running(closed / "var"):
        ask(closed / "var", "CREATE TABLE kept AS SELECT 7 AS number")
    closed.chmod(0o755)

    with running(closed / "var"):
        number = ask(closed / "var", "SELECT number FROM kept")

    assert number == 7


@as_root
def test_copied_data_folder_does_not_share_a_database_kept_apart(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, copied = data_dir / "closed", data_dir / "copied"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(places, "APART", data_dir / "apart")
    places.prepare_home(closed)
    copied.mkdir()
    (copied / "postgres-home").write_text((closed / "postgres-home").read_text())

    with pytest.raises(EmbeddedDatabaseError, match="moved or copied"):
        Cluster(copied).start()


@as_root
def test_binaries_out_of_reach_are_copied_for_the_account(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "APART", data_dir / "apart")
    nobody = places.running_account(data_dir)
    reach = places.Account.may_reach
    monkeypatch.setattr(
        places.Account, "may_reach", lambda account, path: path.name != "postgres" and reach(account, path)
    )

    programs = places.binaries(nobody)

    assert programs.is_relative_to(data_dir / "apart")
    with running(data_dir):
        assert ask(data_dir, "SELECT 1") == 1


def test_killed_servers_children_do_not_block_the_next_start(made: Path) -> None:
    place = connection_settings(made)
    with running(made) as cluster:
        busy = psycopg.connect(
            host=place["HOST"], port=place["PORT"], user=place["USER"], password=place["PASSWORD"], dbname=place["NAME"]
        )
        child = busy.info.backend_pid
        os.kill(child, signal.SIGSTOP)  # it cannot notice that its server is gone
        kill(cluster)

        with running(made):
            answer = ask(made, "SELECT 1")

    assert answer == 1
    busy.close()
