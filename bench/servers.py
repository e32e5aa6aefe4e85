"""One throw-away database, and beside each other the real site and the bare one, both under the same server."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import django

from apps.common.embedded import Cluster, connection_settings
from apps.common.webserver import web_command

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "apps" / "inquiries" / "content" / "one-founder-ai.json"


@contextmanager
def both_sites() -> Iterator[tuple[dict[str, int], int]]:
    """Ports of `toikake` and `bare`, and the process of ours; all stop, and the database goes, at the end."""
    with tempfile.TemporaryDirectory(prefix="toikake-bench-") as folder:
        data_dir = Path(folder)
        data_dir.chmod(0o755)
        cluster = Cluster(data_dir)
        cluster.start()
        try:
            ports = {"toikake": free_port(), "bare": free_port()}
            environment = os.environ | {
                "DATABASE_URL": address(data_dir),
                "DATA_DIR": folder,
                "PORT": str(ports["toikake"]),
                "PYTHONPATH": str(ROOT),
            }
            prepare(environment)
            with ExitStack() as stack:
                process = stack.enter_context(site("config.settings", ports["toikake"], environment))
                stack.enter_context(site("bench.bare.settings", ports["bare"], environment))
                wait_for(f"http://127.0.0.1:{ports['toikake']}/healthz")
                wait_for(f"http://127.0.0.1:{ports['bare']}/hello/")
                share_settings(environment)
                yield ports, process
        finally:
            cluster.stop()


@contextmanager
def only_a_database() -> Iterator[Path]:
    """A throw-away one, which the environment of this process names from then on; its folder."""
    with tempfile.TemporaryDirectory(prefix="toikake-bench-") as folder:
        data_dir = Path(folder)
        data_dir.chmod(0o755)
        cluster = Cluster(data_dir)
        cluster.start()
        try:
            os.environ |= {
                "DATABASE_URL": address(data_dir),
                "DATA_DIR": folder,
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "SECRET_KEY": "only for the benchmark, on this machine, for a minute",
            }
            django.setup()
            yield data_dir
        finally:
            cluster.stop()


def prepare(environment: dict[str, str]) -> None:
    def manage(*words: str, settings: str = "config.settings") -> None:
        subprocess.run(
            [sys.executable, "-m", "django", *words, "--settings", settings],
            env=environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    manage("migrate", "--verbosity", "0")
    manage("load_inquiry", str(CONTENT))
    manage("translations", "--compile")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    manage("simulate_readers", "one-founder-ai", "--readers", "10000", "--seed", "1")
    manage("migrate", "--run-syncdb", "--verbosity", "0", settings="bench.bare.settings")


def share_settings(environment: dict[str, str]) -> None:
    """The load generator makes readers' tokens itself, with the key of the site that it loads."""
    os.environ.update({name: environment[name] for name in ("DATABASE_URL", "DATA_DIR", "PORT")})
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()


@contextmanager
def site(settings: str, port: int, environment: dict[str, str]) -> Iterator[int]:
    process = subprocess.Popen(
        web_command(host="127.0.0.1", port=port, workers=2),
        env={**environment, "DJANGO_SETTINGS_MODULE": settings},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def address(data_dir: Path) -> str:
    settings = connection_settings(data_dir)
    return (
        f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{quote(settings['HOST'], safe='')}/{settings['NAME']}"
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
