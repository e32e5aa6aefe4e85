"""One embedded PostgreSQL cluster: made once, started by whoever comes first, stopped by whoever leaves last."""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apps.common.embedded import places
from apps.common.embedded.places import Account, EmbeddedDatabaseError

ROLE = DATABASE = "toikake"
MAJOR_VERSION = "18"
START_SECONDS = 300  # replaying the log after a crash may take its time
STOP_SECONDS = 30
PROC = Path("/proc")

# Written into postgresql.conf when the cluster is made; an operator may tune them there. Durability is never traded for
# speed. Log lines carry no statements, details or errors of statements, so that no answer lands in a log.
FIRST_SETTINGS = {
    "shared_buffers": "256MB",
    "max_connections": "100",
    "random_page_cost": "1.1",
    "jit": "off",
    "wal_compression": "on",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def connection_settings(data_dir: Path) -> dict[str, str]:
    """How Django reaches the embedded database, whether or not it runs yet."""
    return {
        "NAME": DATABASE,
        "USER": ROLE,
        "PASSWORD": places.password(data_dir),
        "HOST": str(places.socket_directory(data_dir)),
        "PORT": str(places.PORT),
    }


@dataclass
class Cluster:
    """The cluster of one data folder. `settings` override postgresql.conf for the server that this object starts."""

    data_dir: Path
    settings: dict[str, str] = field(default_factory=dict)
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False, repr=False)
    _use: int | None = field(default=None, init=False, repr=False)

    @property
    def directory(self) -> Path:
        return places.home(self.data_dir) / "postgres"

    @property
    def pid(self) -> int | None:
        """The process number of the running server of exactly this cluster."""
        self._reap()
        pid = self._noted_pid()
        return pid if pid and _works_in(pid, self.directory) else None

    def is_running(self) -> bool:
        return self.pid is not None

    def ensure_initialised(self) -> None:
        """Make the cluster and its database, complete or not at all."""
        places.prepare_home(self.data_dir)
        if self.directory.exists():
            self._check_usable()
            return
        account = places.running_account(self.data_dir)
        draft = self.directory.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        places.private_directory(draft, account)
        self._initialise(draft, account)
        draft.rename(self.directory)

    def start(self) -> None:
        """Start the server unless it runs, and hold it open until `stop`."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with self._starting_or_stopping():
            self.ensure_initialised()
            if self._use is None:
                self._use = os.open(self._file("postgres.users"), os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._use, fcntl.LOCK_SH)
            if not self.is_running():
                self._clear_remains()
                self._launch()

    def stop(self) -> None:
        """Leave the server; it stops once nobody else holds it open."""
        if self._use is None:
            return
        with self._starting_or_stopping():
            if self._is_last_user():
                self._shut_down()
            os.close(self._use)
            self._use = None

    def _initialise(self, draft: Path, account: Account) -> None:
        secret = draft.with_name("postgres.secret")
        secret.unlink(missing_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(places.password(self.data_dir))
        if os.geteuid() == 0:
            os.chown(secret, account.uid, account.gid)
        try:
            self._run(
                account,
                "initdb",
                *("--pgdata", str(draft), "--username", ROLE, "--pwfile", str(secret), "--auth", "scram-sha-256"),
                *("--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                *("--data-checksums", "--no-instructions"),
                *(f"--set={name}={value}" for name, value in FIRST_SETTINGS.items()),
            )
            self._run(
                account, "postgres", "--single", "-D", str(draft), "postgres", given=f"CREATE DATABASE {DATABASE}"
            )
        finally:
            secret.unlink()

    def _run(self, account: Account, program: str, *arguments: str, given: str = "") -> None:
        done = subprocess.run(  # noqa: S603 (our own words only)
            [places.binaries(account) / program, *arguments],
            input=given.encode(),
            capture_output=True,
            check=False,
            **self._environment(account),
        )
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()
            raise EmbeddedDatabaseError(f"The database could not be made: {program} said: {said}")

    def _launch(self) -> None:
        account = places.running_account(self.data_dir)
        sockets = places.socket_directory(self.data_dir)
        places.private_directory(sockets, account)
        options = {"listen_addresses": "", "unix_socket_directories": str(sockets), "port": str(places.PORT)}
        options |= {"unix_socket_permissions": "0700", **self.settings}
        log_file = self._file("postgres.log")
        log_file.touch(mode=0o600)
        with log_file.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 (our own words only)
                [
                    places.binaries(account) / "postgres",
                    *("-D", str(self.directory)),
                    *(f"--{name}={value}" for name, value in options.items()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._environment(account),
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if not self._process or self._process.poll() is not None:
                break
            if self._noted_pid() == self._process.pid and self._noted(7) == "ready":
                return
            time.sleep(0.02)
        raise EmbeddedDatabaseError(
            f"The database did not start; {self._file('postgres.log')} says: {self._last_words()}"
        )

    def _shut_down(self) -> None:
        """Ask for a fast stop (SIGINT); one that hangs is told to drop everything, which the next start repairs."""
        for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            pid = self.pid
            if pid is None:
                return
            os.kill(pid, request)
            deadline = time.monotonic() + STOP_SECONDS
            while self.is_running() and time.monotonic() < deadline:
                time.sleep(0.02)

    def _clear_remains(self) -> None:
        """After a killed server: end its orphaned children, which block a new one, and drop its notes.

        They go only here, where no server works in the folder any more: PostgreSQL would take the number in them for
        a live server when another process has got that number since, or when the kernel still buries the old one.
        """
        for request in (signal.SIGQUIT, signal.SIGKILL):
            for pid in _orphans(self.directory):
                os.kill(pid, request)
            deadline = time.monotonic() + 5
            while _orphans(self.directory) and time.monotonic() < deadline:
                time.sleep(0.02)
        if PROC.exists():
            sockets = places.socket_directory(self.data_dir)
            for note in (self.directory / "postmaster.pid", sockets / places.SOCKET_NAME):
                note.unlink(missing_ok=True)

    def _check_usable(self) -> None:
        try:
            version = (self.directory / "PG_VERSION").read_text().strip()
        except PermissionError:
            raise EmbeddedDatabaseError(
                f"The database in {self.directory} belongs to another account (id {self.directory.stat().st_uid})."
                " Start Toikake as the account that started it first, or give the folder to this one."
            ) from None
        if version != MAJOR_VERSION:
            raise EmbeddedDatabaseError(
                f"The database in {self.directory} was made by PostgreSQL {version} and this is {MAJOR_VERSION}."
                " Move it over with pg_dump and pg_restore."
            )

    def _is_last_user(self) -> bool:
        try:
            fcntl.flock(self._use or 0, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @contextmanager
    def _starting_or_stopping(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        with self._file("postgres.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _environment(self, account: Account) -> dict[str, Any]:
        # A working folder that every account may enter, and nothing of our own environment (it may hold secrets).
        return {"cwd": "/", "env": {"LC_ALL": "C", "PATH": os.defpath}, "umask": 0o077, **account.process_options}

    def _reap(self) -> None:
        if self._process and self._process.poll() is not None:
            self._process = None

    def _noted_pid(self) -> int | None:
        number = self._noted(0)
        return int(number) if number.isdecimal() else None

    def _noted(self, line: int) -> str:
        """A line of the note that a running server keeps in its folder: 0 its process number, 7 its state."""
        try:
            lines = (self.directory / "postmaster.pid").read_text().splitlines()
        except (FileNotFoundError, PermissionError):
            return ""
        return lines[line].strip() if len(lines) > line else ""

    def _last_words(self) -> str:
        lines = self._file("postgres.log").read_text(errors="replace").splitlines()
        return " / ".join(lines[-3:]) or "nothing"

    def _file(self, name: str) -> Path:
        return self.data_dir / name


def _works_in(pid: int, directory: Path) -> bool:
    """Whether the live process works in this very folder, as a server does; numbers are reused, folders copied."""
    if not PROC.exists():
        return _is_alive(pid)
    try:
        return os.path.samefile(PROC / str(pid) / "cwd", directory)
    except OSError:
        return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _orphans(directory: Path) -> list[int]:
    """PostgreSQL processes that work in the folder; asked only when its server is gone."""
    numbers = [int(entry.name) for entry in PROC.glob("[0-9]*")]
    return [pid for pid in numbers if _program(pid) == "postgres" and _works_in(pid, directory)]


def _program(pid: int) -> str:
    try:
        return Path(os.readlink(PROC / str(pid) / "exe")).name
    except OSError:
        return ""
