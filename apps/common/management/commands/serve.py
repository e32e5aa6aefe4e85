"""`serve`: the whole site from one command. Database, tables, built-in inquiry, web processes, worker."""

import os
import shutil
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import connection

from apps.common.compiling import compile_if_changed
from apps.common.embedded import Cluster, EmbeddedDatabaseError
from apps.common.preparing import prepare_database
from apps.common.reaching import wait_for_database
from apps.common.static_files import collect_if_changed
from apps.common.supervisor import GRACE_SECONDS, Child, Supervisor, say, stop_signals
from apps.common.webserver import web_command

DEATHS_BEFORE_GIVING_UP = 3  # before the site has ever been ready; later it is started again for as long as it takes
PAUSE_AFTER_FAILED_START = 5.0  # seconds
LITTLE_ROOM = 300_000_000  # bytes; below that the next busy hour may be the last whose answers are kept
PAUSE_BETWEEN_LOOKS = 60.0  # seconds between two looks at the disk, and thirty times as long between two warnings
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (where to knock when we listen everywhere)


class Command(BaseCommand):
    help = "Runs the whole site until SIGTERM or Ctrl-C: database (if embedded), web workers and job worker."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", help="address to listen on (HOST)")
        parser.add_argument("--port", help="port to listen on (PORT)")
        parser.add_argument("--workers", help="number of web processes (WEB_WORKERS)")
        parser.add_argument("--no-worker", action="store_true", help="leave jobs to `work` processes elsewhere")

    def handle(self, *args: object, **options: str | bool | None) -> None:
        begin_again_with({"HOST": options["host"], "PORT": options["port"], "WEB_WORKERS": options["workers"]})
        refuse_busy_port(settings.HOST, settings.PORT)
        for number in stop_signals():
            signal.signal(number, signal.default_int_handler)
        cluster = Cluster(settings.DATA_DIR) if settings.EMBEDDED_DATABASE else None
        compile_if_changed()
        collect_if_changed()
        web = web_server()
        try:
            web.start_held()  # it takes as long to load as the database takes to be prepared
            if cluster:
                cluster.start()
            wait_for_database(connection)
            setup_link = prepare_database()
            web.let_go()
            children = [web, *([] if options["no_worker"] else [job_worker()])]
            watch = Watch(children=children, cluster=cluster, news=self.news(setup_link))
            Supervisor(children=children, look_around=watch.look_around).run()
        except KeyboardInterrupt:
            say("stopped before the site was ready")
        finally:
            web.ask_to_stop()
            web.end(time.monotonic() + GRACE_SECONDS)
            if cluster:
                cluster.stop()

    def news(self, setup_link: str) -> str:
        lines = [f"Toikake is ready: {settings.SITE_URL}"]
        if setup_link:
            lines.append(f"Set up the desk (once, as its owner): {setup_link}")
        return "\n".join(lines)


@dataclass
class Watch:
    """What the supervisor looks after besides its children: the embedded database, and the moment of being ready."""

    children: list[Child]
    cluster: Cluster | None
    news: str
    ready: bool = False
    _database_pause_ends: float = 0.0
    _next_look: float = 0.0

    def look_around(self) -> None:
        self._keep_database_running()
        self._watch_the_disk()
        if self.ready:
            return
        if answers():
            self.ready = True
            sys.stdout.write(f"{self.news}\n")
            sys.stdout.flush()
        for child in self.children:
            if not self.ready and child.deaths >= DEATHS_BEFORE_GIVING_UP:
                raise CommandError(f"{child.name} does not come up; what it said stands above.", returncode=1)

    def _keep_database_running(self) -> None:
        if not self.cluster or self.cluster.is_running() or time.monotonic() < self._database_pause_ends:
            return
        say("the database ended and starts again")
        try:
            self.cluster.start()
        except (EmbeddedDatabaseError, OSError) as error:
            say(str(error))
            self._database_pause_ends = time.monotonic() + PAUSE_AFTER_FAILED_START

    def _watch_the_disk(self) -> None:
        """PostgreSQL says nothing of a full disk in its log: its sentences might hold what somebody wrote."""
        if not self.cluster or time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + PAUSE_BETWEEN_LOOKS
        if room := little_room(self.cluster.directory):
            self._next_look += 29 * PAUSE_BETWEEN_LOOKS
            say(room)


def little_room(folder: Path) -> str:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return f"the data folder cannot be looked at: {error}"
    if free >= LITTLE_ROOM:
        return ""
    return f"the disk of {folder} has {free / 1e6:,.0f} MB left; once it is full no answer can be kept. Make room."


def web_server() -> Child:
    command = web_command(host=settings.HOST, port=settings.PORT, workers=settings.WEB_WORKERS)
    return Child(name="the web server", command=command, directory=str(settings.BASE_DIR))


def job_worker() -> Child:
    return Child(
        name="the job worker",
        command=[sys.executable, str(settings.BASE_DIR / "manage.py"), "work"],
        directory=str(settings.BASE_DIR),
    )


def begin_again_with(wanted: dict[str, str | bool | None]) -> None:
    """Options are another way to write the environment, from which settings and children read everything."""
    given = {name: str(value) for name, value in wanted.items() if value}
    if given:
        os.environ.update(given)
        rest = ["--no-worker"] if "--no-worker" in sys.argv else []
        os.execv(sys.executable, [sys.executable, str(settings.BASE_DIR / "manage.py"), "serve", *rest])  # noqa: S606


def refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}, port {port}: {error.strerror}. Set PORT (or HOST) to a free one.",
                returncode=2,
            ) from error


def answers() -> bool:
    """Whether the site itself says that it is ready."""
    knock = HTTPConnection(EVERY_ADDRESS.get(settings.HOST, settings.HOST), settings.PORT, timeout=2)
    try:
        knock.request("GET", "/readyz", headers={"Host": settings.SITE_HOST})
        return knock.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        knock.close()
