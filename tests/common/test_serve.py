import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from apps.common.embedded import Cluster
from tests.conftest import database_url
from tests.running_site import (
    ROOT,
    RunningSite,
    free_port,
    running_site,
    site_environment,
    site_folder,
    used_folder,
)

pytestmark = pytest.mark.slow

JOB_WORKER = "manage.py work"
"""PostgreSQL has workers of its own, and one for autovacuum may begin at any time."""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with site_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def site() -> Iterator[RunningSite]:
    """One site for all faults that it is to survive."""
    with used_folder() as folder, running_site(folder) as running:
        yield running


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with used_folder() as used:
        yield used


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Path]:
    """For a server of one's own, that is made once and started with other settings each time."""
    with site_folder() as folder:
        yield folder


def serve(data_dir: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """For starts that are to be refused."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "serve"],
        env=site_environment(data_dir, **environment),
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def wait_for(happened, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_first_start_says_that_it_is_ready_and_how_to_set_up_the_desk(data_dir):
    with running_site(data_dir) as site:
        statuses = [site.status("/healthz"), site.status("/readyz")]

    assert statuses == [200, 200]
    assert site.lines[0] == f"Toikake is ready: {site.url}"
    assert len(site.lines) == 2
    assert f"{site.url}/desk/" in site.lines[1]


@pytest.mark.parametrize("request_to_stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_stop_leaves_no_process_and_no_socket_behind(folder, request_to_stop):
    with running_site(folder) as site:
        assert len(site.processes()) > 5
        code = site.stop(request_to_stop)
        wait_for(lambda: not site.processes())  # the kernel buries the last one a moment later

    assert (code, list((folder / "run").iterdir())) == (0, [])


def test_killed_database_comes_back_unattended(site):
    database = Cluster(site.data_dir).pid
    assert database

    os.kill(database, signal.SIGKILL)
    wait_for(lambda: Cluster(site.data_dir).pid not in (None, database))
    site.wait_until_ready()


def test_senders_that_stop_half_way_keep_nobody_out(site):
    """As many as there were threads once; a phone in a tunnel holds one of them until its connection ends."""
    beginning = (
        f"POST /api/v1/participants HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n"
        "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
    )
    with ExitStack() as stack:
        for _ in range(8):
            sender = stack.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            sender.sendall(beginning.encode())
        statuses = [site.status("/healthz") for _ in range(20)]

    assert statuses == [200] * 20


def test_killed_web_process_is_replaced(site):
    killed = max(web_processes(site) - {web_server(site)})

    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: killed not in site.processes() and len(web_processes(site)) == 3)
    site.wait_until_ready()


def test_killed_web_server_and_job_worker_start_again(site):
    web, worker = web_server(site), site.pid_of(JOB_WORKER)

    for pid in (web, worker):
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not {web, worker} & set(site.processes()))
    wait_for(lambda: len(web_processes(site)) == 3)
    wait_for(lambda: any(JOB_WORKER in command for command in site.processes().values()))
    site.wait_until_ready()


def test_killed_supervisor_takes_the_others_along_and_the_next_start_works(folder):
    with running_site(folder) as site:
        worker = site.pid_of(JOB_WORKER)
        wait_for(lambda: holds_the_database(site, worker))  # the last to leave stops it
        site.stop(signal.SIGKILL)
        wait_for(lambda: not site.processes())

    with running_site(folder) as again:
        assert again.status("/readyz") == 200


def web_processes(site: RunningSite) -> set[int]:
    """Those that answer, and the one that starts them."""
    return {pid for pid, command in site.processes().items() if "webserver" in command}


def web_server(site: RunningSite) -> int:
    """The one that starts the others."""
    return next(pid for pid, command in site.processes().items() if "webserver" in command)


def holds_the_database(site: RunningSite, pid: int) -> bool:
    note = site.data_dir / "postgres.users"
    try:
        return any(Path(os.path.realpath(entry)) == note for entry in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:  # it ends this very moment
        return False


def test_busy_port_is_refused_with_a_sentence(data_dir):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        refused = serve(data_dir, PORT=str(port))

    assert refused.returncode == 2
    assert f"Cannot listen on 127.0.0.1, port {port}" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_server_that_could_lose_answers_is_refused(data_dir, elsewhere, setting):
    cluster = Cluster(elsewhere, settings={setting: "off"})
    cluster.start()
    try:
        refused = serve(data_dir, DATABASE_URL=database_url(elsewhere), PORT=str(free_port()))
    finally:
        cluster.stop()

    assert refused.returncode == 2
    assert f"The database has {setting} switched off" in refused.stderr
