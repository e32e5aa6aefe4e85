"""A real site in processes of its own, as `make run` starts it: for tests of faults and for browsers."""

import fcntl
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGAN = 19  # of what follows the name in /proc/…/stat: when the process began
# Much longer than it takes on a busy machine; only a site that fails lets anybody wait so long.
START_SECONDS = 200
STOP_SECONDS = 100
# Below those that the system gives out, and others in each process of pytest-xdist: what is free now is still free when
# the site has come up.
PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
PORTS = count(20_000 + 4_000 * (PROCESS % 3) + os.getpid() % 3_000)


@dataclass
class RunningSite:
    process: "subprocess.Popen[str]"
    data_dir: Path
    port: int
    lines: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def status(self, path: str) -> int:
        """Of one GET; 0 where nothing answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def wait_until_ready(self, seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        while self.status("/readyz") != 200:
            assert time.monotonic() < deadline, f"not ready again; {self.said()}"
            time.sleep(0.05)

    def processes(self) -> dict[int, str]:
        """Everything that runs for this site, by its mark in the environment or its working folder, in order of age."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                marked = f"DATA_DIR={self.data_dir}".encode() in (entry / "environ").read_bytes().split(b"\0")
                inside = (entry / "cwd").readlink().is_relative_to(self.data_dir)
                status = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if marked or inside:
                found[int(entry.name)] = (int(status[BEGAN]), command)
        return {
            pid: command for pid, (_began, command) in sorted(found.items(), key=lambda each: (each[1][0], each[0]))
        }

    def pid_of(self, word: str) -> int:
        """The newest process whose command contains the word, once there is one. (Numbers begin anew at 32,768.)"""
        deadline = time.monotonic() + START_SECONDS
        while not (pids := [pid for pid, command in self.processes().items() if word in command]):
            assert time.monotonic() < deadline, f"nothing runs {word}; {self.said()}"
            time.sleep(0.05)
        return pids[-1]

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)

    def said(self) -> str:
        return (self.data_dir / "said.log").read_text(errors="replace")


@contextmanager
def running_site(data_dir: Path, **environment: str) -> Iterator[RunningSite]:
    """`serve` with its own embedded database, from its start until it is ready, and stopped at the end."""
    port = free_port()
    with (data_dir / "said.log").open("a") as said:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "serve"],
            env=site_environment(data_dir, PORT=str(port), **environment),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
    site = RunningSite(process, data_dir, port, [])
    try:
        site.lines.append(first_line(site))
        yield site
    finally:
        if process.poll() is None:
            site.stop()
        if process.stdout:
            site.lines += process.stdout.read().splitlines()
            process.stdout.close()


def site_environment(data_dir: Path, **environment: str) -> dict[str, str]:
    """Of a fresh installation: nothing of the test run's own database or secret."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    return {**kept, "DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "config.settings", **environment}


def first_line(site: RunningSite) -> str:
    assert site.process.stdout
    with selectors.DefaultSelector() as selector:
        selector.register(site.process.stdout, selectors.EVENT_READ)
        heard = selector.select(START_SECONDS)
    line = site.process.stdout.readline().strip() if heard else ""
    assert line, f"the site did not get ready; {site.said()}"
    return line


def free_port() -> int:
    for port in PORTS:
        with socket.socket() as trial, suppress(OSError):
            trial.bind(("127.0.0.1", port))
            return port
    raise AssertionError


@contextmanager
def site_folder() -> Iterator[Path]:
    """A data folder that the account of the database can pass; pytest's own folders are closed to it."""
    with tempfile.TemporaryDirectory(prefix="toikake-test-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@contextmanager
def used_folder() -> Iterator[Path]:
    """Of a site that has run before: making a database and its tables is two thirds of the work of a first start."""
    with site_folder() as folder:
        subprocess.run(["cp", "-a", f"{ran_before()}/.", str(folder)], check=True)
        yield folder


def ran_before() -> Path:
    """Made once for all processes that share the tests, and only ever copied."""
    folder = Path(os.environ["DATA_DIR"]) / "ran-before"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            draft = folder.with_suffix(".new")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            draft.chmod(0o711)
            with running_site(draft):
                pass
            (draft / "said.log").unlink()
            draft.rename(folder)
    return folder
