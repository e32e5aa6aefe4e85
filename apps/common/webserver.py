"""The web processes: granian around the application, which is loaded once and then forked.

A process that is forked ready to answer costs its first reader nothing, comes back within milliseconds when it was
killed, and shares the memory of the code with the others.
"""

import gc
import signal
import sys
from collections.abc import Callable

# A sender that stops in the middle holds its thread until the connection ends, and the server sets no limit to that: so
# there are more threads than the cores can use, and each process makes way for a fresh one now and then.
THREADS_PER_WORKER = 16
LIFETIME = 6 * 60 * 60  # seconds


def web_command(*, host: str, port: int, workers: int) -> list[str]:
    return [sys.executable, "-m", "apps.common.webserver", host, str(port), str(workers)]


def serve(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    from apps.common.web import warm

    warm()
    gc.collect()
    gc.freeze()  # what is loaded now is never garbage; looking through it would copy the shared memory
    wait_for_the_word()
    Granian(
        "apps.common.web:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=workers,
        blocking_threads=THREADS_PER_WORKER,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_lifetime=LIFETIME,
        workers_kill_timeout=15,
        log_level=LogLevels.error,  # and no access log: addresses of readers are not ours to keep
    ).serve(target_loader=application_of_a_worker, wrap_loader=False)


def wait_for_the_word() -> None:
    """Whoever starts us early holds our standard input open until the database is prepared."""
    if not sys.stdin.isatty():
        sys.stdin.read()


def application_of_a_worker() -> Callable[..., object]:
    # A forked process begins with its parent's handler, which does nothing here. Until granian has set its own, being
    # asked to stop means to end at once; otherwise a stop during the start waits out all its grace.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from apps.common.web import application

    return application


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
